// DescentExplorer: the surface with the paths on it, the loss along one parameter, the loss at each step, the last step;
// of a race the heights of all, and who arrives when.
import { limit } from "../stage/axes.js";
import { codePanel } from "../stage/code.js";
import { h, headed, write } from "../stage/elements.js";
import { fields } from "../stage/fields.js";
import { signed } from "../stage/figures.js";
import { handle, over } from "../stage/handle.js";
import { linesPlot, valuesTable } from "../stage/lines.js";
import { strokeLine, strokeTangent } from "../stage/pen.js";
import { mount } from "../stage/stage.js";
import { surfacePlot } from "../stage/surface.js";

export default mount("nn-descent-explorer", (stage) => {
  const surface = surfacePlot(stage, "The loss over both parameters, with the path of the steps", { choose: (place) => stage.press("start", place) });
  const slice = linesPlot(stage, "The loss along one parameter, with its slope where the walk stands", { over: onSlice });
  const losses = linesPlot(stage, "The loss at each step", { named: true, over: goalLine });
  const start = handle(stage, {
    label: "The start", kind: "ring", on: surface,
    place: () => stage.view.surface && surface.pixel(stage.view.surface.start),
    drag({ x, y }) { stage.aim("start", surface.point(x, y)); },
    nudge(dx, dy) { stage.nudge("start by", [dx, -dy]); },
  });
  const lineStart = handle(stage, {
    label: "The start", kind: "ring", on: slice,
    place() {
      const { slice: told, surface: both } = stage.view;
      return told && !both && told.height !== null ? slice.pixel(told.start, told.height) : null;
    },
    drag({ x }) { stage.aim("start", [slice.value(x), 0]); },
    nudge(dx) { if (dx) stage.nudge("start by", [dx, 0]); },
  });
  stage.on(surface.node, "click", (event) => stage.press("start", surface.point(event.offsetX, event.offsetY)));
  stage.on(slice.node, "click", (event) => { if (stage.view.slice && !stage.view.surface) stage.press("start", [slice.value(event.offsetX), 0]); });
  const play = stage.playButton();
  const table = valuesTable(["Parameter", "was", "slope there", "step", "is now"]);
  const arrivals = valuesTable(["Racer", "learning rate", "loss now", "in 200 steps it"]);
  const racers = h("div", { class: "nn-race" }, ...fields(stage, ["racers"]));
  const walkTitle = h("h3"), lastTitle = h("h3", { text: "The last step" });
  const code = codePanel();
  const title = h("h3");
  const picture = stage.panel("Surface", headed("The loss over both parameters",
    h("span", { class: "nn-legend", text: "bluer is higher; click for a new start" })), over(surface, start), surface.readout);

  function goalLine(pen, x, y, theme) {
    const { goal, losses: told } = stage.view;
    if (goal !== null) limit(pen, theme, "the goal", [x(0), x(told.x[1])], y(goal), "over");
  }

  // The path on the curve, and the tangent: how steep it is where the walk stands.
  function onSlice(pen, x, y, theme) {
    const { slice: told } = stage.view;
    if (!told) return;
    pen.globalAlpha = 0.7;
    strokeLine(pen, theme.negative, 1.2, [...told.path, ...told.dots.slice(-1)].map(([at, value]) => [x(at), y(value)]));
    pen.globalAlpha = 1;
    if (!told.tangent) return;
    const [at, value, slope] = told.tangent;
    strokeTangent(pen, theme.ink, 2, [x(at), y(value)], [x(at + 1) - x(at), y(value + slope) - y(value)], 60);
  }

  const along = stage.panel("Slice", h("div", { class: "nn-heading" }, title), over(slice, lineStart), slice.readout);

  stage.body.append(
    h("div", { class: "nn-controls" }, ...fields(stage, ["landscape", "rule", "learning_rate", "first", "second"])),
    h("div", { class: "nn-bar" },
      h("div", { class: "nn-transport" }, stage.button("back", "Back", { symbol: "back", hint: "One step less" }),
        stage.button("step", "Step", { symbol: "step", hint: "One step downhill" }), play,
        stage.button("reset", "To the start", { symbol: "reset", hint: "No steps" })),
      h("div", { class: "nn-transport" }, ...fields(stage, ["rates", "steps", "along"]))),
    stage.panes(picture, along, stage.panel("Walk", h("div", { class: "nn-heading" }, walkTitle), losses.node, losses.readout),
      stage.panel("Steps and race", h("div", { class: "nn-heading" }, lastTitle),
        stage.scrolling("In numbers", table.node, arrivals.node, code.node, racers))),
    stage.narration);

  return (view, frame) => {
    play.show(frame.playing);
    const [flat, race] = [!view.surface, !view.slice];
    stage.root.classList.toggle("nn-one-number", flat);
    stage.root.classList.toggle("nn-racing", race);
    picture.hidden = flat;
    along.hidden = race;
    lastTitle.hidden = race; // the racers' label stands there
    const away = { second: flat, along: flat || race, rates: !race };
    for (const [name, hidden] of Object.entries(away)) stage.fields.get(name).node.hidden = hidden;
    ["first", "second"].forEach((name, k) => stage.fields.get(name).name(["Start", view.names[k]].filter(Boolean).join(", ")));
    stage.fields.get("along").name(view.names);
    if (!flat) surface.show(view.surface);
    losses.show(view.losses);
    table.show(race ? [] : view.rows);
    arrivals.show(race ? view.rows : []);
    code.show(view.source);
    write(walkTitle, race ? "Height above the lowest loss, as a power of ten" : "The loss at each step");
    if (race) {
      start.say("The start of all. Arrow keys move it.");
      return;
    }
    slice.show(view.slice);
    write(title, flat ? `The loss over ${view.slice.name}; click for a new start` : `The loss along ${view.slice.name}`);
    const at = flat ? signed(view.slice.start, 2) : view.surface.start.map((value) => signed(value, 2)).join(", ");
    for (const one of [start, lineStart]) one.say(`The start ${at}. Arrow keys move it.`);
  };
}, { fit: true });
