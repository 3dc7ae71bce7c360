// Elements of the page: made, written and put anew only where something changed. Nothing that comes from Python becomes HTML.

export function h(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key === "class") node.className = value;
    else if (key === "text") node.textContent = value;
    else if (key in node && !key.startsWith("aria")) node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// A picture for the eye alone, of one shape.
export function svg(properties, shape, values) {
  const [node, inner] = ["svg", shape].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  put(node, { "aria-hidden": "true", ...properties });
  put(inner, values);
  node.append(inner);
  return node;
}

// A text that ends in an ellipsis where it has no room; its title has the whole of it.
export const short = (text) => h("span", { class: "nn-short", title: text, text });

// Replaces text only where it changed: a screen reader hears no repetition, a selection is kept.
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// A line of code that is cut behind a bracket or a comma, or before a dot, where it has no room: not within a name.
export function cuttable(text) {
  const parts = text.split(/(?<=[([,])|(?=\.[A-Za-z_])/);
  return parts.flatMap((part, at) => (at < parts.length - 1 || /[([,]$/.test(part) ? [part, h("wbr")] : [part]));
}

// Sets attributes only where they changed: one that is set anew to what it was makes the browser style the page anew.
export function put(node, values) {
  for (const [name, value] of Object.entries(values)) {
    if (name === "hidden" ? node.hidden !== value : node.getAttribute(name) !== String(value)) {
      if (name === "hidden") node.hidden = value;
      else node.setAttribute(name, value);
    }
  }
}

// Builds what is in `node` anew when it is to show something of another kind; returns whether it did.
export function rebuild(node, kind, make) {
  const key = JSON.stringify(kind);
  if (node.dataset.key === key) return false;
  node.dataset.key = key;
  node.replaceChildren(...make());
  return true;
}

// One child for each item: those that are there are kept, `make(at)` makes one more, `fill(child, item, at)` fills it.
export function each(list, items, make, fill) {
  while (list.children.length > items.length) list.lastChild.remove();
  items.forEach((item, at) => fill(list.children[at] ?? list.appendChild(make(at)), item, at));
}

const ICONS = {
  play: "M5 3l9 5.5L5 14z",
  pause: "M4 3h3v11H4zM10 3h3v11h-3z",
  step: "M4 3l7 5.5L4 14zM11.5 3H14v11h-2.5z",
  back: "M13 3L6 8.5 13 14zM3 3h2.5v11H3z",
  update: "M2 3l5.5 5.5L2 14zM8 3l5.5 5.5L8 14zM14 3h2v11h-2z",
  full: "M2 2h5v2H4v3H2zM10 2h5v5h-2V4h-3zM2 10h2v3h3v2H2zM13 10h2v5h-5v-2h3z",
  dock: "M1 2h15v13H1zM3 4v9h5V4zM10 4v9h4V4z",
  settings: "M2 4h7v2H2zM12 4h3v2h-3zM9 2.5h2v5H9zM2 11h2v2H2zM7 11h8v2H7zM4.5 9.5h2v5h-2z",
  reset: "M8.5 3V.8L4.6 4l3.9 3.2V5a4.2 4.2 0 1 1-4.2 4.2h-2A6.2 6.2 0 1 0 8.5 3z",
};

export const icon = (name) => svg({ viewBox: "0 0 17 17" }, "path", { d: ICONS[name] });

export const headed = (text, ...beside) => h("div", { class: "nn-heading" }, h("h3", { text }), ...beside);

// Of names, or of pairs of a value and what it is called.
export const optionsOf = (names) => names.map((one) => [one].flat()).map(([value, text = value]) => h("option", { value, text }));

export const menuOf = (names, properties = {}) => h("select", { class: "nn-select", ...properties }, ...optionsOf(names));

// A table with a head for each column; `rows` is its body.
export function headedTable(heads, rows, properties = {}) {
  const head = h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", { scope: "col", text }))));
  return h("table", { class: "nn-numbers", ...properties }, head, rows);
}

// Which way an arrow key goes, [across, down]; undefined for any other key, and where the key is a command.
export function arrow(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  return { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
}
