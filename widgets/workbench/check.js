// The check of the gradients: a cell for every parameter, and the error of the chosen slope against ε.
import { limit } from "../stage/axes.js";
import { codePanel } from "../stage/code.js";
import { arrow, h, rebuild, write } from "../stage/elements.js";
import { field } from "../stage/fields.js";
import { handle, over } from "../stage/handle.js";
import { linesPlot, valuesTable } from "../stage/lines.js";
import { words } from "../stage/pen.js";

const CELL_MARKS = ["✓", "✗", "0"];
const CELL_WORDS = ["agrees", "disagrees", "both are 0"];

export function checkPanel(stage) {
  let told = null, cells = [];
  const map = h("div", { class: "nn-arrays" });
  const said = h("p", { class: "nn-note" });
  const chosen = h("dl", { class: "nn-chosen" });
  const table = valuesTable(["parameters", "relative error", "verdict"]);
  const valley = linesPlot(stage, "The error of the chosen slope for each ε, both as powers of ten", {
    over: (pen, x, y, theme) => {
      limit(pen, theme, "", [x(-13), x(-1)], y(told.border), "under");
      const room = x(-1) - x(-13) - 6, how = { colour: theme.soft, align: "left", halo: 3 };
      words(pen, theme, room < 190 ? "↑ error, power of ten" : "↑ relative error, as a power of ten", x(-13) + 6, y(0) + 3, { ...how, base: "top", room });
      words(pen, theme, room < 190 ? "below: six digits agree" : "below the line: six digits agree", x(-13) + 6, y(-14) - 2, { ...how, base: "bottom", room });
    },
  });
  const ring = handle(stage, {
    label: "ε", on: valley,
    place() {
      const dot = told?.valley?.dots[0];
      return dot ? valley.pixel(dot[0], dot[1]) : null;
    },
    drag({ x }) { stage.aim("power", valley.value(x)); },
    nudge(dx) { if (dx) stage.nudge("power by", 0.25 * dx); },
  });
  const code = codePanel();
  const curve = h("div", {}, chosen, over(valley, ring), valley.readout);
  const node = h("div", { class: "nn-check" }, h("div", { class: "nn-transport" },
    stage.button("check", "Check the gradients", { hint: "Each parameter is moved a little, and the loss measured" }),
    field(stage, "mistake"), field(stage, "epsilon")), said,
    h("div", { class: "nn-beside" }, h("div", {}, map, table.node), code.node, curve));

  // One layer beside the other, in each its arrays, a row for each unit. Arrow keys go from cell to cell; Tab leaves the map.
  function build(arrays) {
    cells = [];
    const blocks = new Map();
    for (const array of arrays) blocks.set(array.block, [...(blocks.get(array.block) ?? []), array]);
    return [...blocks].map(([block, ours]) => h("figure", {}, ...ours.map((array, at) => grid(array, at ? "" : `layer ${block} `))));
  }

  function grid({ name, part, shape, first }, of) {
    const [count, columns] = shape.length === 2 ? shape : [1, shape[0] ?? 1];
    const node = h("div", { class: "nn-cells", style: `grid-template-columns: repeat(${columns}, var(--nn-cell, 24px))` });
    for (let at = 0; at < count * columns; at += 1) {
      const index = first + at;
      const cell = h("button", { type: "button", class: "nn-cell" });
      cell.where = `${name}, row ${Math.floor(at / columns) + 1}, column ${(at % columns) + 1}`;
      stage.on(cell, "click", () => stage.press("cell", index));
      stage.on(cell, "keydown", (event) => {
        const way = arrow(event), step = way && way[0] + columns * way[1];
        const next = cells[index + step];
        if (!next) return;
        event.preventDefault();
        event.stopPropagation();
        next.focus();
        stage.press("cell", index + step);
      });
      cells[index] = cell;
      node.append(cell);
    }
    return h("div", { title: `${name}, shape (${shape.join(", ")})` }, h("span", {}, h("strong", { text: of }), part), node);
  }

  return {
    node,
    show(next) {
      told = next;
      write(said, told ? stage.unsaid(told.said) : "Nothing checked yet: press the button, and every parameter of this network is moved a little.");
      map.hidden = curve.hidden = !told?.arrays.length;
      table.show(told && map.hidden ? told.rows.map(([name, ...cells]) => ({ name, cells })) : []);
      code.show(told?.source ?? null);
      if (map.hidden) return;
      map.classList.toggle("nn-many", told.arrays.some(({ shape }) => shape[0] > 6)); // smaller cells: all layers are seen
      rebuild(map, told.arrays.map(({ name, shape }) => [name, shape]), () => build(told.arrays));
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
