// StepExplorer: transport, timeline, diagram, decision map, loss curve, and the chosen moment.
import { h, mount, write } from "./stage.js";
import { field, fields } from "./fields.js";
import { curvePlot, legend, planePlot } from "./plots.js";
import { networkDiagram } from "./diagram.js";
import { codePanel } from "./code.js";
import { matrixCard } from "./matrix.js";
import { lights } from "./lights.js";
import { tracerPanel } from "./tracer.js";
import { comparisonPanel } from "./comparison.js";

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

function showTrack(track, phases) {
  const key = phases.map((phase) => phase.moments.length).join();
  if (track.dataset.key !== key) {
    track.dataset.key = key;
    track.replaceChildren(...phases.map((phase) => h("li", { "data-phase": phase.phase, style: `flex-grow: ${phase.moments.length}` },
      h("span", { class: "nn-phase-name", text: phase.phase }),
      h("span", { class: "nn-dots" }, ...phase.moments.map(() => h("button", { type: "button", class: "nn-dot" }))))));
  }
  const buttons = track.querySelectorAll("button");
  phases.flatMap((phase) => phase.moments).forEach((moment, index) => {
    const button = buttons[index];
    button.dataset.at = moment.at;
    button.title = moment.label;
    button.setAttribute("aria-label", moment.label);
    if (moment.here) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
  });
  phases.forEach((phase, index) => track.children[index].classList.toggle("nn-here", phase.moments.some((m) => m.here)));
}

function momentPanel(stage, diagram) {
  const phase = h("span", { class: "nn-phase" });
  const heading = h("h3");
  const code = codePanel();
  const formulas = h("div", { class: "nn-formulas" });
  const lit = h("output", { class: "nn-readout nn-lit-readout" });
  const node = stage.panel("Moment", h("div", { class: "nn-moment-head" }, phase, heading), stage.narration,
    h("div", { class: "nn-moment-body" }, code.node, lit, formulas));
  let cards = [];
  const trace = (name, cell) => stage.press("trace", [null, name, ...cell]);
  const link = lights(stage, node, diagram, lit, () => cards.flat());

  function show(moment) {
    write(phase, moment.phase);
    write(heading, moment.heading);
    node.dataset.phase = moment.phase;
    code.show(moment.source);
    const key = JSON.stringify(moment.equations.map((equation) => equation.text));
    if (formulas.dataset.key !== key) {
      formulas.dataset.key = key;
      cards = [];
      formulas.replaceChildren(...moment.equations.map(build));
      stage.tidy();
    }
    moment.equations.forEach((equation, index) => {
      write(formulas.children[index].children[1], equation.shapes);
      equation.terms.filter((term) => term.kind === "matrix").forEach((term, at) => cards[index][at].show(term));
    });
    link.show(moment.places);
  }

  function build(equation) {
    const own = [];
    cards.push(own);
    const terms = [];
    equation.terms.forEach((term, index) => {
      if (term.kind === "matrix") own.push(matrixCard(stage, { pointed: link.cell, choose: /(weights|bias)/.test(term.name) ? trace : null }));
      const node = term.kind === "matrix" ? own.at(-1).node : h("span", { class: "nn-operator", text: term.text.trim() });
      const holds = term.kind === "matrix" && equation.terms[index - 1]?.kind === "text"; // an operator stays with its matrix
      if (holds) terms.push(h("span", { class: "nn-together" }, terms.pop(), node));
      else terms.push(node);
    });
    return h("div", { class: "nn-equation" },
      h("p", { class: "nn-formula", role: "group", tabIndex: 0, "aria-label": `${equation.result}: arrow keys go from name to name` }, name(equation.result), " = ",
        ...equation.text.map(([kind, text]) => (kind === "value" ? name(text) : text))),
      h("p", { class: "nn-shapes" }),
      h("div", { class: "nn-terms" }, ...terms));
  }

  return { node, show, pointed: link.pointed };
}

const name = (text) => h("span", { class: "nn-name", "data-name": text.replace(/\.T$/, ""), tabIndex: -1, text });
