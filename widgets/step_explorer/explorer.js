// StepExplorer: transport, timeline, diagram, decision map, loss curve, and the chosen moment.
import { h, mount, write } from "../stage/stage.js";
import { field, fields } from "../stage/fields.js";
import { curvePlot, legend, planePlot } from "../stage/plots.js";
import { networkDiagram } from "../stage/diagram.js";
import { momentPanel, showTrack } from "../stage/moment.js";
import { tracerPanel } from "../stage/tracer.js";
import { comparisonPanel } from "../stage/comparison.js";

export default mount((stage) => {
  stage.root.classList.add("nn-step-explorer");
  const play = stage.playButton();
  const transport = h("div", { class: "nn-transport", role: "group", "aria-label": "Steps" },
    play,
    stage.button("back", "Step back", { symbol: "back", hint: "To the moment before" }),
    stage.button("step", "Step", { symbol: "step", hint: "To the next moment" }),
    stage.button("update", "Whole update", { symbol: "update", hint: "To the end of this update, or of the next" }),
    stage.button("reset", "Reset", { symbol: "reset", hint: "A new network, the same seed" }),
    stage.button("pin", "Pin this moment", { hint: "Keep it, and see every other moment beside it" }));
  const track = h("ol", { class: "nn-track", "aria-label": "The moments of this update" });
  const scrubber = h("input", { type: "range", class: "nn-range", min: 0, step: 1 });
  const where = h("span", { class: "nn-where" });
  stage.on(scrubber, "input", () => stage.aim("go", Number(scrubber.value)));
  stage.on(track, "click", (event) => {
    const button = event.target.closest("button");
    if (button) stage.press("go", Number(button.dataset.at));
  });

  const diagram = networkDiagram(stage, "The network: units and weights", {
    pointed: (place) => moment.pointed(place),
    choose: ([block, unit, source]) => stage.press("trace", [block, source === null ? "bias" : "weights", unit, source]),
  });
  const plane = planePlot(stage, "Decision map");
  const curve = curvePlot(stage, "Loss curve");
  const classes = legend(["disc", "class 1"], ["diamond", "class 0"]);
  const planePanel = stage.panel("Decision map", heading("Decision map", classes), plane.node, plane.readout);
  const moment = momentPanel(stage, diagram);
  const tracer = tracerPanel(stage, diagram);
  const comparison = comparisonPanel(stage);

  stage.body.append(
    h("div", { class: "nn-controls" }, ...fields(stage, ["data", "noise", "hidden", "activation", "learning_rate", "seed"])),
    h("div", { class: "nn-pictures" },
      stage.panel("Network", heading("Network", legend(["plus", "positive"], ["minus", "negative"], ["bias", "bias + −"])),
        diagram.node, diagram.readout),
      planePanel,
      stage.panel("Loss", heading("Training loss"), curve.node, curve.readout)),
    h("div", { class: "nn-time" },
      h("div", { class: "nn-bar" }, transport, field(stage, "speed")),
      h("div", { class: "nn-scrub" }, h("label", {}, h("span", { class: "nn-hidden", text: "Moment of the recorded run" }), scrubber), where),
      track),
    tracer.node, comparison.node, moment.node);

  return (view, frame) => {
    play.show(frame.playing);
    stage.showStats(view.stats);
    scrubber.max = view.timeline.count - 1;
    if (!stage.pending.has("go")) scrubber.value = view.timeline.at;
    scrubber.style.setProperty("--nn-filled", `${(100 * view.timeline.at) / Math.max(1, view.timeline.count - 1)}%`);
    scrubber.setAttribute("aria-valuetext", view.timeline.label);
    write(where, view.timeline.label);
    showTrack(track, view.track);
    diagram.show(view.diagram);
    planePanel.hidden = !view.plane;
    classes.hidden = view.plane?.kind !== "classes";
    plane.show(view.plane);
    curve.show(view.curve);
    if (!view.moment) return; // while Play runs, not every frame has one
    moment.show(view.moment);
    tracer.show(view.tracer);
    comparison.show(view.comparison);
  };
});

const heading = (text, ...beside) => h("div", { class: "nn-heading" }, h("h3", { text }), ...beside);
