// GradientCheckExplorer: a cell for every parameter, and the error of the chosen slope against ε.
import { h, mount, write } from "../stage/stage.js";
import { fields } from "../stage/fields.js";
import { handle, over } from "../stage/handle.js";
import { linesPlot, strokeLine } from "../stage/lines.js";
import { codePanel } from "../stage/code.js";

const MARKS = ["✓", "✗", "0"];
const WORDS = ["agrees", "disagrees", "both are 0"];

export default mount((stage) => {
  let told = null, cells = [];
  const map = h("div", { class: "nn-arrays" });
  const chosen = h("dl", { class: "nn-chosen" });
  const valley = linesPlot(stage, "The error of the chosen slope for each ε, both as powers of ten", {
    over(pen, x, y, theme) {
      pen.setLineDash([6, 4]);
      strokeLine(pen, theme.soft, 1.2, [[x(-13), y(told.border)], [x(-1), y(told.border)]]);
      pen.setLineDash([]);
      pen.fillStyle = theme.soft;
      pen.textAlign = "left";
      pen.textBaseline = "top";
      pen.fillText("below: six digits agree", x(-13) + 6, y(told.border) + 4);
    },
  });
  const ring = handle(stage, {
    label: "ε",
    drag({ x }) { stage.aim("power", valley.value(x)); },
    nudge(dx) { if (dx) stage.nudge("power by", 0.25 * dx); },
  });
  const redraw = valley.redraw;
  valley.redraw = (...size) => {
    redraw(...size);
    const dot = told?.valley?.dots[0];
    ring.at(...(dot ? valley.pixel(dot[0], dot[1]) : [NaN, NaN]));
  };
  const code = codePanel();

  // One array after the other, a row for each unit. Arrow keys go from cell to cell; Tab leaves the map.
  const build = (arrays) => {
    cells = [];
    map.replaceChildren(...arrays.map(({ name, shape, first }) => {
      const [rows, columns] = shape.length === 2 ? shape : [1, shape[0] ?? 1];
      const grid = h("div", { class: "nn-cells", style: `grid-template-columns: repeat(${columns}, 26px)` });
      for (let at = 0; at < rows * columns; at += 1) {
        const index = first + at;
        const cell = h("button", { type: "button", class: "nn-cell" });
        cell.where = `${name}, row ${Math.floor(at / columns) + 1}, column ${(at % columns) + 1}`;
        stage.on(cell, "click", () => stage.press("choose", index));
        stage.on(cell, "keydown", (event) => {
          const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
          const next = cells[index + step];
          if (!next) return;
          event.preventDefault();
          next.focus();
          stage.press("choose", index + step);
        });
        cells[index] = cell;
        grid.append(cell);
      }
      return h("figure", {}, h("figcaption", {}, h("strong", { text: name }), ` (${shape.join(", ")})`), grid);
    }));
  };

  stage.root.classList.add("nn-gradient-check-explorer");
  stage.body.append(
    h("div", { class: "nn-controls" }, ...fields(stage, ["data", "hidden", "activation", "mistake", "epsilon", "seed"])),
    h("div", { class: "nn-pictures" },
      stage.panel("Parameters", h("div", { class: "nn-heading" }, h("h3", { text: "Every parameter" }),
        h("p", { class: "nn-legend" }, ...MARKS.map((mark, at) =>
          h("span", {}, h("span", { class: `nn-cell nn-cell-${at}`, "aria-hidden": "true", text: mark }), WORDS[at])))), map),
      stage.panel("Valley", h("div", { class: "nn-heading" }, h("h3", { text: "Its relative error for every ε (powers of ten)" }),
        stage.button("reset", "ε = 0.00001")), over(valley, ring), valley.readout, chosen)),
    stage.narration, code.node);

  let shape = "";
  return (view) => {
    told = view;
    stage.showStats(view.stats);
    code.show(view.source);
    const key = JSON.stringify(view.arrays.map(({ name, shape: size }) => [name, size]));
    if (key !== shape) build(view.arrays);
    shape = key;
    for (const { first, marks } of view.arrays) {
      marks.forEach((mark, at) => {
        const cell = cells[first + at];
        const here = first + at === view.at;
        write(cell, MARKS[mark]);
        cell.className = `nn-cell nn-cell-${mark}`;
        cell.tabIndex = here ? 0 : -1;
        cell.setAttribute("aria-pressed", here);
        cell.setAttribute("aria-label", `${cell.where}: ${WORDS[mark]}`);
      });
    }
    chosen.replaceChildren(...view.chosen.map(([name, value]) => h("div", {}, h("dt", { text: name }), h("dd", { text: value }))));
    if (!view.valley) return;
    valley.show(view.valley);
    ring.say(`ε is 10 to the power of ${Number(view.valley.at.toFixed(2))}. Left and right arrow keys move it.`);
  };
});
