// BackpropBoard: the network as cards from left to right, a box to type in for every number of the two passes.
import { h, mount, write } from "../stage/stage.js";
import { fields } from "../stage/fields.js";

const MARKS = { empty: "", right: "✓", wrong: "✗", unread: "?" };

// Lines between two columns of cards: from heights to heights, in percent.
function wires(from, to) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 100 100", preserveAspectRatio: "none", class: "nn-wires", "aria-hidden": "true" })) svg.setAttribute(name, value);
  for (const start of from) {
    for (const end of to) {
      const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
      for (const [name, value] of Object.entries({ x1: 0, y1: start, x2: 100, y2: end })) line.setAttribute(name, value);
      svg.append(line);
    }
  }
  return svg;
}

export default mount((stage) => {
  const boxes = new Map();
  const board = h("div", { class: "nn-board", role: "group", "aria-label": "The network, from its inputs to its loss" });
  const hint = h("p", { class: "nn-formula nn-board-hint", role: "status", "aria-live": "polite" });

  function box(name) {
    const input = h("input", { type: "text", class: "nn-number", autocomplete: "off", spellcheck: false, "data-box": name });
    const made = { input, given: h("span", { class: "nn-given" }), name: h("span", { class: "nn-box-name" }),
      mark: h("span", { class: "nn-box-mark", "aria-hidden": "true" }) };
    made.row = h("label", { class: name.startsWith("grad") ? "nn-box nn-back" : "nn-box" }, made.given, made.name, input, made.mark);
    stage.on(input, "input", () => { made.typing = true; });
    const commit = () => {
      if (!made.typing) return;
      made.typing = false;
      stage.press("fill", [name, input.value]);
    };
    stage.on(input, "change", commit);
    stage.on(input, "keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      commit();
      const order = Object.keys(stage.view.boxes); // the order of the two passes, not of the page
      boxes.get(order[order.indexOf(name) + 1])?.input.focus();
    });
    boxes.set(name, made);
    return made.row;
  }

  const heights = (count) => Array.from({ length: count }, (_, at) => (100 * (at + 0.5)) / count);

  // The columns from left to right, with what leads from each to the next between them.
  function build(view) {
    boxes.clear();
    const card = ({ name, boxes: names }) => h("div", { class: "nn-card", role: "group", "aria-label": name },
      h("h3", { text: name }), ...names.map(box));
    const given = view.inputs.map(() => h("div", { class: "nn-card nn-card-given" }, h("strong")));
    const target = h("p", { class: "nn-target" });
    const columns = [given, ...view.columns.map((cards) => cards.map(card))];
    columns.at(-1)[0].append(target);
    board.replaceChildren(...columns.flatMap((cards, at) => [
      ...(at ? [wires(heights(columns[at - 1].length), heights(cards.length))] : []),
      h("div", { class: cards === given ? "nn-column nn-column-given" : "nn-column", style: `--nn-cards: ${cards.length}` }, ...cards)]));
    board.style.setProperty("--nn-columns", `62px ${"28px minmax(0, 1.35fr) ".repeat(columns.length - 2)} 20px minmax(0, ${columns.length > 4 ? 0.7 : 1}fr)`);
    board.classList.toggle("nn-deep", columns.length > 4);
    stage.tidy();
    board.show = (next) => {
      given.forEach((node, at) => write(node.firstChild, next.inputs[at]));
      write(target, next.target);
    };
  }

  stage.root.classList.add("nn-backprop-board");
  stage.body.append(
    h("div", { class: "nn-bar nn-board-bar" },
      h("div", { class: "nn-transport" }, stage.button("hint", "Hint for the next box", { primary: true }),
        stage.button("new", "New board"), stage.button("clear", "Clear")),
      h("div", { class: "nn-controls nn-board-controls" }, ...fields(stage, ["inputs", "hidden", "seed"]))),
    board, hint, stage.narration);

  return (view) => {
    const kind = Object.keys(view.boxes).join();
    if (board.dataset.kind !== kind) {
      board.dataset.kind = kind;
      build(view);
    }
    stage.showStats(view.stats);
    board.show(view);
    write(hint, view.hint);
    for (const [name, told] of Object.entries(view.boxes)) {
      const made = boxes.get(name);
      write(made.given, told.given);
      write(made.name, told.label);
      write(made.mark, MARKS[told.state]);
      made.row.dataset.state = told.state;
      made.row.classList.toggle("nn-next", name === view.next);
      made.row.title = told.note;
      made.input.setAttribute("aria-label", told.state === "empty" ? told.label : `${told.label}, ${told.state}`);
      made.input.setAttribute("aria-invalid", told.state === "wrong" || told.state === "unread");
      if (!made.typing && made.input.value !== told.typed) made.input.value = told.typed;
    }
  };
});
