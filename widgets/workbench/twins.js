// Two runs that differ in one thing: both losses, the distance between them by update, and the first number in which they part.
import { codePanel } from "../stage/code.js";
import { h, write } from "../stage/elements.js";
import { field } from "../stage/fields.js";
import { linesPlot, swatch, valuesTable } from "../stage/lines.js";

export function twinsPanel(stage) {
  const losses = linesPlot(stage, "The loss of both runs, epoch by epoch");
  const distance = linesPlot(stage, "The largest difference between their parameters, as a power of ten, update by update");
  const table = valuesTable(["Who", "first difference", "all its digits"]);
  const said = h("p", { class: "nn-note" });
  const transport = h("div", { class: "nn-transport" }, field(stage, "change"),
    stage.button("twins", "Run both", { hint: "This network and its twin, from the beginning" }),
    stage.button("pin", "Pin this moment", { hint: "Keep it, and see every other moment beside it" }));
  const code = codePanel();
  const plots = h("div", { class: "nn-twin-plots" },
    h("div", {}, h("p", { class: "nn-legend" }, h("span", {}, swatch(0), "this run"), h("span", {}, swatch(1), "its twin")), losses.node, losses.readout),
    h("div", {}, h("p", { class: "nn-legend", text: "largest difference, as a power of ten" }), distance.node, distance.readout));
  return {
    node: h("div", { class: "nn-twins" }, transport, h("div", { class: "nn-beside" }, h("div", {}, said, table.node, code.node), plots)),
    show(told) {
      write(said, told ? stage.unsaid(told.said) : "A second run of this network that differs in one thing: where do the two part, and how far? "
        + "Or pin a moment, go on, and see here what has become of its numbers.");
      plots.hidden = table.node.hidden = !told;
      code.show(told?.source ?? null);
      if (!told) return;
      losses.show(told.losses);
      distance.show(told.distance);
      table.show(told.rows);
    },
  };
}
