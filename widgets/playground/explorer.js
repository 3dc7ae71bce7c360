// Playground: data, network and training in one place. The pointer's places go to Python; what they mean is said there.
import { h, mount, write } from "../stage/stage.js";
import { fields } from "../stage/fields.js";
import { legend, planePlot } from "../stage/plots.js";
import { linesPlot, swatch } from "../stage/lines.js";
import { MANY, networkDiagram } from "../stage/diagram.js";
import { cardPanel, forwardPanel, headed, parameterPanel, pointsPanel, showHealth } from "./panels.js";

const APART = 9; // pixels between two points of one stroke

export default mount((stage) => {
  stage.root.classList.add("nn-playground");
  let told = null, last = null;
  const play = stage.playButton();
  const editor = parameterPanel(stage);
  const diagram = networkDiagram(stage, "The network: units as maps, weights as lines; click one to change it", {
    choose: (place) => { stage.press("choose", place); editor.value.focus(); },
  });
  const plane = planePlot(stage, "What the network answers over the plane, with the points", { over: probeMark });
  const loss = linesPlot(stage, "Training and test loss");
  const score = linesPlot(stage, "Training and test score");
  const classes = legend(["disc", "class 1"], ["diamond", "class 0"]);
  const weak = h("span", { class: "nn-legend", text: "weak ones not drawn" });
  const scoreTitle = h("h3");
  const health = h("ul", { class: "nn-health-list" });
  const forward = forwardPanel();
  const group = (name, ...names) => h("div", { class: "nn-group", role: "group", "aria-label": name },
    h("h3", { text: name }), h("div", { class: "nn-group-fields" }, ...fields(stage, names)));
  const lines = () => h("span", { class: "nn-legend" }, h("span", {}, swatch(0), "training"), h("span", {}, swatch(1), "test"));
  const card = cardPanel(stage);
  const how = h("p", { class: "nn-note", text: "Click or drag to draw; or move with the arrow keys, and press Enter." });
  const panels = {
    network: stage.panel("Network", headed("Network", weak, legend(["plus", "positive"], ["minus", "negative"], ["bias", "bias + −"])), diagram.node, diagram.readout),
    plane: stage.panel("Decision map", headed("Decision map", classes, legend(["hollow", "hollow: test"])), plane.node, how, plane.readout),
    loss: stage.panel("Loss", headed("Loss", lines()), loss.node, loss.readout),
    accuracy: stage.panel("Score", h("div", { class: "nn-heading" }, scoreTitle), score.node, score.readout),
    health: stage.panel("Health", headed("Health"), h("div", { role: "status" }, health)),
    forward: forward.node,
    parameters: editor.node,
    points: pointsPanel(stage),
    card: card.node,
  };

  function probeMark(pen, pixel, theme) {
    if (!told?.probe) return;
    const [x, y] = pixel(told.probe.point);
    pen.strokeStyle = theme.ink;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(x, y, 7, 0, 2 * Math.PI);
    pen.moveTo(x - 11, y);
    pen.lineTo(x + 11, y);
    pen.moveTo(x, y - 11);
    pen.lineTo(x, y + 11);
    pen.stroke();
  }

  // Looking: the place under the pointer is asked about. Drawing: it becomes a point.
  const look = () => { if (plane.place && told?.pointer === "look" && !told.locked.includes("probe")) stage.aim("probe", plane.place); };
  const draw = () => { if (plane.place) stage.press("draw", plane.place); };
  const drawing = () => told && told.pointer !== "look" && !told.locked.includes("draw");
  stage.on(plane.node, "pointermove", (event) => {
    if (!drawing()) return look();
    if (event.buttons !== 1 || !last || Math.hypot(event.offsetX - last[0], event.offsetY - last[1]) < APART) return;
    last = [event.offsetX, event.offsetY];
    draw();
  });
  stage.on(plane.node, "pointerdown", (event) => {
    if (event.button || !drawing()) return;
    last = [event.offsetX, event.offsetY];
    draw();
  });
  stage.on(plane.node, "keydown", (event) => {
    if (["Enter", " "].includes(event.key) && drawing()) { event.preventDefault(); draw(); }
    else if (event.key.startsWith("Arrow")) look();
  });

  stage.body.append(
    h("div", { class: "nn-groups" },
      group("Data", "data", "examples", "noise", "test", "seed", "features"),
      group("Network", "hidden", "activations", "initializer", "dropout"),
      group("Training", "loss", "optimizer", "learning_rate", "schedule", "batch", "l2", "l1")),
    h("div", { class: "nn-bar" },
      h("div", { class: "nn-transport" }, play,
        stage.button("step", "Step", { symbol: "step", hint: "One epoch, or one update: as the mode says" }),
        stage.button("reset", "Reset", { symbol: "reset", hint: "A new network, the same seed" }),
        stage.button("clear", "Clear the points", { hint: "An empty plane to draw on" })),
      h("div", { class: "nn-transport" }, ...fields(stage, ["mode", "edges", "pointer"]))),
    h("div", { class: "nn-pictures" }, panels.network, panels.plane,
      h("div", { class: "nn-curves" }, panels.loss, panels.accuracy)),
    h("div", { class: "nn-moment" }, stage.narration, panels.health),
    h("div", { class: "nn-under" }, panels.parameters, panels.forward),
    h("div", { class: "nn-texts" }, panels.points, panels.card));

  return (view, frame) => {
    told = view;
    play.show(frame.playing);
    stage.showStats(view.stats);
    for (const [name, panel] of Object.entries(panels)) panel.hidden = view.hidden.includes(name);
    panels.points.hidden ||= view.locked.includes("paste");
    how.hidden = view.pointer === "look";
    for (const [name, button] of stage.buttons) button.hidden = view.hidden.includes(name);
    view.diagram.columns.forEach((column, at) => {
      const values = view.probe?.layers[at]?.[1];
      column.numbers = values && column.shown.map((unit) => (unit === null ? NaN : values[unit]));
    });
    diagram.show(view.diagram);
    plane.show(view.plane);
    classes.hidden = !view.classes;
    weak.hidden = view.chosen.shapes.reduce((sum, [rows, columns]) => sum + rows * columns, 0) <= MANY;
    loss.show(view.curves.loss);
    score.show(view.curves.score);
    write(scoreTitle, view.classes ? "Right answers" : "R², explained spread");
    showHealth(health, view.health);
    forward.show(view.probe);
    editor.show(view.chosen, view.locked.includes("parameters"));
    card.show(view.card, view.locked);
  };
});
