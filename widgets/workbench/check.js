// The check of the gradients: a cell for every parameter, and the error of the chosen slope against ε.
import { h, write } from "../stage/stage.js";
import { field } from "../stage/fields.js";
import { handle, over } from "../stage/handle.js";
import { linesPlot, strokeLine } from "../stage/lines.js";
import { codePanel } from "../stage/code.js";

const CELL_MARKS = ["✓", "✗", "0"];
const CELL_WORDS = ["agrees", "disagrees", "both are 0"];

export function checkPanel(stage) {
  let told = null, cells = [];
  const map = h("div", { class: "nn-arrays" });
  const said = h("p", { class: "nn-note" });
  const chosen = h("dl", { class: "nn-chosen" });
  const rows = h("tbody");
  const table = h("table", { class: "nn-numbers" }, h("thead", {}, h("tr", {}, ...["parameters", "relative error", "verdict"].map((text) =>
    h("th", { scope: "col", text })))), rows);
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
  const curve = h("div", {}, chosen, h("p", { class: "nn-note", text: "Its relative error for every ε, as powers of ten" }), over(valley, ring), valley.readout);
  const node = h("div", { class: "nn-check" }, h("div", { class: "nn-transport" },
    stage.button("check", "Check the gradients", { hint: "Each parameter is moved a little, and the loss measured" }),
    field(stage, "mistake"), field(stage, "epsilon")),
    h("div", { class: "nn-check-body" }, h("div", {}, said, map, table, code.node), curve));

  // One array after the other, a row for each unit. Arrow keys go from cell to cell; Tab leaves the map.
  function build(arrays) {
    cells = [];
    map.replaceChildren(...arrays.map(({ name, shape, first }) => {
      const [count, columns] = shape.length === 2 ? shape : [1, shape[0] ?? 1];
      const grid = h("div", { class: "nn-cells", style: `grid-template-columns: repeat(${columns}, 24px)` });
      for (let at = 0; at < count * columns; at += 1) {
        const index = first + at;
        const cell = h("button", { type: "button", class: "nn-cell" });
        cell.where = `${name}, row ${Math.floor(at / columns) + 1}, column ${(at % columns) + 1}`;
        stage.on(cell, "click", () => stage.press("cell", index));
        stage.on(cell, "keydown", (event) => {
          const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
          const next = cells[index + step];
          if (!next) return;
          event.preventDefault();
          event.stopPropagation();
          next.focus();
          stage.press("cell", index + step);
        });
        cells[index] = cell;
        grid.append(cell);
      }
      return h("figure", {}, h("figcaption", {}, h("strong", { text: name }), ` (${shape.join(", ")})`), grid);
    }));
  }

  return {
    node,
    show(next) {
      told = next;
      write(said, told?.said ?? "Nothing checked yet: press the button, and every parameter of this network is moved a little.");
      map.hidden = curve.hidden = !told?.arrays.length;
      table.hidden = !told || !map.hidden;
      code.show(told?.source ?? null);
      rows.replaceChildren(...(told?.rows ?? []).map(([name, error, verdict]) => h("tr", {}, h("th", { scope: "row", text: name }),
        h("td", { text: error }), h("td", { text: verdict }))));
      if (map.hidden) return;
      const key = JSON.stringify(told.arrays.map(({ name, shape }) => [name, shape]));
      if (key !== map.dataset.key) build(told.arrays);
      map.dataset.key = key;
      for (const { first, marks } of told.arrays) marks.forEach((mark, at) => {
        const cell = cells[first + at], here = first + at === told.at;
        write(cell, CELL_MARKS[mark]);
        cell.className = `nn-cell nn-cell-${mark}`;
        cell.tabIndex = here ? 0 : -1;
        cell.setAttribute("aria-pressed", here);
        cell.setAttribute("aria-label", `${cell.where}: ${CELL_WORDS[mark]}`);
      });
      chosen.replaceChildren(...told.chosen.map(([name, value]) => h("div", {}, h("dt", { text: name }), h("dd", { text: value }))));
      valley.show(told.valley);
      ring.say(`ε is 10 to the power of ${Number(told.valley.at.toFixed(2))}. Left and right arrow keys move it.`);
    },
  };
}
