// A matrix in an equation: a small one whole, as a table; a large one as a heat map with its values under the cursor.
import { numbers } from "./arrived.js";
import { h, put, rebuild, write } from "./elements.js";
import { signed, within } from "./figures.js";
import { painted, palette } from "./maps.js";
import { shade } from "./theme.js";

// What is shown as a table: a few rows and columns, and of a layer of eight the bias and what two inputs bring.
const isSmall = (rows, columns) => Math.max(rows, columns) <= 6 || (Math.max(rows, columns) <= 8 && rows * columns <= 16);

// With `pointed`, the arrow keys go through a table too, and `pointed(name, cell)` hears which cell of a heat map the
// pointer or the keys are on; `light(cell)` shows a cell, or with null in one direction a whole row or column. Cells are
// counted as in the value itself, also where the card shows it turned round (`inputs.T`). `choose(name, cell)`: a cell
// was clicked, or Enter was pressed on it.
export function matrixCard(stage, { pointed, choose } = {}) {
  let told = null, values, rows = 0, columns = 0, heat = null, image = null, imageTheme, lit = null, isTurned = false;
  const name = h("code");
  const shape = h("span", { class: "nn-shape" });
  const body = h("div", { class: "nn-matrix-body" });
  const note = h("p", { class: "nn-note" });
  const node = h("figure", { class: "nn-matrix" }, h("figcaption", {}, name, shape), body, note);

  const chosen = (event) => {
    const cell = event.target.closest("td")?.dataset.cell.split(",").map(Number) ?? (heat?.place && turned(inside(heat.place)));
    if (cell) choose(node.dataset.name, cell);
  };
  if (choose) {
    node.classList.add("nn-choosable");
    stage.onChoice(body, chosen);
  }

  function show(term) {
    told = term;
    values = numbers(term.numbers);
    [rows, columns] = term.numbers.shape;
    isTurned = term.name.endsWith(".T");
    put(node, { "data-name": term.name.replace(/\.T$/, "") });
    write(name, term.name);
    write(shape, term.shape.length ? `(${term.shape.join(", ")}${term.shape.length === 1 ? "," : ""})` : "");
    write(note, term.cut ? `shown: ${term.cut}` : "");
    put(note, { hidden: !term.cut });
    image = null;
    if (isSmall(rows, columns)) showTable();
    else showHeat();
  }

  function showTable() {
    heat = null;
    const keys = pointed ? { tabIndex: -1 } : {};
    const row = () => h("tr", {}, ...Array.from({ length: columns }, () => h("td", keys)));
    const made = rebuild(body, [rows, columns], () => [h("table", { class: "nn-table", ...(pointed ? { role: "grid", tabIndex: 0 } : {}) },
      h("tbody", {}, ...Array.from({ length: rows }, row)))]);
    if (made) stage.tidy();
    body.firstChild.setAttribute("aria-label", `${told.summary}`);
    const digits = values.every((value) => Number.isInteger(value) && Math.abs(value) < 1e5) ? 0 : 3;
    body.querySelectorAll("td").forEach((cell, index) => {
      const value = values[index];
      write(cell, signed(value, digits));
      put(cell, { "data-cell": turned([Math.floor(index / columns), index % columns]).join() });
      cell.style.background = shade(stage.theme, value / told.scale, 0.32);
    });
  }

  function showHeat() {
    if (!heat) {
      const heard = pointed && ((place) => { if (place) pointed(node.dataset.name, turned(inside(place))); });
      heat = stage.canvas({ label: "", draw, cursor: { at, move, tell, chosen: heard } });
      if (pointed) heat.readout.setAttribute("aria-live", "off"); // the link's readout says it
      rebuild(body, "heat", () => [heat.node, heat.readout]);
      stage.tidy();
    }
    heat.node.setAttribute("aria-label", `${told.name}, ${told.shape.join(" by ")}: ${told.summary}`);
    heat.node.style.height = `${Math.round(Math.min(190, Math.max(26, rows * (rows > 16 ? 3 : 15))))}px`;
    heat.node.style.width = `${Math.round(Math.min(264, Math.max(columns < 3 ? 44 : 110, columns * 6)))}px`;
    write(node.lastChild, told.cut ? `shown: ${told.cut}` : "");
    heat.changed = true;
    if (!heat.place) write(heat.readout, span());
  }

  const span = () => told.summary.replace(`${told.name} `, "").replace(/^runs /, ""); // two lines of a narrow card

  function draw(pen, width, height, theme, place) {
    if (!image || imageTheme !== theme) image = heatImage(theme, values, rows, columns, told.scale);
    imageTheme = theme;
    heat.changed = false; // until the next term is shown: a frame of Play need not draw it again
    pen.imageSmoothingEnabled = columns > width || rows > height;
    pen.imageSmoothingQuality = "high";
    pen.drawImage(image, 0, 0, width, height);
    if (!place) write(heat.readout, span());
    const [wide, tall] = [width / columns, height / rows];
    for (const one of [lit && turned(lit), place && inside(place)]) if (one) frame(pen, one, wide, tall, theme);
  }

  // A line round one cell, or round a whole row or column.
  function frame(pen, [row, column], wide, tall, theme) {
    const [left, right] = column === null ? [0, columns] : [column, column + 1];
    const [top, bottom] = row === null ? [0, rows] : [row, row + 1];
    if (bottom > rows || right > columns) return; // not among the numbers that were sent
    pen.lineWidth = 1.5;
    pen.strokeStyle = theme.ink;
    pen.strokeRect(left * wide - 1.5, top * tall - 1.5, Math.max((right - left) * wide, 2) + 3, Math.max((bottom - top) * tall, 2) + 3);
  }

  const turned = (cell) => (isTurned ? [cell[1], cell[0]] : cell);

  const inside = ([row, column]) => [within(row, [0, rows - 1]), within(column, [0, columns - 1])];
  const at = (x, y, width, height) => inside([Math.floor((y / height) * rows), Math.floor((x / width) * columns)]);
  const move = (place, dx, dy) => (place ? inside([place[0] + dy, place[1] + dx]) : [0, 0]);
  const tell = (place) => {
    const [row, column] = inside(place);
    return `[${row}, ${column}] = ${signed(values[row * columns + column], 4)}`;
  };

  function light(cell) {
    if (String(cell) === String(lit)) return;
    lit = cell;
    if (heat) heat.redraw();
    else for (const one of body.querySelectorAll("td")) {
      const at = one.dataset.cell.split(",").map(Number);
      one.classList.toggle("nn-lit", cell !== null && cell.every((index, way) => index === null || index === at[way]));
    }
  }

  const value = (cell) => { // undefined for a cell that was not sent
    const [row, column] = turned(cell);
    return row < rows && column < columns ? values[row * columns + column] : undefined;
  };
  return { node, show, light, value, get name() { return node.dataset.name; }, get columns() { return isTurned ? rows : columns; } };
}

