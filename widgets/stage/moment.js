// A recorded moment: the strip of all moments of its update, its source lines, and its equations with their matrices.
import { codePanel } from "./code.js";
import { h, rebuild, write } from "./elements.js";
import { lights } from "./lights.js";
import { termsRow } from "./matrix.js";

export function showTrack(track, phases) {
  rebuild(track, phases.map((phase) => phase.moments.length), () => phases.map((phase) =>
    h("li", { "data-phase": phase.phase, style: `flex-grow: ${phase.moments.length}; min-width: ${phase.phase.length}ch` }, h("span", { class: "nn-phase-name", text: phase.phase }),
      h("span", { class: "nn-dots" }, ...phase.moments.map(() => h("button", { type: "button", class: "nn-dot" }))))));
  const buttons = track.querySelectorAll("button");
  phases.flatMap((phase) => phase.moments).forEach((moment, index) => {
    const button = buttons[index];
    button.dataset.at = moment.at;
    button.title = moment.label;
    button.setAttribute("aria-label", moment.label);
  });
  standAt(track, phases.flatMap((phase) => phase.moments).findIndex((moment) => moment.here));
}

export const showEnd = (track) => standAt(track, track.querySelectorAll("button").length - 1);

function standAt(track, here) {
  track.querySelectorAll("button").forEach((button, index) => {
    if (index === here) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
  });
  for (const phase of track.children) phase.classList.toggle("nn-here", phase.querySelector("[aria-current]") !== null);
}

export function momentPanel(stage, diagram) {
  const code = codePanel();
  const formulas = h("div", { class: "nn-formulas" });
  const lit = h("output", { class: "nn-readout nn-lit-readout" });
  const node = stage.panel("Moment", h("div", { class: "nn-moment-body" }, code.node, lit, formulas));
  let rows = [];
  const trace = (name, cell) => stage.press("trace", [null, name, ...cell]);
  const link = lights(stage, node, diagram, lit, () => rows.flatMap((row) => row.cards()));
  const options = ({ name }) => ({ pointed: link.cell, choose: /(weights|bias)/.test(name) ? trace : null });

  function show(moment) {
    node.dataset.phase = moment.phase;
    code.show(moment.source);
    rebuild(formulas, moment.equations.map(({ result, text }) => [result, text]), () => {
      rows = moment.equations.map(() => termsRow(stage, options));
      return moment.equations.map((equation, at) => h("div", { class: "nn-equation" }, formula(equation), h("p", { class: "nn-shapes" }), rows[at].node));
    });
    moment.equations.forEach(({ shapes, terms }, at) => {
      write(formulas.children[at].children[1], shapes);
      rows[at].show(terms);
    });
    link.show(moment.places);
  }

  return { node, show, pointed: link.pointed };
}

const formula = ({ result, text }) => h("p", { class: "nn-formula", role: "group", tabIndex: 0, "aria-label": `${result}: arrow keys go from name to name` },
  valueName(result), text.length ? " = " : "", ...text.flatMap(([kind, piece]) => (kind === "value" ? [valueName(piece)] : broken(piece))));

const broken = (piece) => piece.split(/(?<=\()/).flatMap((part, at) => (at ? [h("wbr"), part] : [part])); // behind a bracket, and in no word

const valueName = (text) => h("span", { class: "nn-name", "data-name": text.replace(/\.T$/, ""), tabIndex: -1, text });
