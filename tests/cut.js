// What of an explorer is cut off: every word, number and field that is not seen whole, what is wider than its card, what
// is written smaller than 11 px or in the colour of its ground, and what lies over what.
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
    // How light a colour is, rgb(…) or color(srgb …), and the colour that a text stands on.
    const light = colour => {
        const part = colour.startsWith("rgb") ? 255 : 1, linear = one => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
        const [r, g, b] = colour.match(/[\d.]+/g).map(one => linear(one / part));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = node => {
        for (let at = node; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (Number(colour.match(/[\d.]+/g)[3] ?? 1) > 0.5) return colour;
        }
        return "rgb(255, 255, 255)";
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
            const [ink, paper] = [light(getComputedStyle(node).color), light(behind(node))].sort((a, b) => b - a);
            if (size && (ink + 0.05) / (paper + 0.05) < 3) told.push(`"${part.textContent.trim().slice(0, 40)}" in ${named(node)} is hardly told from what is behind it`);
            if (size && size < 11) told.push(`"${part.textContent.trim().slice(0, 40)}" in ${named(node)} is ${size} px`);
            const range = document.createRange();
            range.selectNodeContents(part);
            for (const line of range.getClientRects()) {
                const found = cut(line, node, part.textContent.trim());
                if (found) { told.push(`"${part.textContent.trim().slice(0, 40)}" in ${named(node)}: ${round(found[1])} px ${found[2]} are cut by ${named(found[0])}`); break; }
            }
        }
    }
    // What one presses or types into, and what is read, each as far as it is seen: none lies over another.
    const seen = node => {
        const words = document.createRange();
        words.selectNodeContents(node);
        let { left, right, top, bottom } = (node.matches("input, select, button, textarea") ? node : words).getBoundingClientRect();
        for (let at = node; at && at !== root; at = at.parentElement) {
            const style = getComputedStyle(at), clip = at.getBoundingClientRect();
            if (style.overflowX !== "visible") [left, right] = [Math.max(left, clip.left), Math.min(right, clip.right)];
            if (style.overflowY !== "visible") [top, bottom] = [Math.max(top, clip.top), Math.min(bottom, clip.bottom)];
        }
        return { node, left, right, top, bottom };
    };
    const lies = node => { // over others, and is meant to
        for (let at = node; at && at !== page; at = at.parentElement) if (getComputedStyle(at).position === "absolute") return true;
        return false;
    };
    const parts = [...page.querySelectorAll("input, select, button, textarea, h3, h4, p, th, td, .nn-label")]
        .filter(node => !hidden(node) && !lies(node)).map(seen).filter(({ left, right, top, bottom }) => right - left > 4 && bottom - top > 4);
    parts.forEach((one, at) => parts.slice(at + 1).forEach(other => {
        if (one.node.contains(other.node) || other.node.contains(one.node)) return;
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left), down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (across > 3 && down > 3) told.push(`${named(one.node)} and ${named(other.node)} lie ${round(across)} by ${round(down)} px over each other`);
    }));
    return told;
}
