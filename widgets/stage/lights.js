// One light for three views of a moment: the source lines, the equations with their matrices, the network's diagram.
// What the pointer or the focus is on lights up in the two others, and `readout` says what it is.
import { arrow, write } from "./elements.js";
import { signed } from "./figures.js";

const TEXTS = ".nn-formula, .nn-code"; // the arrow keys go from name to name in these

// `node` holds the names (`data-name`: one name or several) and the cards; `cards()` are the matrices in it.
export function lights(stage, node, diagram, readout, cards) {
  let places = {}, lit = null; // {names, cell} of an element, or {place} of the diagram

  // What is lit, in both languages: names of values with one cell of theirs, and places of the diagram.
  function both() {
    if (!lit) return { names: [], cell: null, shown: [] };
    if (lit.place) {
      const { kind, column, unit, source } = lit.place;
      const here = ([its, at]) => at === column && (kind === "edges") === (its === "edges");
      return { names: Object.keys(places).filter((name) => here(places[name])), cell: [unit, source ?? null], shown: [] };
    }
    const shown = lit.names.filter((name) => places[name]).map((name) => {
      const [kind, column] = places[name];
      return { kind, column, unit: lit.cell?.[0] ?? null, source: kind === "edges" ? lit.cell?.[1] ?? null : null };
    });
    return { names: lit.names, cell: lit.cell, shown };
  }

  function apply() {
    const { names, cell, shown } = both();
    for (const one of node.querySelectorAll("[data-name]")) {
      one.classList.toggle("nn-lit", one.dataset.name.split(" ").some((name) => names.includes(name)));
    }
    for (const card of cards()) card.light(names.includes(card.name) ? cell : null);
    diagram.light(shown);
    readout.setAttribute("aria-live", lit?.place ? "off" : "polite"); // the diagram says its own place
    write(readout, names.map((name) => told(name, cell)).join("   "));
  }

  const of = (name) => cards().find((card) => card.name === name);

  function told(name, cell) {
    const value = cell && cell[1] !== null ? of(name)?.value(cell) : undefined;
    const at = cell ? `[${cell.map((index) => index ?? ":").join(", ")}]` : "";
    const said = `${name}${at}${value === undefined ? "" : ` = ${signed(value, 4)}`}`;
    const example = cell && of(name)?.columns > 1 ? `, example ${cell[1]}` : "";
    return lit.place || !places[name] ? said : `${said}: ${where(...places[name], cell, example)}`;
  }

  function where(kind, column, cell, example) {
    const unit = cell ? diagram.named(column, cell[0]) : column ? `layer ${column}` : "the inputs";
    if (kind === "edges") return cell ? `from ${diagram.named(column - 1, cell[1])} to ${unit}` : `the lines that lead to ${unit}`;
    if (kind === "biases") return cell ? `bias of ${unit}` : `the biases of ${unit}`;
    return cell ? unit + example : column ? `the units of ${unit}` : unit;
  }

  function light(next) {
    if (JSON.stringify(next) === JSON.stringify(lit)) return;
    lit = next;
    apply();
  }

  function from(element) {
    const named = node.contains(element) ? element.closest("[data-name]") : null;
    const cell = element?.closest?.("[data-cell]")?.dataset.cell.split(",").map(Number) ?? null;
    light(named ? { names: named.dataset.name.split(" "), cell } : null);
  }

  stage.on(node, "pointerover", (event) => from(event.target));
  stage.on(node, "pointerleave", () => from(document.activeElement));
  stage.on(node, "focusin", (event) => from(event.target));
  stage.on(node, "focusout", () => light(null));
  stage.on(node, "keydown", (event) => {
    const step = arrow(event);
    const table = event.target.closest("[role=grid]");
    if (!step || (!table && !event.target.closest(TEXTS))) return;
    const next = table ? neighbour(table, event.target, step) : nextWord(event.target, step[0] || step[1]);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  return {
    pointed: (place) => light(place && { place }),
    cell: (name, cell) => light({ names: [name], cell }),
    show(now) { // another moment: what is lit may be called otherwise there, or be gone
      places = now;
      if (lit && !lit.place && !node.contains(document.activeElement) && !node.matches(":hover")) lit = null;
      apply();
    },
  };
}

function nextWord(now, by) {
  const words = [...now.closest(TEXTS).querySelectorAll("[data-name]")];
  return words[words.indexOf(now) + (words.includes(now) || by > 0 ? by : 0)];
}

function neighbour(table, now, [right, down]) {
  const row = now.closest("tr");
  if (!row) return table.querySelector("td");
  return table.rows[row.rowIndex + down]?.cells[now.cellIndex + right];
}
