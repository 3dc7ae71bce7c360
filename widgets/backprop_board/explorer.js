// BackpropBoard: the network from left to right, its weights on its edges, a box to type in for every number of both passes.
import { h, write } from "../stage/elements.js";
import { fields } from "../stage/fields.js";
import { mount } from "../stage/stage.js";
import { along } from "../stage/wires.js";

const MARKS = { empty: "", right: "✓", wrong: "✗", unread: "?" };

export default mount("nn-backprop-board", (stage) => {
  const boxes = new Map();
  let next = null;
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

  // The network: what comes in, then for each layer its units; a unit is its edges (a weight and its gradient each), and
  // its node. The edges are drawn under them, by where the boxes stand.
  let edges = [], nodes = [], shown = null;
  const wires = stage.canvas({ label: "", "aria-hidden": "true", draw: drawWires });

  function build(view) {
    boxes.clear();
    [edges, nodes] = [[], []];
    const given = view.inputs.map(() => h("div", { class: "nn-node nn-node-given" }, h("strong")));
    const target = h("p", { class: "nn-target" });
    nodes.push(given);
    const columns = view.columns.map((units) => {
      const sources = nodes.at(-1);
      let above = null;
      const heads = units.map(({ name, boxes: names }) => {
        const ofEdges = names.filter((one) => view.boxes[one].given);
        const node = h("div", { class: "nn-node" }, h("h3", { text: name }), ...names.filter((one) => !ofEdges.includes(one)).map(box));
        const rows = ofEdges.map(box);
        rows.forEach((row, at) => edges.push({ row, from: sources[at], to: node, name: ofEdges[at] })); // the last is the bias: from nowhere
        if (!rows.length) edges.push({ from: above, down: node }); // the loss, under the output
        above = node;
        return [node, h("div", { class: "nn-unit", role: "group", "aria-label": name }, rows.length ? h("div", { class: "nn-edges" }, ...rows) : null, node)];
      });
      nodes.push(heads.map(([node]) => node));
      return h("div", { class: "nn-column" }, ...heads.map(([, unit]) => unit));
    });
    nodes.at(-1).at(-1).append(target);
    board.replaceChildren(h("div", { class: "nn-net" }, wires.node, h("div", { class: "nn-column" }, ...given), ...columns));
    stage.tidy();
    board.show = (next) => {
      shown = next;
      given.forEach((node, at) => write(node.firstChild, next.inputs[at]));
      write(target, next.target);
    };
  }

  // Blue and whole for a positive weight, orange and dashed for a negative one; as wide as it is large.
  function drawWires(pen, width, height, theme) {
    if (!shown) return;
    const all = wires.node.getBoundingClientRect();
    const place = (node, side) => {
      const [x, y] = sideOf(node, side);
      return [x - all.left, y - all.top];
    };
    const wire = ([x0, y0], [x1, y1]) => along(pen, { x0, y0, x1, y1 });
    for (const { row, from, to, down, name } of edges) {
      const size = shown.boxes[name]?.size ?? null;
      pen.strokeStyle = size === null ? theme.soft : theme[size < 0 ? "negative" : "positive"];
      pen.lineWidth = size === null ? 1.5 : 1 + Math.min(3, Math.abs(size));
      pen.setLineDash(size < 0 ? [7, 4] : []);
      if (down) wire(place(from, "bottom"), [place(from, "bottom")[0], place(down, "top")[1]]);
      else if (from) wire(place(from, "right"), place(row, "left"));
      if (to) wire(place(row, "right"), place(to, "left"));
    }
    pen.setLineDash([]);
  }

  // The box that is next is brought into the board's own view; the page stays where it is.
  function bringNext(name) {
    const row = name && boxes.get(name)?.row;
    if (!row || board.scrollWidth <= board.clientWidth + 1) return;
    const [one, all] = [row.getBoundingClientRect(), board.getBoundingClientRect()];
    if (one.right > all.right) board.scrollLeft += one.right - all.right + 12;
    else if (one.left < all.left) board.scrollLeft -= all.left - one.left + 12;
  }

  stage.body.append(
    h("div", { class: "nn-bar" },
      h("div", { class: "nn-transport" }, stage.button("hint", "Hint for the next box", { primary: true }),
        stage.button("new", "New board"), stage.button("clear", "Clear")),
      h("div", { class: "nn-board-controls" }, ...fields(stage, ["inputs", "hidden", "seed"]))),
    stage.narration, hint, board);

  return (view) => {
    const kind = Object.keys(view.boxes).join();
    if (board.dataset.kind !== kind) {
      board.dataset.kind = kind;
      build(view);
    }
    board.show(view);
    write(hint, view.hint);
    for (const [name, told] of Object.entries(view.boxes)) {
      const made = boxes.get(name);
      write(made.given, told.given);
      write(made.name, told.given ? "grad" : told.label); // of an edge, whose weight stands before it
      write(made.mark, MARKS[told.state]);
      made.row.dataset.state = told.state;
      made.row.classList.toggle("nn-next", name === view.next);
      made.row.title = told.note;
      made.input.setAttribute("aria-label", told.state === "empty" ? told.label : `${told.label}, ${told.state}`);
      made.input.setAttribute("aria-invalid", told.state === "wrong" || told.state === "unread");
      if (!made.typing && !stage.awaits("fill") && made.input.value !== told.typed) made.input.value = told.typed;
    }
    if (next !== view.next) bringNext(view.next);
    next = view.next;
  };
}, { fit: true });

// The middle of one side of an element.
function sideOf(node, side) {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return { left: [left, y], right: [right, y], top: [x, top], bottom: [x, bottom] }[side];
}
