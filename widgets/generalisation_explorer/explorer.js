// GeneralisationExplorer: both losses over the epochs with the best one marked, the border, and the network with its masks.
import { h, mount, write } from "../stage/stage.js";
import { fields } from "../stage/fields.js";
import { legend, planePlot } from "../stage/plots.js";
import { linesPlot, strokeLine, swatch } from "../stage/lines.js";
import { networkDiagram } from "../stage/diagram.js";
import { codePanel } from "../stage/code.js";

export default mount((stage) => {
  let told = null;
  const losses = linesPlot(stage, "Training and validation loss after each epoch", { over: marks });
  const plane = planePlot(stage, "What the network answers over the plane, with the points");
  const diagram = networkDiagram(stage, "The network, with the units that dropout left out in the last update");
  const play = stage.playButton();
  const code = codePanel();
  const key = h("span", { class: "nn-legend" });
  const state = h("p", { class: "nn-state" });
  const masks = h("span", { class: "nn-legend" });

  // The best epoch and the end of the patience: a line each, with its name.
  function marks(pen, x, y, theme) {
    const { best, end, stopped, x: [, most], y: [, top] } = told.losses;
    pen.font = `600 12px ${theme.font}`;
    pen.textBaseline = "top";
    const name = (epoch, text, row, colour) => {
      const left = epoch > 0.6 * most;
      pen.textAlign = left ? "right" : "left";
      pen.fillStyle = theme.paper;
      const wide = pen.measureText(text).width;
      pen.fillRect(x(epoch) + (left ? -wide - 10 : 4), y(top) + 2 + 18 * row, wide + 6, 16);
      pen.fillStyle = colour;
      pen.fillText(text, x(epoch) + (left ? -7 : 7), y(top) + 4 + 18 * row);
    };
    if (end) {
      pen.setLineDash([]);
      strokeLine(pen, theme.ink, stopped ? 2.5 : 1.2, [[x(end), y(0)], [x(end), y(top)]]);
      name(end, stopped ? `stopped at ${end}` : `patience ends: ${end}`, 1, theme.ink);
    }
    if (best) name(best, `best: epoch ${best}`, 0, theme.alert);
  }

  stage.root.classList.add("nn-generalisation-explorer");
  stage.body.append(
    h("div", { class: "nn-controls" },
      ...fields(stage, ["dataset", "points", "noise", "seed", "hidden", "factor", "rate", "stopping", "patience"])),
    h("div", { class: "nn-bar" },
      h("div", { class: "nn-transport" }, play, stage.button("step", "One epoch", { symbol: "step", hint: "One epoch more" }),
        stage.button("reset", "To the beginning", { symbol: "reset", hint: "No epochs" })),
      h("div", { class: "nn-transport" }, ...fields(stage, ["epochs", "shown"]))),
    h("div", { class: "nn-pictures" },
      stage.panel("Losses", h("div", { class: "nn-heading" }, h("h3", { text: "Its own points, and others" }), key), losses.node, losses.readout),
      stage.panel("Plane", h("div", { class: "nn-heading" }, h("h3", { text: "What it answers where" }),
        legend(["disc", "class 1"], ["diamond", "class 0"])), plane.node, plane.readout)),
    h("div", { class: "nn-moment" }, state, stage.narration),
    stage.panel("Masked network", h("div", { class: "nn-heading" }, h("h3", { text: "The network" }), masks), diagram.node, diagram.readout),
    code.node);

  return (view, frame) => {
    told = view;
    play.show(frame.playing);
    stage.showStats(view.stats);
    losses.show(view.losses);
    plane.show(view.plane);
    diagram.show(view.diagram);
    code.show(view.source);
    write(state, view.state);
    write(masks, view.masks ? "crossed: left out for the first training point in the last update" : "no dropout: every unit takes part");
    const names = view.losses.curves.map(({ name }) => name).join("|");
    if (key.dataset.names !== names) {
      key.dataset.names = names;
      key.replaceChildren(...view.losses.curves.map(({ name, look }) => h("span", {}, swatch(look), name)));
    }
  };
});
