// DescentExplorer: the surface with the path on it, the loss along one parameter, the loss at each step, the last step.
import { h, mount, write } from "../stage/stage.js";
import { fields } from "../stage/fields.js";
import { handle, over } from "../stage/handle.js";
import { signed } from "../stage/plots.js";
import { linesPlot, strokeLine, valuesTable } from "../stage/lines.js";
import { surfacePlot } from "../stage/surface.js";
import { codePanel } from "../stage/code.js";

export default mount((stage) => {
  let told = null;
  const surface = surfacePlot(stage, "The loss over both parameters, with the path of the steps");
  const slice = linesPlot(stage, "The loss along one parameter, with its slope where the walk stands", { over: onSlice });
  const losses = linesPlot(stage, "The loss at each step");
  const start = handle(stage, {
    label: "The start", kind: "ring",
    drag({ x, y }) { stage.aim("start", surface.point(x, y)); },
    nudge(dx, dy) { stage.nudge("start by", [dx, -dy]); },
  });
  const lineStart = handle(stage, {
    label: "The start", kind: "ring",
    drag({ x }) { stage.aim("start", [slice.value(x), 0]); },
    nudge(dx) { if (dx) stage.nudge("start by", [dx, 0]); },
  });
  stage.on(surface.node, "click", (event) => stage.press("start", surface.point(event.offsetX, event.offsetY)));
  stage.on(slice.node, "click", (event) => { if (!told.surface) stage.press("start", [slice.value(event.offsetX), 0]); });
  const [redrawSurface, redrawSlice] = [surface.redraw, slice.redraw];
  surface.redraw = () => {
    redrawSurface();
    start.at(...(told?.surface ? surface.pixel(told.surface.start) : [NaN, NaN]));
  };
  slice.redraw = () => {
    redrawSlice();
    const at = told && !told.surface && told.slice.height !== null ? slice.pixel(told.slice.start, told.slice.height) : [NaN, NaN];
    lineStart.at(...at);
  };
  const play = stage.playButton();
  const table = valuesTable(["Parameter", "was", "slope there", "step", "is now"]);
  const code = codePanel();
  const title = h("h3");
  const state = h("p", { class: "nn-state" });
  const picture = stage.panel("Surface", h("div", { class: "nn-heading" }, h("h3", { text: "The loss over both parameters" }),
    h("span", { class: "nn-legend", text: "bluer is higher; click for a new start" })), over(surface, start), surface.readout);

  // The path on the curve, and the tangent: how steep it is where the walk stands.
  function onSlice(pen, x, y, theme) {
    if (!told) return;
    pen.setLineDash([]);
    pen.globalAlpha = 0.7;
    strokeLine(pen, theme.negative, 1.2, [...told.slice.path, ...told.slice.dots.slice(-1)].map(([at, value]) => [x(at), y(value)]));
    pen.globalAlpha = 1;
    if (!told.slice.tangent) return;
    const [at, value, slope] = told.slice.tangent;
    const [dx, dy] = [x(at + 1) - x(at), y(value + slope) - y(value)];
    const half = 60 / Math.hypot(dx, dy);
    strokeLine(pen, theme.ink, 2, [[x(at) - dx * half, y(value) - dy * half], [x(at) + dx * half, y(value) + dy * half]]);
  }

  stage.root.classList.add("nn-descent-explorer");
  stage.body.append(
    h("div", { class: "nn-controls" }, ...fields(stage, ["landscape", "rule", "learning_rate", "first", "second"])),
    h("div", { class: "nn-bar" },
      h("div", { class: "nn-transport" }, stage.button("back", "Back", { symbol: "back", hint: "One step less" }),
        stage.button("step", "Step", { symbol: "step", hint: "One step downhill" }), play,
        stage.button("reset", "To the start", { symbol: "reset", hint: "No steps" })),
      h("div", { class: "nn-transport" }, ...fields(stage, ["steps", "along"]))),
    h("div", { class: "nn-pictures" }, picture,
      stage.panel("Slice", h("div", { class: "nn-heading" }, title), over(slice, lineStart), slice.readout),
      stage.panel("Walk", h("div", { class: "nn-heading" }, h("h3", { text: "The loss at each step" })), losses.node, losses.readout)),
    h("div", { class: "nn-moment" }, h("div", { class: "nn-moment-head" }, h("h3", { text: "The last step" }), state),
      stage.narration, table.node, code.node));

  return (view, frame) => {
    told = view;
    play.show(frame.playing);
    stage.showStats(view.stats);
    const flat = !view.surface;
    stage.root.classList.toggle("nn-one-number", flat);
    picture.hidden = flat;
    for (const name of ["second", "along"]) stage.fields.get(name).node.hidden = flat;
    if (!flat) surface.show(view.surface);
    slice.show(view.slice);
    losses.show(view.losses);
    table.show(view.rows);
    code.show(view.source);
    write(title, flat ? `The loss over ${view.slice.name}; click for a new start` : `The loss along ${view.slice.name}`);
    write(state, view.state);
    const at = flat ? signed(view.slice.start, 2) : view.surface.start.map((value) => signed(value, 2)).join(", ");
    for (const one of [start, lineStart]) one.say(`The start ${at}. Arrow keys move it.`);
  };
});
