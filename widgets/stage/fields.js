// Fields: the controls of an explorer as labelled form elements, made from what `controls.py` describes.
import { each, h, menuOf, optionsOf, write } from "./elements.js";
import { held, onTyped } from "./held.js";

export function field(stage, name) {
  const told = stage.model.get("controls").find((control) => control.name === name);
  if (!told) return null;
  const made = { slider, whole, text, choice, several, sizes }[told.kind](stage, told, (value) => stage.set(name, value));
  made.node.classList.add("nn-field");
  if (told.help) made.node.title = told.help;
  stage.fields.set(name, { node: made.node, show: held(stage, name, made.node, made.show), offer: made.offer, name: made.name });
  return made.node;
}

export function fields(stage, names) {
  return names.map((name) => field(stage, name)).filter(Boolean);
}

// Four digits, or fewer where these would not fit into a field: 0.00031 and not a cut 0.00030.
export function plain(value) {
  const [first, ...shorter] = [4, 3, 2, 1].map((digits) => String(Number(Number(value).toPrecision(digits))));
  return [first, ...shorter].find((text) => text.length <= 7) ?? first;
}

function typed(label, { low, high, step, hidden = false }) {
  const input = h("input", { type: "number", step, min: low, max: high, class: "nn-number" });
  return [h("label", { class: "nn-typed" }, h("span", { class: hidden ? "nn-hidden" : "nn-label", text: label }), input), input];
}

// Each gives its node and what shows a value in it; `changed` hears what somebody has put there.
function slider(stage, told, changed) {
  const steps = told.log ? 200 : Math.round((told.high - told.low) / told.step);
  const value = (position) => told.log
    ? Number((told.low * (told.high / told.low) ** (position / steps)).toPrecision(2))
    : Number((told.low + position * told.step).toPrecision(6));
  const position = (number) => told.log
    ? Math.round(steps * Math.log(number / told.low) / Math.log(told.high / told.low))
    : Math.round((number - told.low) / told.step);
  const [label, input] = typed(told.label, { low: told.least, high: told.most, step: "any" });
  const range = h("input", { type: "range", min: 0, max: steps, step: 1, class: "nn-range" });
  const ranged = h("span", { class: "nn-hidden", text: `${told.label}, slider` });
  const fill = () => {
    range.style.setProperty("--nn-filled", `${(100 * range.value) / steps}%`);
    input.style.setProperty("--nn-digits", input.value.length);
  };
  stage.on(range, "input", () => {
    input.value = plain(value(Number(range.value)));
    range.setAttribute("aria-valuetext", input.value);
    fill();
    changed(value(Number(range.value)));
  });
  onTyped(stage, input, changed);
  return {
    node: h("div", { class: "nn-slider" }, label, h("label", { class: "nn-range-label" }, ranged, range)),
    show(number) {
      input.value = plain(number);
      range.value = position(number);
      range.setAttribute("aria-valuetext", plain(number));
      fill();
    },
    name(text) { // another label than at first
      write(label.firstChild, text);
      write(ranged, `${text}, slider`);
    },
  };
}

function whole(stage, told, changed) {
  const [label, input] = typed(told.label, { ...told, step: 1 });
  onTyped(stage, input, changed);
  return { node: h("div", {}, label), show: (number) => { input.value = plain(number); } };
}

// A line of text; what Python did not take stays there to be mended.
function text(stage, told, changed) {
  const input = h("input", { type: "text", class: "nn-number", spellcheck: false, autocomplete: "off", maxLength: 200 });
  let taken;
  onTyped(stage, input, changed);
  return {
    node: h("div", {}, h("label", {}, h("span", { class: "nn-label", text: told.label }), input)),
    show: (value) => { if (value !== taken) input.value = taken = value; },
  };
}

function choice(stage, told, changed) {
  const select = menuOf(told.options);
  stage.on(select, "change", () => changed(select.value));
  return {
    node: h("div", {}, h("label", {}, h("span", { class: "nn-label", text: told.label }), select)),
    show: (name) => { select.value = select.title = name; },
    offer: (names, chosen) => { // other names than at first
      if ([...select.options].map((one) => one.value).join("\n") === names.join("\n")) return;
      select.replaceChildren(...optionsOf(names));
      select.value = select.title = chosen;
    },
    name: (texts) => { [...select.options].forEach((one, k) => write(one, texts[k] ?? one.value)); }, // in other words
  };
}

function several(stage, told, changed) {
  const boxes = told.options.map((name) => h("input", { type: "checkbox", value: name, class: "nn-tick" }));
  for (const box of boxes) stage.on(box, "change", () => changed(boxes.filter((one) => one.checked).map((one) => one.value)));
  return {
    node: h("div", { role: "group", "aria-label": told.label }, h("span", { class: "nn-label", text: told.label }),
      h("div", { class: "nn-ticks" }, ...boxes.map((box) => h("label", {}, box, h("span", { text: box.value }))))),
    show: (names) => { for (const box of boxes) box.checked = names.includes(box.value); },
  };
}

function sizes(stage, told, changed) {
  const row = h("div", { class: "nn-row" });
  const resize = (list) => { show(list); changed(list); };
  const fewer = stage.smallButton("−", `${told.label}: remove the last`, () => resize(values().slice(0, -1)));
  const more = stage.smallButton("+", `${told.label}: add one`, () => resize([...values(), values().at(-1) ?? 4]));
  const inputs = () => [...row.querySelectorAll("input")];
  const values = () => inputs().map((input) => Number(input.value));
  const another = (index) => {
    const [label, input] = typed(`${told.item} ${index + 1}`, { low: told.low, high: told.high, step: 1, hidden: true });
    onTyped(stage, input, () => changed(values()));
    return label;
  };
  const show = (list) => {
    each(row, list, another, ({ lastChild: input }, number) => { input.value = String(number); });
    fewer.setAttribute("aria-disabled", list.length === 0);
    more.setAttribute("aria-disabled", list.length >= told.most);
  };
  const node = h("div", { role: "group", "aria-label": told.label },
    h("span", { class: "nn-label", text: told.label }), h("div", { class: "nn-row" }, row, fewer, more));
  return { node, show };
}
