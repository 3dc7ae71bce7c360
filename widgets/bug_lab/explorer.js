// BugLab: the suspect's loss, a prediction, the five alarms, a name for the bug. One step is open at a time.
import { codePanel } from "../stage/code.js";
import { h, headed, write } from "../stage/elements.js";
import { fields } from "../stage/fields.js";
import { linesPlot, valuesTable } from "../stage/lines.js";
import { mount } from "../stage/stage.js";

export default mount("nn-bug-lab", (stage) => {
  const curve = linesPlot(stage, "The loss of the suspect, epoch by epoch");
  const alarms = valuesTable(["Alarm", "suspect", "right one", "compared with", "it …", "foreseen"]);
  const arrays = valuesTable(["The suspect's gradient of", "check", "beside the measured one"]);
  const wrong = codePanel(), right = codePanel();
  const lines = (title, code) => h("div", {}, h("h4", { text: title }), code.node);
  const [expected, verdict] = fields(stage, ["expected", "verdict"]);
  const step = (number, title, ...children) => {
    const heading = h("h3", { text: `${number}. ${title}` });
    return h("div", { class: "nn-lab-step", role: "group", "aria-label": title }, heading, ...children);
  };
  const predict = step(1, "Predict", expected, stage.button("sound", "Sound the alarms", { primary: true }));
  const reveal = stage.panel("What it was", h("h3", { text: "4. What it was" }), h("div", { class: "nn-lab-lines" }, lines("Wrong", wrong), lines("Right", right)));
  const listen = step(2, "Listen", alarms.node, stage.scrolling("The suspect's gradients", arrays.node));
  const choice = h("div", { class: "nn-lab-row" }, verdict, stage.button("judge", "That is it", { primary: true }));
  const name = step(3, "Name it", choice);
  const panes = stage.panes(
    stage.panel("Suspect", headed("The loss of the suspect"), curve.node, curve.readout, predict),
    stage.panel("Alarms", listen, name), reveal);
  let opened = 0;

  stage.body.append(
    h("div", { class: "nn-bar" }, ...fields(stage, ["case"]),
      h("div", { class: "nn-transport" }, stage.button("next", "Next case"), stage.button("again", "Begin this case again"))),
    panes, stage.narration);

  return (view) => {
    if (view.curve) curve.show(view.curve);
    alarms.show(view.alarms);
    arrays.show(view.arrays);
    wrong.show(view.source);
    right.show(view.mended);
    listen.hidden = view.stage === "predict";
    name.hidden = view.stage === "predict";
    choice.hidden = view.stage === "told";
    write(name.firstChild, view.stage === "told" ? `3. You said: ${view.said}` : "3. Name it");
    reveal.hidden = view.stage !== "told" || !view.source;
    for (const [part, open] of [[predict, "predict"], [name, "diagnose"]]) {
      part.classList.toggle("nn-lab-done", view.stage !== open);
      for (const input of part.querySelectorAll("input, select")) input.disabled = view.stage !== open;
    }
    write(predict.firstChild, view.stage === "predict" ? "1. Predict" : "1. You predicted");
    const next = view.stage === "predict" ? 0 : reveal.hidden ? 1 : 2; // where it is narrow, what is new comes to the front
    if (next !== opened) panes.open(opened = next);
  };
}, { fit: true });
