// What of an explorer is cut off: every word, number and field that is not seen whole, what is wider than its
// card, and what is written smaller than 11 px.
// A part that lies over others and a word that is only there to be heard do not count; nor does what can be scrolled to,
// if a sign says that it goes on (`data-more`), or what ends in an ellipsis and has its whole text as title.
root => {
    const LONG = 30; // letters: a sentence, or a name of the learner's own; what is shorter is seen whole
    const told = [], page = root.querySelector(".nn-page"), card = page.getBoundingClientRect();
    const named = node => `${node.tagName.toLowerCase()}.${[...node.classList].join(".")}`;
    const round = value => Math.round(value * 10) / 10;
    for (const node of [root, page])
        if (node.scrollWidth > node.clientWidth) told.push(`${named(node)} is ${node.clientWidth} px wide, and holds ${node.scrollWidth}`);
    const hidden = node => !node.checkVisibility() || node.closest("[hidden], .nn-hidden, [aria-hidden=true], option") || !node.getClientRects().length
        || getComputedStyle(node).clipPath !== "none" || getComputedStyle(node).visibility === "hidden";
    const scrolls = (node, way) => ["auto", "scroll"].includes(getComputedStyle(node)[`overflow${way}`]);
    // Whether a box is cut by what it stands in: by which node, and how many pixels are missing.
    const cut = (box, inside, text) => {
        for (let at = inside; at && at !== root.parentElement; at = at.parentElement) {
            const style = getComputedStyle(at), clip = at.getBoundingClientRect();
            if (style.overflowX !== "visible") {
                const missing = Math.max(box.right - clip.right, clip.left - box.left);
                if (missing > 1) {
                    const isShortened = text.length > LONG && style.textOverflow === "ellipsis" && at.closest("[title]");
                    const isSaid = scrolls(at, "X") && at.matches("[data-more~=left], [data-more~=right]");
                    return isShortened || isSaid ? null : [at, missing, "across"];
                }
            }
            if (style.overflowY !== "visible" && !(at.matches(".nn-time-row .nn-stats") && box.top >= clip.bottom)) {
                const missing = Math.max(box.bottom - clip.bottom, clip.top - box.top);
                if (missing > 2) return scrolls(at, "Y") && at.matches("[data-more~=up], [data-more~=down]") ? null : [at, missing, "down"];
            }
            if (style.position === "absolute" && at.matches(".nn-drawer")) break;
        }
        return null;
    };
    for (const node of page.querySelectorAll("*")) {
        if (hidden(node)) continue;
        const box = node.getBoundingClientRect();
        const within = [...page.querySelectorAll("*")].some(one => one !== node && one.contains(node) && scrolls(one, "X"));
        if (!within && box.width && box.right > card.right + 1) told.push(`${named(node)} ends at ${round(box.right)}, the card at ${round(card.right)}`);
        if (node.matches("input.nn-number") && node.scrollWidth > node.clientWidth + 1)
            told.push(`${named(node)} shows ${node.clientWidth} of the ${node.scrollWidth} px of ${node.value}`);
        if (node.matches("select")) {
            const option = node.selectedOptions[0], text = option?.textContent ?? "", probe = node.cloneNode(false); // as wide as this option
            probe.append(option?.cloneNode(true) ?? "");
            Object.assign(probe.style, { position: "absolute", width: "max-content", maxWidth: "none", minWidth: "0" });
            node.after(probe);
            const missing = probe.offsetWidth - node.offsetWidth;
            probe.remove();
            const isShortened = text.length > LONG && getComputedStyle(node).textOverflow === "ellipsis" && node.title === node.value;
            if (missing > 1 && !isShortened) told.push(`${named(node)} shows all but ${missing} px of ${text}`);
        }
        for (const part of node.childNodes) {
            if (part.nodeType !== Node.TEXT_NODE || !part.textContent.trim() || node.matches("textarea, select")) continue;
            const size = parseFloat(getComputedStyle(node).fontSize);
            if (size && size < 11) told.push(`"${part.textContent.trim().slice(0, 40)}" in ${named(node)} is ${size} px`);
            const range = document.createRange();
            range.selectNodeContents(part);
            for (const line of range.getClientRects()) {
                const found = cut(line, node, part.textContent.trim());
                if (found) { told.push(`"${part.textContent.trim().slice(0, 40)}" in ${named(node)}: ${round(found[1])} px ${found[2]} are cut by ${named(found[0])}`); break; }
            }
        }
    }
    return told;
}
