// A recorded moment: the strip of all moments of its update, its source lines, and its equations with their matrices.
import { codePanel } from "./code.js";
import { h, rebuild, write } from "./elements.js";
import { lights } from "./lights.js";
import { matrixCard } from "./matrix.js";

export function showTrack(track, phases) {
  rebuild(track, phases.map((phase) => phase.moments.length), () => phases.map((phase) =>
    h("li", { "data-phase": phase.phase, style: `flex-grow: ${phase.moments.length}` }, h("span", { class: "nn-phase-name", text: phase.phase }),
      h("span", { class: "nn-dots" }, ...phase.moments.map(() => h("button", { type: "button", class: "nn-dot" }))))));
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

export function momentPanel(stage, diagram) {
  const code = codePanel();
  const formulas = h("div", { class: "nn-formulas" });
  const lit = h("output", { class: "nn-readout nn-lit-readout" });
  const node = stage.panel("Moment", h("div", { class: "nn-moment-body" }, code.node, lit, formulas));
  let cards = [];
  const trace = (name, cell) => stage.press("trace", [null, name, ...cell]);
  const link = lights(stage, node, diagram, lit, () => cards.flat());

  function show(moment) {
    node.dataset.phase = moment.phase;
    code.show(moment.source);
    const fixed = ({ text, terms }) => [text, terms.map((term) => term.text ?? "")];
    const made = rebuild(formulas, moment.equations.map(fixed), () => {
      cards = [];
      return moment.equations.map(build);
    });
    if (made) stage.tidy();
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
      h("p", { class: "nn-formula", role: "group", tabIndex: 0, "aria-label": `${equation.result}: arrow keys go from name to name` }, valueName(equation.result), equation.text.length ? " = " : "",
        ...equation.text.map(([kind, text]) => (kind === "value" ? valueName(text) : text))),
      h("p", { class: "nn-shapes" }),
      h("div", { class: "nn-terms" }, ...terms));
  }

  return { node, show, pointed: link.pointed };
}

const valueName = (text) => h("span", { class: "nn-name", "data-name": text.replace(/\.T$/, ""), tabIndex: -1, text });
