// The tracer: one gradient as a chain of local times upstream, from the loss down, as `tracer_view.py` tells it.
import { h, headedTable, rebuild, write } from "./elements.js";
import { field } from "./fields.js";
import { matrixCard } from "./matrix.js";

const MARKS = { true: ["=", "agrees"], false: ["≠", "they differ"], null: ["", ""] };

export function tracerPanel(stage, diagram) {
  const title = h("h3");
  const verdict = h("p", { class: "nn-told" });
  const rows = h("tbody");
  const shut = stage.button("untrace", "Close");
  shut.setAttribute("aria-label", "Close the tracer");
  const shares = matrixCard(stage, { choose: (_, cell) => stage.set("example", cell[1]) });
  const example = field(stage, "example");
  const count = h("span", { class: "nn-note" });
  const table = headedTable(["from the loss down", "local · upstream", "gives", "alike", "recorded"], rows,
    { class: "nn-numbers nn-chain", "aria-label": "The chain of factors, from the loss down" });
  const batch = h("div", { class: "nn-batch", tabIndex: 0, role: "group", "aria-label": "All examples" }, verdict, h("div", { class: "nn-which" }, example, count), shares.node);
  const node = stage.panel("Tracer", h("div", { class: "nn-heading" }, title, shut),
    h("div", { class: "nn-scrolls", tabIndex: 0, role: "group", "aria-label": "Chain of factors" }, table), batch);
  node.hidden = true;
  stage.onButtons(rows, ({ dataset }) => stage.press("follow", [Number(dataset.block), Number(dataset.unit)]));

  return { node, show };

  function show(told) {
    node.hidden = !told;
    diagram.trace(told?.path ?? []);
    if (!told) return;
    write(title, told.title);
    write(verdict, told.verdict);
    verdict.dataset.agrees = told.agrees;
    table.hidden = !told.rows.length;
    shares.node.hidden = !told.shares;
    fill(told.rows);
    if (told.shares) {
      shares.show(told.shares);
      shares.light([null, told.example[0]]);
      write(count, `0 … ${told.example[1] - 1}`);
    }
  }

  function fill(told) {
    rebuild(rows, told.map((row) => [row.part, row.terms.length]), () => told.map((row) => h("tr", {},
      h("th", { scope: "row" }, h("span"), " ", h("span", { class: "nn-note" })),
      h("td", { class: "nn-products" }, ...row.terms.map(() => h("span", {}, h(row.terms.length > 1 ? "button" : "span", { class: "nn-product" }))), h("span")),
      h("td"), h("td", { class: "nn-mark-cell" }), h("td"))));
    told.forEach((row, index) => {
      const [head, products, gives, mark, recorded] = rows.children[index].children;
      write(head.firstChild, row.part);
      write(head.lastChild, row.note);
      row.terms.forEach((term, at) => {
        const one = products.children[at].firstChild;
        write(one, term.text);
        if (one.tagName !== "BUTTON") return;
        Object.assign(one.dataset, { block: row.block, unit: term.unit });
        one.title = `Go on with unit ${term.unit} of layer ${row.block}`;
        one.setAttribute("aria-pressed", term.followed);
      });
      write(products.lastChild, row.rest || row.formula);
      write(gives, row.gives);
      write(recorded, row.recorded);
      const [sign, said] = MARKS[row.agrees];
      write(mark, sign);
      mark.setAttribute("aria-label", said);
      rows.children[index].dataset.agrees = row.agrees;
    });
  }
}
