// The comparison: a pinned moment beside the one that is shown, as `comparison.py` tells it.
import { each, h, headedTable, write } from "./elements.js";
import { termsRow } from "./matrix.js";

export function comparisonPanel(stage) {
  const title = h("h3");
  const said = h("p", { class: "nn-compared" });
  const rows = h("tbody");
  const table = headedTable(["value", "largest change at", "pinned", "now", "difference"], rows,
    { class: "nn-numbers nn-changes", "aria-label": "Each value's largest change" });
  const cards = termsRow(stage);
  const name = h("h4");
  const whole = h("div", { class: "nn-scrolls", tabIndex: 0, role: "group", "aria-label": "The whole matrices" }, name, cards.node);
  const same = stage.button("same", "Same moment in this update", { hint: "To the moment of the pinned part in the update that is shown" });
  const node = stage.panel("Comparison",
    h("div", { class: "nn-heading" }, title, h("div", { class: "nn-transport" }, same, stage.button("unpin", "Unpin"))), said,
    h("div", { class: "nn-scrolls", tabIndex: 0, role: "group", "aria-label": "Largest changes" }, table), whole);
  node.hidden = true;
  stage.onButtons(rows, ({ textContent }) => stage.press("compare", textContent));

  return {
    node,
    show(told) {
      node.hidden = !told;
      if (!told) return;
      write(title, `Pinned: ${told.pinned}`);
      write(said, told.rows.length ? "" : told.said);
      same.hidden = !told.elsewhere;
      table.parentNode.hidden = whole.hidden = !told.rows.length;
      if (!told.rows.length) return;
      const another = () => h("tr", {}, h("th", { scope: "row" }, h("button", { type: "button", class: "nn-product" })), h("td"), h("td"), h("td"), h("td"));
      each(rows, told.rows, another, (line, row) => {
        const [head, ...cells] = line.children;
        write(head.firstChild, row.name);
        head.firstChild.setAttribute("aria-pressed", row.name === told.name);
        [row.at, row.pinned, row.now, row.change].forEach((text, at) => write(cells[at], text));
      });
      write(name, told.name);
      cards.show(told.cards);
    },
  };
}
