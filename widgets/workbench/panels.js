// Panels of a network that is played with: one parameter, one point's forward pass, health, own points, the card.
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

// One weight or bias: chosen in the diagram or by its three numbers, changed by typing.
export function parameterPanel(stage) {
  const menu = (label) => {
    const select = h("select", { class: "nn-select" });
    return { select, node: h("label", { class: "nn-field" }, h("span", { class: "nn-label", text: label }), select) };
  };
  const [layer, unit, input] = [menu("Layer"), menu("Unit"), menu("From input")];
  const value = h("input", { type: "number", step: "any", class: "nn-number" });
  const gradient = h("p", { class: "nn-note" });
  let told = null;
  const choose = () => stage.press("choose", [Number(layer.select.value), Number(unit.select.value), input.select.value === "bias" ? null : Number(input.select.value)]);
  for (const { select } of [layer, unit, input]) stage.on(select, "change", choose);
  stage.on(value, "change", () => stage.press("value", Number(value.value)));
  const options = (select, values, chosen) => {
    const key = values.join();
    if (select.dataset.key !== key) {
      select.dataset.key = key;
      select.replaceChildren(...values.map((one) => h("option", { value: one, text: one })));
    }
    select.value = String(chosen);
  };
  const node = stage.panel("Parameter", headed("One weight or bias"),
    h("div", { class: "nn-choose" }, layer.node, unit.node, input.node,
      h("label", { class: "nn-field" }, h("span", { class: "nn-label", text: "Its value" }), value)), gradient);
  return {
    node,
    value,
    show(chosen, locked) {
      told = chosen;
      const [rows, columns] = told.shapes[told.layer - 1];
      const upTo = (count) => Array.from({ length: count }, (_, k) => k);
      options(layer.select, told.shapes.map((_, k) => k + 1), told.layer);
      options(unit.select, upTo(rows), told.unit);
      options(input.select, [...upTo(columns), "bias"], told.input ?? "bias");
      if (document.activeElement !== value || stage.frame.playing) value.value = String(Number(told.value.toPrecision(6)));
      value.disabled = locked;
      const name = told.input === null ? `bias[${told.unit}]` : `weights[${told.unit}, ${told.input}]`;
      write(gradient, told.gradient === null ? `${name} of layer ${told.layer}. No gradient yet.`
        : `${name} of layer ${told.layer}. Its gradient in the last update: ${signed(told.gradient, 5)}.`);
    },
  };
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
  const file = h("input", { type: "file", accept: ".csv,.txt,.json,text/plain,text/csv,application/json" });
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

export function pointsPanel(stage) {
  return textPanel(stage, "Your own points", "One point a line: x₁, x₂, label (0 or 1 for classes)", "0.5, -0.2, 1\n-0.4, 0.3, 0", (text) => [
    localButton(stage, "Use these points", () => stage.press("paste", text.value)),
  ]).node;
}

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
