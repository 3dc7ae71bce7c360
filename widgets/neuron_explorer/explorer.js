// NeuronExplorer: the plane with a line that can be slid and turned, and one example's computation.
import { codePanel } from "../stage/code.js";
import { h, rebuild, write } from "../stage/elements.js";
import { fields } from "../stage/fields.js";
import { handle, over } from "../stage/handle.js";
import { kindsLegend } from "../stage/kinds.js";
import { termsRow } from "../stage/matrix.js";
import { ring, strokeLine } from "../stage/pen.js";
import { planePlot } from "../stage/plane.js";
import { mount } from "../stage/stage.js";

export default mount("nn-neuron-explorer", (stage) => {
  const plane = planePlot(stage, "The plane of the two features, with the neuron's line", { over: overlay });
  const slide = handle(stage, {
    label: "Slide the line", on: plane, place: () => stage.view.foot && plane.pixel(stage.view.foot),
    drag({ x, y }) { stage.aim("slide", plane.point(x, y)); },
    nudge(dx, dy) { stage.press("slide by", [dx, -dy]); },
  });
  const turn = handle(stage, {
    label: "Turn the line round its dot: the tip of the weights", kind: "ring", on: plane,
    place() {
      const { tip, plane: { extent: [low, high] } } = stage.view;
      return plane.pixel(tip ?? [(low + high) / 2, (low + high) / 2]);
    },
    drag({ x, y }) { stage.aim("turn", plane.point(x, y)); },
    nudge(dx, dy) { stage.press("turn by", [dx, -dy]); },
  });
  stage.on(plane.node, "click", (event) => stage.press("choose", plane.point(event.offsetX, event.offsetY)));
  const example = h("p", { class: "nn-example" });
  const terms = termsRow(stage);
  const classes = h("div");
  const code = codePanel();

  function overlay(pen, pixel, theme) {
    const { ends, foot, tip, chosen } = stage.view;
    if (ends) strokeLine(pen, theme.ink, 3, ends.map(pixel));
    if (foot) strokeArrow(pen, pixel(foot), pixel(tip), theme);
    ring(pen, ...pixel(chosen), 11, theme.ink, 2.5);
  }

  stage.body.append(
    h("div", { class: "nn-controls" }, ...fields(stage, ["w1", "w2", "bias", "data"])),
    stage.panes(
      stage.panel("Plane", over(plane, slide, turn),
        h("div", { class: "nn-heading" }, classes, plane.readout),
        h("p", { class: "nn-note", text: "Drag the dot to slide the line, the ring to turn it (Tab and arrow keys too). A click chooses an example." })),
      stage.panel("One example",
        h("div", { class: "nn-bar" }, ...fields(stage, ["example"]), stage.button("reset", "Reset", { symbol: "reset", hint: "The first weights and bias" })),
        stage.scrolling("Its numbers", example, terms.node, code.node))),
    stage.narration);

  return (view) => {
    plane.show(view.plane);
    rebuild(classes, view.plane.classes, () => [kindsLegend("classes", view.plane.classes)]);
    write(example, view.example);
    code.show(view.source);
    terms.show(view.terms);
  };
}, { fit: true });

function strokeArrow(pen, [x0, y0], [x1, y1], theme) {
  const angle = Math.atan2(y1 - y0, x1 - x0);
  const [left, right] = [-0.5, 0.5].map((side) => [x1 - 18 * Math.cos(angle + side), y1 - 18 * Math.sin(angle + side)]);
  strokeLine(pen, theme.accent, 2.5, [[x0, y0], [x1, y1]]);
  strokeLine(pen, theme.accent, 2.5, [left, [x1, y1], right]);
}
