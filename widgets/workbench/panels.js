// Panels of a network that is played with: one point's forward pass, health, the card.
import { h, write } from "../stage/stage.js";
import { signed } from "../stage/plots.js";

export const headed = (text, ...beside) => h("div", { class: "nn-heading" }, h("h3", { text }), ...beside);

export function showHealth(list, findings) {
  const lines = findings.length ? findings : [["healthy", "No unit is dead or saturated, no gradient vanishes or explodes."]];
  while (list.children.length > lines.length) list.lastChild.remove();
  lines.forEach(([name, sentence], at) => {
    const line = list.children[at] ?? list.appendChild(h("li", {}, h("strong"), h("span")));
    line.className = findings.length ? "nn-ill" : "";
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
      const rows = probe?.layers ?? [];
      while (body.children.length > rows.length) body.lastChild.remove();
      rows.forEach(([name, values], at) => {
        const row = body.children[at] ?? body.appendChild(h("tr", {}, h("th", { scope: "row" }), h("td")));
        write(row.firstChild, at ? `${at} ${name}` : name);
        write(row.lastChild, values.map((one) => signed(one, 2)).join("  "));
      });
    },
  };
}

function textPanel(stage, name, label, placeholder, buttons) {
  const text = h("textarea", { class: "nn-text", rows: 6, placeholder, spellcheck: false });
  const file = h("input", { type: "file", accept: ".txt,.json,text/plain,application/json" });
  stage.on(file, "change", async () => {
    if (!file.files[0]) return;
    text.value = await file.files[0].text();
    file.value = "";
  });
  const node = h("details", { class: `nn-panel nn-${name.toLowerCase().replaceAll(" ", "-")}`, "aria-label": name },
    h("summary", { text: name }),
    h("label", {}, h("span", { class: "nn-label", text: label }), text),
    h("div", { class: "nn-transport" }, ...buttons(text), h("label", { class: "nn-file" }, h("span", { class: "nn-label", text: "Open a file" }), file)));
  return { node, text };
}

const localButton = (stage, label, act) => {
  const button = h("button", { type: "button", class: "nn-button", text: label });
  stage.on(button, "click", act);
  return button;
};

export function cardPanel(stage) {
  let number = 0;
  const made = textPanel(stage, "Run card", "The whole state as text: copy it, or paste one and load it", "", (text) => [
    stage.button("make_card", "Make the card", { hint: "Settings, points and network as one text" }),
    localButton(stage, "Copy", async () => {
      text.select();
      try {
        await navigator.clipboard.writeText(text.value);
      } catch {
        document.execCommand("copy"); // a page without the right to the clipboard
      }
    }),
    localButton(stage, "Load this card", () => stage.press("card", text.value)),
    localButton(stage, "Save as a file", () => {
      const address = URL.createObjectURL(new Blob([text.value], { type: "application/json" }));
      h("a", { href: address, download: "workbench.json" }).click();
      URL.revokeObjectURL(address);
    }),
  ]);
  return {
    node: made.node,
    show(card) {
      if (!card || card.number === number) return;
      number = card.number;
      made.text.value = card.text;
    },
  };
}
