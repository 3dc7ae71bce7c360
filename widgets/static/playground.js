// Playground: data, network and training in one place. The pointer's places go to Python; what they mean is said there.
import { h, mount, write } from "./stage.js";
import { fields } from "./fields.js";
import { legend, planePlot, signed } from "./plots.js";
import { linesPlot, swatch } from "./lines.js";
import { MANY, networkDiagram } from "./diagram.js";

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
    network: stage.panel("Network", heading("Network", weak, legend(["plus", "positive"], ["minus", "negative"], ["bias", "bias + −"])), diagram.node, diagram.readout),
    plane: stage.panel("Decision map", heading("Decision map", classes, legend(["hollow", "hollow: test"])), plane.node, how, plane.readout),
    loss: stage.panel("Loss", heading("Loss", lines()), loss.node, loss.readout),
    accuracy: stage.panel("Score", h("div", { class: "nn-heading" }, scoreTitle), score.node, score.readout),
    health: stage.panel("Health", heading("Health"), h("div", { role: "status" }, health)),
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

const heading = (text, ...beside) => h("div", { class: "nn-heading" }, h("h3", { text }), ...beside);

function showHealth(list, findings) {
  const lines = findings.length ? findings : [["healthy", "No unit is dead or saturated, no gradient vanishes or explodes."]];
  while (list.children.length > lines.length) list.lastChild.remove();
  lines.forEach(([name, sentence], at) => {
    const line = list.children[at] ?? list.appendChild(h("li", {}, h("strong"), h("span")));
    line.className = findings.length ? "nn-ill" : "";
    write(line.firstChild, name);
    write(line.lastChild, ` ${sentence}`);
  });
}

// One weight or bias: chosen in the diagram or by its three numbers, changed by typing.
function parameterPanel(stage) {
  const menu = (label) => {
    const select = h("select", { class: "nn-select" });
    return { select, node: h("label", { class: "nn-field" }, h("span", { class: "nn-label", text: label }), select) };
  };
  const [layer, unit, input] = [menu("Layer"), menu("Unit"), menu("From input")];
  const value = h("input", { type: "number", step: "any", class: "nn-number" });
  const gradient = h("p", { class: "nn-note" });
  let told = null;
  const choose = () => stage.press("choose", [Number(layer.select.value), Number(unit.select.value), input.select.value === "bias" ? null : Number(input.select.value)]);
  for (const { select } of [layer, unit, input]) stage.on(select, "change", choose);
  stage.on(value, "change", () => stage.press("value", Number(value.value)));
  const options = (select, values, chosen) => {
    const key = values.join();
    if (select.dataset.key !== key) {
      select.dataset.key = key;
      select.replaceChildren(...values.map((one) => h("option", { value: one, text: one })));
    }
    select.value = String(chosen);
  };
  const node = stage.panel("Parameter", heading("One weight or bias"),
    h("div", { class: "nn-choose" }, layer.node, unit.node, input.node,
      h("label", { class: "nn-field" }, h("span", { class: "nn-label", text: "Its value" }), value)), gradient);
  return {
    node,
    value,
    show(chosen, locked) {
      told = chosen;
      const [rows, columns] = told.shapes[told.layer - 1];
      const upTo = (count) => Array.from({ length: count }, (_, k) => k);
      options(layer.select, told.shapes.map((_, k) => k + 1), told.layer);
      options(unit.select, upTo(rows), told.unit);
      options(input.select, [...upTo(columns), "bias"], told.input ?? "bias");
      if (document.activeElement !== value || stage.frame.playing) value.value = String(Number(told.value.toPrecision(6)));
      value.disabled = locked;
      const name = told.input === null ? `bias[${told.unit}]` : `weights[${told.unit}, ${told.input}]`;
      write(gradient, told.gradient === null ? `${name} of layer ${told.layer}. No gradient yet.`
        : `${name} of layer ${told.layer}. Its gradient in the last update: ${signed(told.gradient, 5)}.`);
    },
  };
}

// The forward pass of the point that is pointed at, a row for each layer.
function forwardPanel() {
  const says = h("p", { class: "nn-note" });
  const body = h("tbody");
  const node = h("div", { class: "nn-panel nn-forward", role: "group", "aria-label": "Forward pass" }, heading("Forward pass of one point"), says,
    h("table", { class: "nn-numbers" }, body));
  return {
    node,
    show(probe) {
      write(says, probe ? `Point (${probe.point.map((one) => signed(one, 2)).join(", ")}): ${probe.says}.`
        : "Point into the decision map, or move in it with the arrow keys.");
      const rows = probe?.layers ?? [];
      while (body.children.length > rows.length) body.lastChild.remove();
      rows.forEach(([name, values], at) => {
        const row = body.children[at] ?? body.appendChild(h("tr", {}, h("th", { scope: "row" }), h("td")));
        write(row.firstChild, at ? `${at} ${name}` : name);
        write(row.lastChild, values.map((one) => signed(one, 2)).join("  "));
      });
    },
  };
}

function textPanel(stage, name, label, placeholder, buttons) {
  const text = h("textarea", { class: "nn-text", rows: 6, placeholder, spellcheck: false });
  const file = h("input", { type: "file", accept: ".csv,.txt,.json,text/plain,text/csv,application/json" });
  stage.on(file, "change", async () => {
    if (!file.files[0]) return;
    text.value = await file.files[0].text();
    file.value = "";
  });
  const node = h("details", { class: `nn-panel nn-${name.toLowerCase().replaceAll(" ", "-")}`, "aria-label": name },
    h("summary", { text: name }),
    h("label", {}, h("span", { class: "nn-label", text: label }), text),
    h("div", { class: "nn-transport" }, ...buttons(text), h("label", { class: "nn-file" }, h("span", { class: "nn-label", text: "Open a file" }), file)));
  return { node, text };
}

const localButton = (stage, label, act) => {
  const button = h("button", { type: "button", class: "nn-button", text: label });
  stage.on(button, "click", act);
  return button;
};

function pointsPanel(stage) {
  return textPanel(stage, "Your own points", "One point a line: x₁, x₂, label (0 or 1 for classes)", "0.5, -0.2, 1\n-0.4, 0.3, 0", (text) => [
    localButton(stage, "Use these points", () => stage.press("paste", text.value)),
  ]).node;
}

function cardPanel(stage) {
  let number = 0;
  const made = textPanel(stage, "Run card", "The whole state as text: copy it, or paste one and load it", "", (text) => [
    stage.button("make_card", "Make the card", { hint: "Settings, points and network as one text" }),
    localButton(stage, "Copy", async () => {
      text.select();
      try {
        await navigator.clipboard.writeText(text.value);
      } catch {
        document.execCommand("copy"); // a page without the right to the clipboard
      }
    }),
    localButton(stage, "Load this card", () => stage.press("card", text.value)),
    localButton(stage, "Save as a file", () => {
      const address = URL.createObjectURL(new Blob([text.value], { type: "application/json" }));
      h("a", { href: address, download: "playground.json" }).click();
      URL.revokeObjectURL(address);
    }),
  ]);
  return {
    node: made.node,
    show(card) {
      if (!card || card.number === number) return;
      number = card.number;
      made.text.value = card.text;
    },
  };
}
