// OptimizerRace: the paths on the surface, the losses by step, and a table of who arrived when.
import { h, mount } from "../stage/stage.js";
import { fields } from "../stage/fields.js";
import { linesPlot, strokeLine, valuesTable } from "../stage/lines.js";
import { surfacePlot } from "../stage/surface.js";
import { codePanel } from "../stage/code.js";

export default mount((stage) => {
  let told = null;
  const surface = surfacePlot(stage, "The loss over both parameters, with the path of each racer");
  const losses = linesPlot(stage, "How far each loss is above the lowest, as a power of ten, by step", {
    over(pen, x, y, theme) {
      pen.setLineDash([6, 4]);
      strokeLine(pen, theme.soft, 1.2, [[x(0), y(told.goal)], [x(told.losses.x[1]), y(told.goal)]]);
      pen.setLineDash([]);
      pen.fillStyle = theme.soft;
      pen.textAlign = "right";
      pen.textBaseline = "bottom";
      pen.fillText("the goal", x(told.losses.x[1]) - 6, y(told.goal) - 3);
    },
  });
  const play = stage.playButton();
  const table = valuesTable(["Racer", "learning rate", "loss now", "in 200 steps it"]);
  const code = codePanel();
  const picture = stage.panel("Surface", h("div", { class: "nn-heading" }, h("h3", { text: "The paths" }),
    h("span", { class: "nn-legend", text: "bluer is higher" })), surface.node, surface.readout);

  stage.root.classList.add("nn-optimizer-race");
  stage.body.append(
    h("div", { class: "nn-controls" }, ...fields(stage, ["landscape", "rates", "learning_rate", "racers"])),
    h("div", { class: "nn-bar" },
      h("div", { class: "nn-transport" }, stage.button("back", "Back", { symbol: "back" }),
        stage.button("step", "Step", { symbol: "step" }), play, stage.button("reset", "To the start", { symbol: "reset" })),
      h("div", { class: "nn-transport" }, ...fields(stage, ["steps"]))),
    h("div", { class: "nn-pictures" }, picture,
      stage.panel("Losses", h("div", { class: "nn-heading" },
        h("h3", { text: "Height above the lowest loss, as a power of ten" })), losses.node, losses.readout)),
    table.node, stage.narration, code.node);

  return (view, frame) => {
    told = view;
    play.show(frame.playing);
    stage.showStats(view.stats);
    picture.hidden = !view.surface;
    stage.root.classList.toggle("nn-one-picture", !view.surface);
    if (view.surface) surface.show(view.surface);
    losses.show(view.losses);
    table.show(view.rows);
    code.show(view.source);
  };
});
