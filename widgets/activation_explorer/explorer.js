// ActivationExplorer: the curves above, their slopes below, the tangent at z, and a table that says the same.
import { bendPlot } from "../stage/bend.js";
import { h, headed } from "../stage/elements.js";
import { fields } from "../stage/fields.js";
import { signed } from "../stage/figures.js";
import { handle, over } from "../stage/handle.js";
import { valuesTable } from "../stage/lines.js";
import { mount } from "../stage/stage.js";

export default mount("nn-activation-explorer", (stage) => {
  const upper = bendPlot(stage, "value", "The activations f(z)");
  const lower = bendPlot(stage, "slope", "Their slopes f′(z)");
  const point = handle(stage, {
    label: "The point z", on: upper,
    place() {
      const { z, curves } = stage.view, first = curves[0]?.at[0] ?? null;
      return first === null ? null : upper.pixel(z, first);
    },
    drag({ x }) { stage.aim("move", upper.value(x)); },
    nudge(dx) { if (dx) stage.nudge("move by", 0.1 * dx); },
  });
  const table = valuesTable(["Activation", "f(z)", "f′(z)", "At this z"]);
  const notes = h("div", { class: "nn-warnings", role: "status" });

  stage.body.append(
    h("div", { class: "nn-controls" }, ...fields(stage, ["activations", "z"])),
    stage.panes(
      stage.panel("f(z)", headed("f(z)", h("span", { class: "nn-legend", text: "hatched: the first curve is saturated" })),
        over(upper, point), upper.readout),
      stage.panel("f′(z)", headed("f′(z), the slope"), lower.node, lower.readout),
      stage.panel("In numbers", stage.scrolling("Values at this z", table.node))),
    notes, stage.narration);

  return (view) => {
    upper.show(view);
    lower.show(view);
    stage.showStats([["z", signed(view.z, 2)]]);
    point.say(`The point z = ${signed(view.z, 2)}. Left and right arrow keys move it.`);
    table.show(view.curves.map((curve, look) => ({ ...curve, look })));
    notes.hidden = !view.notes.length;
    notes.replaceChildren(...view.notes.map((text) => h("p", { text })));
  };
}, { fit: true });
