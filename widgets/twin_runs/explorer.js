// TwinRuns: both losses, the distance between the twins by step, and the first number in which they part.
import { h, mount } from "../stage/stage.js";
import { fields } from "../stage/fields.js";
import { linesPlot, swatch, valuesTable } from "../stage/lines.js";
import { codePanel } from "../stage/code.js";

export default mount((stage) => {
  const losses = linesPlot(stage, "The loss of both twins, epoch by epoch");
  const distance = linesPlot(stage, "The largest difference between their parameters, as a power of ten, step by step");
  const table = valuesTable(["Who", "the first number that differs", "all its digits"]);
  const code = codePanel();
  stage.root.classList.add("nn-twin-runs");
  stage.body.append(
    h("div", { class: "nn-controls" }, ...fields(stage, ["change", "activation", "learning_rate", "epochs", "seed"])),
    h("div", { class: "nn-pictures" },
      stage.panel("Losses", h("div", { class: "nn-heading" }, h("h3", { text: "The losses" }),
        h("p", { class: "nn-legend" }, h("span", {}, swatch(0), "the one"), h("span", {}, swatch(1), "its twin"))),
      losses.node, losses.readout),
      stage.panel("Distance", h("div", { class: "nn-heading" },
        h("h3", { text: "How far apart (largest parameter, as a power of ten)" })), distance.node, distance.readout)),
    table.node, stage.narration, code.node);
  return (view) => {
    stage.showStats(view.stats);
    if (view.losses) losses.show(view.losses);
    if (view.distance) distance.show(view.distance);
    table.show(view.rows);
    code.show(view.source);
  };
});
