// The panes of the Workbench as tabs: one is open, all have the same height, and only their insides scroll.
import { bendPlot } from "../stage/bend.js";
import { comparisonPanel } from "../stage/comparison.js";
import { h, put, rebuild, write } from "../stage/elements.js";
import { field } from "../stage/fields.js";
import { termsRow } from "../stage/matrix.js";
import { momentPanel } from "../stage/moment.js";
import { surfacePlot } from "../stage/surface.js";
import { tracerPanel } from "../stage/tracer.js";
import { checkPanel } from "./check.js";
import { cardPanel, forwardPanel, scriptPanel, showHealth } from "./panels.js";
import { spacePlot } from "./space.js";
import { tablePanel } from "./table.js";
import { twinsPanel } from "./twins.js";

export function workbenchPanes(stage, diagram, edit) {
  const told = stage.model.get("controls").find(({ name }) => name === "pane");
  const moment = momentPanel(stage, diagram);
  const none = h("p", { class: "nn-note", text: "Nothing is recorded yet. Press Step: the points are sent through the network, moment by moment." });
  const tracer = tracerPanel(stage, diagram);
  const untraced = h("p", { class: "nn-note" });
  const comparison = comparisonPanel(stage);
  const shown = { // these hear what is told of the open pane alone
    Weights: weightsPanel(stage, edit), Check: checkPanel(stage), Surface: surfacePanel(stage), Space: spacePlot(stage),
    Activation: bendPanel(stage), Compare: twinsPanel(stage), Table: tablePanel(stage),
  };
  const health = h("ul", { class: "nn-health-list" });
  const forward = forwardPanel();
  const [card, script] = [cardPanel(stage), scriptPanel(stage)];
  const inside = {
    Code: [none, moment.node], Chain: [untraced, tracer.node], Compare: [comparison.node, shown.Compare.node],
    Health: [health], Point: [forward.node], Share: [h("div", { class: "nn-texts" }, card.node, script.node)],
  };
  const tabs = new Map(), panels = new Map();
  const list = h("div", { class: "nn-tabs", role: "tablist", "aria-label": "Panes" });
  const holder = h("div", { class: "nn-pane-holder" });
  for (const name of told.options) {
    const ids = [`${stage.id}-${name}-tab`, `${stage.id}-${name}`];
    const tab = h("button", { type: "button", class: "nn-tab", role: "tab", id: ids[0], "aria-controls": ids[1], text: name });
    const panel = h("div", { class: "nn-pane", role: "tabpanel", id: ids[1], "aria-label": name, tabIndex: 0 }, ...(inside[name] ?? [shown[name].node]));
    stage.on(tab, "click", () => stage.set("pane", name));
    tabs.set(name, tab);
    panels.set(name, panel);
    list.append(tab);
    holder.append(panel);
  }
  stage.on(list, "keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const now = told.options.indexOf(stage.frame.values.pane);
    const next = told.options[(now + by + told.options.length) % told.options.length];
    tabs.get(next).focus({ preventScroll: true });
    stage.set("pane", next);
  });
  const numbersOf = field(stage, "numbers");
  let opened = null;

  return {
    node: h("div", { class: "nn-panes", "data-place": "panes" }, h("div", { class: "nn-tab-row" }, list, numbersOf), holder),
    pointed: (place) => moment.pointed(place),
    show(view) {
      for (const [name, tab] of tabs) {
        const isOpen = name === view.pane;
        const noTable = name === "Table" && (view.locked.includes("paste") || view.hidden.includes("points"));
        const isAway = noTable || view.hidden.includes(name === "Point" ? "forward" : name.toLowerCase());
        put(tab, { "aria-selected": isOpen, tabindex: isOpen ? 0 : -1, hidden: isAway });
        put(panels.get(name), { hidden: !isOpen });
        if (isOpen && opened !== name) list.scrollLeft = tab.offsetLeft - list.offsetLeft - 60; // in a narrow place
        if (isOpen) opened = name;
      }
      const recorded = view.track === null || view.track.length > 0;
      put(none, { hidden: recorded });
      put(moment.node, { hidden: !recorded });
      if (view.moment) moment.show(view.moment);
      if (view.pane === "Chain") {
        tracer.show(view.tracer);
        untraced.hidden = Boolean(view.tracer);
        write(untraced, `${recorded ? "" : "No gradient is recorded yet: press Step. "}Click a weight in the network: here stands its gradient as a chain of factors, from the loss down.`);
      } else diagram.trace([]);
      if (view.pane === "Compare") {
        comparison.show(view.comparison);
        shown.Compare.node.hidden = Boolean(view.comparison);
      }
      shown[view.pane]?.show(view.inside);
      showHealth(health, view.health, view.healthy);
      forward.show(view.probe);
      card.show(view.card);
      script.show(view.script);
      put(script.node, { hidden: view.hidden.includes("pytorch") });
      put(card.node, { hidden: view.hidden.includes("card") });
    },
  };
}

// All matrices; a cell that is clicked is edited where it is in the picture.
function weightsPanel(stage, edit) {
  const node = h("div", { class: "nn-all-weights" });
  let rows = [];
  const row = (number) => termsRow(stage, () => ({
    choose: (name, [unit, source]) => edit([number, unit, name === "bias" ? null : source], false),
  }));
  return {
    node,
    show(blocks) {
      rebuild(node, blocks.map((block) => block.name), () => {
        rows = blocks.map((_, at) => row(at + 1));
        return blocks.map((block, at) => h("div", {}, h("h3", { text: block.name }), rows[at].node));
      });
      blocks.forEach((block, at) => rows[at].show(block.cards));
    },
  };
}

const inWords = (...parts) => h("div", { role: "group", "aria-label": "In words", tabIndex: 0 }, ...parts); // it scrolls

function surfacePanel(stage) {
  const plot = surfacePlot(stage, "The loss round this network, and the path of its training");
  const said = h("p", { class: "nn-note" });
  const node = h("div", { class: "nn-beside nn-surface" }, plot.node, inWords(said, plot.readout));
  return {
    node,
    show(told) {
      write(said, told.said);
      plot.node.hidden = !told.plot;
      if (told.plot) plot.show(told.plot);
    },
  };
}

function bendPanel(stage) {
  const [value, slope] = [bendPlot(stage, "value", "The activation f(z) of this unit"), bendPlot(stage, "slope", "Its slope f′(z)")];
  const said = h("p", { class: "nn-note" });
  const node = h("div", { class: "nn-beside nn-bend" }, h("figure", {}, h("figcaption", { text: "f(z), hatched where it is saturated" }), value.node),
    h("figure", {}, h("figcaption", { text: "f′(z), the slope" }), slope.node), inWords(said, value.readout, slope.readout));
  return {
    node,
    show(told) {
      write(said, told.said);
      node.classList.toggle("nn-nothing", !told.curves);
      if (told.curves) for (const plot of [value, slope]) plot.show(told.curves);
    },
  };
}
