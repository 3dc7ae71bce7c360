// ShapeTracer: two rectangles and their result, the sides that must fit, a table of the axes, and the numbers.
import { h, put, write } from "../stage/elements.js";
import { fields } from "../stage/fields.js";
import { handle } from "../stage/handle.js";
import { valuesTable } from "../stage/lines.js";
import { termsRow } from "../stage/matrix.js";
import { mount } from "../stage/stage.js";

const PLAIN = 12; // up to so many cells a side is as long as it says; beyond, it grows by its logarithm
const LINES = 24; // of more cells no lines are drawn
const SIGNS = { clash: "✗", stretched: "⇲", equal: "=", kept: "→" };
const units = (n) => (n <= PLAIN ? n : PLAIN + 4 * Math.log2(n / PLAIN));

export default mount("nn-shape-tracer", (stage) => {
  let before = null;
  const [a, b, result] = [["a", "positive"], ["b", "negative"], ["result", "accent"]].map(([name, colour]) => rectangle(name, colour));
  const corners = [a, b].map(({ name, real, unit }) => handle(stage, {
    label: "", kind: "square",
    grab() { before = { shape: stage.view[name], unit: unit() }; },
    drag({ dx, dy }) { resize(name, before.shape, dx / before.unit, dy / before.unit); },
    nudge(dx, dy) { resize(name, stage.view[name], dx, dy); },
  }));
  [a, b].forEach(({ real }, at) => real.append(corners[at].node));
  const meeting = h("div", { class: "nn-meeting" });
  const scheme = h("div", { class: "nn-scheme" }, meeting, a.node, b.node, result.node);
  const table = valuesTable(["Side", "A", "B", "Result", "What happens"]);
  const message = h("p", { class: "nn-numpy" });
  const terms = termsRow(stage);
  const stand = h("p", { class: "nn-note" });

  stage.body.append(
    h("div", { class: "nn-controls" }, ...fields(stage, ["operation", "a", "b"])),
    stage.panes(
      stage.panel("Rectangles", h("div", { class: "nn-scene" }, scheme),
        h("p", { class: "nn-note", text: "Drag a square at a corner, or choose it with Tab and use the arrow keys." })),
      stage.panel("Axes", stage.scrolling("What becomes of each side", table.node, message)),
      stage.panel("Arrays", stage.scrolling("The numbers", terms.node, stand))),
    stage.narration);

  // A shape of one axis has columns only.
  function resize(name, shape, dx, dy) {
    const steps = shape.length === 2 ? [dy, dx] : [stage.view.kind === "product" && name === "b" ? dy || dx : dx];
    const next = shape.map((size, axis) => Math.max(1, size + Math.round(steps[axis])));
    if (next.join() !== stage.view[name].join()) stage.aim(name, next);
  }

  // [rows, columns] as drawn: one axis is a row, but on the right of @ a column.
  function sides(shape, isColumn) {
    if (shape.length === 2) return shape;
    return isColumn ? [shape[0] ?? 1, 1] : [1, shape[0] ?? 1];
  }

  // The product is a scheme: A on the left, B above, the result where the rows of A and the columns of B cross; the corner
  // between them is a square when the shapes fit. All else stands side by side, a dashed part being a copy that NumPy makes.
  function showRectangles(view) {
    const isProduct = view.kind === "product", comes = view.result !== null;
    const [one, other] = [sides(view.a), sides(view.b, isProduct)];
    const last = isProduct ? [one[0], other[1]] : comes ? sides(view.result) : [2, 3];
    const grown = view.kind === "element by element" && comes ? last : null;
    const shown = [grown ?? one, grown ?? other, last];
    const [down, across] = [0, 1].map((axis) => shown.map((size) => units(size[axis])));
    const fits = view.axes.every(({ kind }) => kind !== "clash");
    put(scheme, { "data-kind": isProduct ? "product" : "row" });
    scheme.style.setProperty("--across", isProduct ? across[0] + across[1] : across[0] + across[1] + across[2]);
    scheme.style.setProperty("--down", isProduct ? down[0] + down[1] : Math.max(...down));
    a.show(one, view.names[0], { flat: view.a.length < 2, within: shown[0], sign: view.sign });
    b.show(other, view.names[1], { flat: view.b.length < 2, within: shown[1], sign: view.kind === "own" ? "→" : "=" });
    result.show(last, comes ? "result" : "", { flat: comes && view.result.length < 2, within: last });
    put(result.node, { "data-none": !comes });
    write(meeting, `${one[1]} ${fits ? "=" : "≠"} ${other[0]}`);
    put(meeting, { "data-fits": fits });
    [one, other].forEach(([rows, columns], at) => corners[at].say(`Size of ${view.names[at]}: ${rows} by ${columns}. Arrow keys change it.`));
  }

  return (view) => {
    showRectangles(view);
    const heads = table.node.querySelectorAll("thead th");
    write(heads[1], view.names[0]);
    write(heads[2], view.names[1]);
    table.show(view.axes.map(({ side, a, b, result, what, kind }) => ({ name: side, kind, cells: [a, b, result, `${SIGNS[kind]} ${what}`] })));
    write(message, view.error ? `NumPy says: ${view.error}` : view.surprise);
    message.hidden = !message.textContent;
    message.dataset.kind = view.error ? "error" : "surprise";
    terms.show(view.terms);
    write(stand, view.numbers);
  };
}, { fit: true });

// An array as a rectangle of cells with its name and its sizes: `real` within the room that its copies take.
function rectangle(name, colour) {
  const [title, columns, rows] = ["nn-array-name", "nn-array-columns", "nn-array-rows"].map((one) => h("span", { class: one }));
  const real = h("div", { class: "nn-real" }, title, columns, rows);
  const node = h("div", { class: "nn-array", style: `--ours: var(--nn-${colour})` }, real);
  let size = [1, 1];
  return {
    name, node, real, unit: () => real.offsetWidth / units(size[1]),
    show(now, said, { flat, within, sign = "" }) {
      size = now;
      for (const [box, [tall, wide]] of [[node, within], [real, now]]) {
        box.style.setProperty("--tall", units(tall));
        box.style.setProperty("--wide", units(wide));
      }
      const [down, across] = now;
      real.style.setProperty("--rows", down > LINES ? 1 : down);
      real.style.setProperty("--columns", across > LINES ? 1 : across);
      put(node, { "data-copied": String(within) !== String(now), "data-sign": sign });
      put(real, { "data-flat": flat });
      const missing = flat && (down === 1 ? rows : columns); // the axis that a flat array does not have
      write(title, said);
      write(columns, missing === columns ? "" : across.toLocaleString("en"));
      write(rows, missing === rows ? "" : down.toLocaleString("en"));
    },
  };
}
