// Panels of a network that is played with: one point's forward pass, health, the card.
import { each, h, headed, put, write } from "../stage/elements.js";
import { signed } from "../stage/figures.js";

export function showHealth(list, findings, healthy) {
  const lines = findings.length ? findings : [["Nothing found.", healthy]];
  each(list, lines, () => h("li", {}, h("strong"), h("span")), (line, [name, sentence]) => {
    put(line, { class: findings.length ? "nn-ill" : "" });
    write(line.firstChild, name);
    write(line.lastChild, ` ${sentence}`);
  });
}

// The forward pass of the point that is pointed at, a row for each layer.
export function forwardPanel() {
  const says = h("p", { class: "nn-note" });
  const body = h("tbody");
  const node = h("div", { class: "nn-panel nn-forward", role: "group", "aria-label": "Forward pass" }, headed("Forward pass of one point"), says,
    h("table", { class: "nn-numbers" }, body));
  return {
    node,
    show(probe) {
      write(says, probe ? `Point (${probe.point.map((one) => signed(one, 2)).join(", ")}): ${probe.says}.`
        : "Point into the decision map, or move in it with the arrow keys.");
      each(body, probe?.layers ?? [], () => h("tr", {}, h("th", { scope: "row" }), h("td")), (row, [name, values], at) => {
        write(row.firstChild, at ? `${at} ${name}` : name);
        write(row.lastChild, values.map((one) => signed(one, 2)).join("  "));
      });
    },
  };
}

// A text to copy and to save as a file; with `opens`, one to paste or to open too. What goes out is made at that moment, by
// the button `make`: the network may have changed since the last one. A text that somebody put there stays theirs.
function textPanel(stage, name, label, { make, file: [fileName, type], opens, after = () => [] }) {
  const text = h("textarea", { class: "nn-text", rows: 6, spellcheck: false, readOnly: !opens });
  let number = 0, theirs = false, waiting = null;
  const outwards = (act) => () => {
    if (theirs || make.getAttribute("aria-disabled") === "true") return act();
    waiting = { act, until: performance.now() + 10000 }; // ms; should making it fail, a later text is for show alone
    make.click();
  };
  const copy = stage.localButton("Copy", outwards(async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      document.execCommand("copy"); // a page without the right to the clipboard
    }
  }));
  const save = stage.localButton("Save as a file", outwards(() => {
    const address = URL.createObjectURL(new Blob([text.value], { type }));
    h("a", { href: address, download: fileName }).click();
    URL.revokeObjectURL(address);
  }));
  stage.on(text, "input", () => { theirs = text.value !== ""; });
  const open = opens && stage.fileButton("Open a file", ".txt,.json,text/plain,application/json", async (file) => {
    [text.value, theirs] = [await file.text(), true];
  });
  const node = h("details", { class: `nn-panel nn-${name.toLowerCase().replaceAll(" ", "-")}`, "aria-label": name },
    h("summary", { text: name }),
    h("div", { class: "nn-transport" }, make, copy, ...after(text), save, ...(open ? [open] : [])),
    h("label", {}, h("span", { class: "nn-label", text: label }), text));
  return {
    node,
    show(told) {
      if (!told || told.number === number) return;
      [number, text.value, theirs] = [told.number, told.text, false];
      if (waiting && performance.now() < waiting.until) waiting.act();
      waiting = null;
    },
  };
}

export function cardPanel(stage) {
  return textPanel(stage, "Run card", "The whole state as text: copy it, or paste one and load it", {
    file: ["workbench.json", "application/json"], opens: true,
    make: stage.button("make_card", "Make the card", { hint: "Settings, points and network as one text" }),
    after: (text) => [stage.localButton("Load this card", () => stage.press("card", text.value))],
  });
}

export function scriptPanel(stage) {
  return textPanel(stage, "PyTorch", "The network as a PyTorch script, with its exact numbers", {
    file: ["network.py", "text/x-python"],
    make: stage.button("pytorch", "Make the script", { hint: "A program that rebuilds this network, and tells how near its answers are" }),
  });
}
