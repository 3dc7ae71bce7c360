// ShapeTracer: two rectangles and their result, the sides that must fit, a table of the axes, and the numbers.
import { h, write } from "../stage/elements.js";
import { fields } from "../stage/fields.js";
import { handle, over } from "../stage/handle.js";
import { valuesTable } from "../stage/lines.js";
import { termsRow } from "../stage/matrix.js";
import { clipped, strokeLine, words } from "../stage/pen.js";
import { mount } from "../stage/stage.js";

const PLAIN = 12; // up to so many cells a side is as long as it says; beyond, it grows by its logarithm
const SIGNS = { clash: "✗", stretched: "⇲", equal: "=", kept: "→" };
const units = (n) => (n <= PLAIN ? n : PLAIN + 4 * Math.log2(n / PLAIN));

export default mount("nn-shape-tracer", (stage) => {
  let told = null, layout = null, before = null, ends = [];
  const canvas = stage.canvas({ label: "The shapes as rectangles", draw });
  const corners = ["a", "b"].map((name, at) => handle(stage, {
    label: "", kind: "square", on: canvas, place: () => ends[at],
    grab() { before = { shape: told[name], unit: layout.unit }; },
    drag({ dx, dy }) { resize(name, before.shape, dx / before.unit, dy / before.unit); },
    nudge(dx, dy) { resize(name, told[name], dx, dy); },
  }));
  const table = valuesTable(["Side", "A", "B", "Result", "What happens"]);
  const message = h("p", { class: "nn-numpy" });
  const terms = termsRow(stage);
  const stand = h("p", { class: "nn-note" });

  stage.body.append(
    h("div", { class: "nn-controls" }, ...fields(stage, ["operation", "a", "b"])),
    stage.panes(
      stage.panel("Rectangles", over(canvas, ...corners),
        h("p", { class: "nn-note", text: "Drag a square at a corner, or choose it with Tab and use the arrow keys." })),
      stage.panel("Axes", stage.scrolling("What becomes of each side", table.node, message)),
      stage.panel("Arrays", stage.scrolling("The numbers", terms.node, stand))),
    stage.narration);

  // A shape of one axis has columns only.
  function resize(name, shape, dx, dy) {
    const steps = shape.length === 2 ? [dy, dx] : [told.kind === "product" && name === "b" ? dy || dx : dx];
    const next = shape.map((size, axis) => Math.max(1, size + Math.round(steps[axis])));
    if (next.join() !== told[name].join()) stage.aim(name, next);
  }

  // [rows, columns] as drawn: one axis is a row, but on the right of @ a column.
  function sides(name) {
    const shape = told[name];
    if (shape.length === 2) return shape;
    if (shape.length === 0) return [1, 1];
    return told.kind === "product" && name === "b" ? [shape[0], 1] : [1, shape[0]];
  }

  function draw(pen, width, height, theme) {
    if (!told) return;
    (told.kind === "product" ? drawProduct : drawRow)(pen, width, height, theme);
  }

  // The product as a scheme: A on the left, B above, the result where the rows of A and the columns of B cross. The
  // corner between them is a square when the shapes fit.
  function drawProduct(pen, width, height, theme) {
    const [[ra, ca], [rb, cb]] = [sides("a"), sides("b")];
    const [gap, left, top] = [46, 56, 34];
    const unit = Math.min(34, (width - left - gap - 20) / (units(ca) + units(cb)), (height - top - gap - 16) / (units(ra) + units(rb)));
    const px = (n) => units(n) * unit;
    const middle = left + Math.max(0, (width - left - gap - px(ca) - px(cb)) / 2 - 30);
    const [x, y] = [middle + px(ca) + gap, top + px(rb) + gap];
    layout = { unit };
    const fits = told.axes.every((axis) => axis.kind !== "clash");
    corner(pen, theme, { x: middle, y: top, wide: px(ca), tall: px(rb), fits, text: `${ca} ${fits ? "=" : "≠"} ${rb}` });
    const a = { x: middle, y, wide: px(ca), tall: px(ra), rows: ra, columns: ca, name: told.names[0], colour: "positive", flat: told.a.length < 2 };
    const b = { x, y: top, wide: px(cb), tall: px(rb), rows: rb, columns: cb, name: told.names[1], colour: "negative", flat: told.b.length < 2 };
    box(pen, theme, a);
    box(pen, theme, b);
    const result = { x, y, wide: px(cb), tall: px(ra), rows: ra, columns: cb, name: "result", colour: "accent" };
    if (told.result) box(pen, theme, { ...result, flat: told.result.length < 2 });
    else nothing(pen, theme, result);
    place(a, b);
  }

  // Element by element, or a function of the learner's: side by side. A dashed part is a copy that NumPy makes.
  function drawRow(pen, width, height, theme) {
    const [a, b] = [sides("a"), sides("b")];
    const result = told.result && (told.result.length === 2 ? told.result : [1, told.result[0] ?? 1]);
    const grown = told.kind === "own" || !result ? null : result;
    const shown = [a, b].map((one) => grown ?? one).concat([result ?? [2, 3]]);
    const [gap, left, top] = [78, 44, 34];
    const across = shown.reduce((sum, [, columns]) => sum + units(columns), 0);
    const unit = Math.min(34, (width - left - 2 * gap - 20) / across, (height - top - 20) / Math.max(...shown.map(([rows]) => units(rows))));
    const px = (n) => units(n) * unit;
    layout = { unit };
    let x = left + Math.max(0, (width - left - 2 * gap - across * unit) / 2 - 20);
    const boxes = [a, b].map(([rows, columns], at) => {
      const one = { x, y: top, wide: px(columns), tall: px(rows), rows, columns, name: told.names[at], colour: ["positive", "negative"][at], flat: told[["a", "b"][at]].length < 2 };
      if (grown) copies(pen, theme, one, px(grown[1]), px(grown[0]));
      box(pen, theme, one);
      x += px(shown[at][1]) + gap;
      sign(pen, theme, at ? (told.kind === "own" ? "→" : "=") : told.sign, x - gap / 2 - 8, top + 14);
      return one;
    });
    const last = { x, y: top, wide: px(shown[2][1]), tall: px(shown[2][0]), rows: shown[2][0], columns: shown[2][1], name: "result", colour: "accent" };
    if (result) box(pen, theme, { ...last, flat: told.result.length < 2 });
    else nothing(pen, theme, last);
    place(...boxes);
  }

  function place(a, b) {
    ends = [a, b].map((one) => [one.x + one.wide, one.y + one.tall]);
    [a, b].forEach((one, at) => {
      corners[at].say(`Size of ${one.name}: ${one.rows} by ${one.columns}. Arrow keys change it.`);
    });
  }

  return (view) => {
    told = view;
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

function box(pen, theme, { x, y, wide, tall, rows, columns, name, colour, flat }) {
  pen.fillStyle = `rgb(${theme[`${colour}Channels`].join(" ")} / 0.16)`;
  pen.strokeStyle = theme[colour];
  pen.fillRect(x, y, wide, tall);
  pen.lineWidth = 1;
  pen.globalAlpha = 0.45;
  pen.beginPath();
  const lines = (count, length) => (count <= 24 && length / count > 4 ? Array.from({ length: count - 1 }, (_, k) => ((k + 1) * length) / count) : []);
  for (const at of lines(columns, wide)) { pen.moveTo(x + at, y); pen.lineTo(x + at, y + tall); }
  for (const at of lines(rows, tall)) { pen.moveTo(x, y + at); pen.lineTo(x + wide, y + at); }
  pen.stroke();
  pen.globalAlpha = 1;
  dashedBox(pen, theme[colour], 2, flat ? [3, 3] : [], x, y, wide, tall);
  const plain = { font: "12px", face: theme.code };
  words(pen, theme, name, x + wide / 2, y - 20, { font: "600 13px", face: theme.code });
  const one = flat && (rows === 1 ? "rows" : "columns"); // the axis that a flat array does not have
  if (one !== "columns") words(pen, theme, columns.toLocaleString("en"), x + wide / 2, y - 7, plain);
  if (one !== "rows") words(pen, theme, rows.toLocaleString("en"), x - 5, y + tall / 2, { ...plain, align: "right" });
}

function copies(pen, theme, { x, y, wide, tall, colour }, toWide, toTall) {
  if (toWide <= wide && toTall <= tall) return;
  clipped(pen, [x, y, toWide, toTall], () => {
    pen.globalAlpha = 0.35;
    for (let at = -toTall; at < toWide; at += 7) strokeLine(pen, theme[colour], 1, [[x + at, y + toTall], [x + at + toTall, y]]);
  });
  dashedBox(pen, theme[colour], 1.2, [5, 4], x, y, toWide, toTall);
}

function corner(pen, theme, { x, y, wide, tall, fits, text }) {
  const colour = fits ? theme.soft : theme.ink;
  dashedBox(pen, colour, fits ? 1 : 2, [2, 4], x, y, wide, tall);
  words(pen, theme, text, x + wide / 2, y + tall / 2, { font: "600 14px", face: theme.code, colour });
}

function nothing(pen, theme, { x, y, wide, tall }) {
  dashedBox(pen, theme.soft, 2, [2, 4], x, y, wide, tall);
  sign(pen, theme, "✗", x + wide / 2, y + tall / 2);
}

function sign(pen, theme, text, x, y) {
  words(pen, theme, text, x, y, { font: "600 18px", face: theme.code });
}

function dashedBox(pen, colour, width, dashes, ...box) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.setLineDash(dashes);
  pen.strokeRect(...box);
  pen.setLineDash([]);
}
