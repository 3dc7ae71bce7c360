// ScheduleExplorer: the learning rate by step, and the losses of a run with it and of one without.
import { h, mount } from "../stage/stage.js";
import { fields } from "../stage/fields.js";
import { linesPlot, valuesTable } from "../stage/lines.js";
import { codePanel } from "../stage/code.js";

export default mount((stage) => {
  const rates = linesPlot(stage, "The learning rate at each step");
  const losses = linesPlot(stage, "The loss of both runs, epoch by epoch");
  const table = valuesTable(["Run", "last loss", "shakes by"]);
  const code = codePanel();
  stage.root.classList.add("nn-schedule-explorer");
  stage.body.append(
    h("div", { class: "nn-controls" }, ...fields(stage, ["kind", "rate", "part", "optimizer", "seed"])),
    h("div", { class: "nn-pictures" },
      stage.panel("Rates", h("div", { class: "nn-heading" }, h("h3", { text: "The learning rate" })), rates.node, rates.readout),
      stage.panel("Losses", h("div", { class: "nn-heading" }, h("h3", { text: "The loss" })), losses.node, losses.readout)),
    table.node, stage.narration, code.node);
  return (view) => {
    stage.showStats(view.stats);
    if (view.rates) rates.show(view.rates);
    if (view.losses) losses.show(view.losses);
    table.show(view.rows);
    code.show(view.source);
  };
});