function heatImage(theme, values, rows, columns, scale) {
  const colours = palette(theme, 0.95);
  return painted(columns, rows, (pixels) => values.forEach((value, index) => {
    const part = within(value / scale, [-1, 1]);
    pixels[index] = colours[Number.isNaN(part) ? 0 : (127 * part + 128.5) | 0]; // the first colour stands for NaN
  }));
}

const isLong = ([rows, columns] = []) => columns > 4 && isSmall(rows, columns);

// Several cards in a row, or where two would be long, one below the other (`nn-long`), with a sign between where a term is a text: `show(terms)`. A sign stays with the card that follows
// it. `options(term)` are those of a card; `cards()` are all of them.
export function termsRow(stage, options = () => ({})) {
  const node = h("div", { class: "nn-terms" });
  let cards = [];
  return {
    node,
    cards: () => cards.filter(Boolean),
    show(terms) {
      const kinds = terms.map(({ kind, name, text }) => (kind === "text" ? text : { name }));
      const made = rebuild(node, kinds, () => {
        cards = terms.map((term) => (term.kind === "text" ? null : matrixCard(stage, options(term))));
        return terms.reduce((parts, { text }, at) => {
          const part = cards[at]?.node ?? h("span", { class: "nn-operator", text: text.trim() });
          const sign = cards[at] && terms[at - 1]?.kind === "text" ? parts.pop() : null;
          return [...parts, sign ? h("span", { class: "nn-together" }, sign, part) : part];
        }, []);
      });
      if (made) stage.tidy();
      terms.forEach((term, at) => cards[at]?.show(term));
      node.classList.toggle("nn-long", terms.filter((term) => isLong(term.shape)).length > 1);
    },
  };
}
