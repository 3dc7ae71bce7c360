// BackpropBoard: the network as cards from left to right, a box to type in for every number of the two passes.
import { h, mount, write } from "./stage.js";
import { fields } from "./fields.js";

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

  function build(view) {
    const card = ({ name, boxes: names }) => h("div", { class: "nn-card", role: "group", "aria-label": name },
      h("h3", { text: name }), ...names.map(box));
    const given = () => h("div", { class: "nn-card nn-card-given" }, h("strong"));
    const target = h("p", { class: "nn-target" });
    const [one, two, last, loss] = view.cards.map(card);
    loss.append(target);
    const inputs = [given(), given()];
    board.append(h("div", { class: "nn-column" }, ...inputs), wires([25, 75], [25, 75]),
      h("div", { class: "nn-column" }, one, two), wires([25, 75], [50]),
      h("div", { class: "nn-column" }, last), wires([50], [50]), h("div", { class: "nn-column" }, loss));
    board.show = (next) => {
      inputs.forEach((node, at) => write(node.firstChild, next.inputs[at]));
      write(target, next.target);
    };
  }

  stage.root.classList.add("nn-backprop-board");
  stage.body.append(
    h("div", { class: "nn-bar" },
      h("div", { class: "nn-transport" }, stage.button("hint", "Hint for the next box", { primary: true }),
        stage.button("new", "New board"), stage.button("clear", "Clear")),
      ...fields(stage, ["seed"])),
    board, hint, stage.narration);

  return (view) => {
    if (!board.show) build(view);
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
