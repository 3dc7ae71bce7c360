// LossExplorer: the loss over the probability, the push on z, and a table that multiplies the push out.
import { codePanel } from "../stage/code.js";
import { h, headed } from "../stage/elements.js";
import { fields } from "../stage/fields.js";
import { within } from "../stage/figures.js";
import { handle, over } from "../stage/handle.js";
import { linesPlot, valuesTable } from "../stage/lines.js";
import { mount } from "../stage/stage.js";

export default mount("nn-loss-explorer", (stage) => {
  const loss = linesPlot(stage, "The loss of each answer from 0 to 1", { named: true });
  const push = linesPlot(stage, "The push on z, for each z", { named: true });
  const onCurve = (plot, name) => {
    const { at, dots } = stage.view[name];
    return dots.length ? plot.pixel(at, dots[0][1]) : null;
  };
  const answer = handle(stage, {
    label: "The probability a", on: loss, place: () => onCurve(loss, "loss"),
    drag({ x }) { stage.aim("probability", loss.value(x)); },
    nudge(dx) { if (dx) stage.nudge("probability by", 0.01 * dx); },
  });
  const point = handle(stage, {
    label: "The point z", on: push, place: () => onCurve(push, "push"),
    drag({ x }) { stage.aim("z", within(push.value(x), stage.view.push.x)); },
    nudge(dx) { if (dx) stage.nudge("z by", 0.1 * dx); },
  });
  const table = valuesTable(["Loss", "charges", "gradient · slope of the sigmoid", "push on z, minus that product"]);
  const code = codePanel();

  stage.body.append(
    h("div", { class: "nn-controls" }, ...fields(stage, ["losses", "label", "probability", "z"])),
    stage.panes(
      stage.panel("Charges", headed("What the answer costs"),
        over(loss, answer), loss.readout),
      stage.panel("Pushes", headed("How hard z is pushed",
        h("span", { class: "nn-legend", text: "above 0: z up, below 0: z down" })), over(push, point), push.readout),
      stage.panel("In numbers", stage.scrolling("In numbers", table.node, code.node))),
    stage.narration);

  return (view) => {
    loss.show(view.loss);
    push.show(view.push);
    table.show(view.rows);
    code.show(view.source);
    answer.say(`The probability a = ${view.stats[0][1]}. Left and right arrow keys move it.`);
    point.say(`The point z = ${Number(view.push.at.toPrecision(4))}. Left and right arrow keys move it.`);
  };
}, { fit: true });
