// ActivationExplorer: the curves above, their slopes below, the tangent at z, and a table that says the same.
import { h, mount, write } from "../stage/stage.js";
import { fields } from "../stage/fields.js";
import { signed } from "../stage/plots.js";
import { swatch } from "../stage/lines.js";
import { bendPlot } from "../stage/bend.js";
import { handle, over } from "../stage/handle.js";

export default mount((stage) => {
  let told = null;
  const upper = bendPlot(stage, "value", "The activations f(z)");
  const lower = bendPlot(stage, "slope", "Their slopes f′(z)");
  const point = handle(stage, {
    label: "The point z",
    drag({ x }) { stage.aim("move", upper.zAt(x)); },
    nudge(dx) { if (dx) stage.nudge("move by", 0.1 * dx); },
  });
  const table = h("tbody");
  const notes = h("div", { class: "nn-warnings", role: "status" });

  stage.root.classList.add("nn-activation-explorer");
  stage.body.append(
    h("div", { class: "nn-controls" }, ...fields(stage, ["activations", "z"])),
    stage.panes(
      stage.panel("f(z)", h("div", { class: "nn-heading" }, h("h3", { text: "f(z)" }), h("span", { class: "nn-legend", text: "hatched: the first curve is saturated" })),
        over(upper, point), upper.readout),
      stage.panel("f′(z)", h("div", { class: "nn-heading" }, h("h3", { text: "f′(z), the slope" })), lower.node, lower.readout),
      stage.panel("In numbers", stage.scrolling("Values at this z",
        h("table", { class: "nn-values" }, h("thead", {}, h("tr", {},
          ...["Activation", "f(z)", "f′(z)", "At this z"].map((text) => h("th", { scope: "col", text })))), table)))),
    notes, stage.narration);
  const redraw = upper.redraw;
  upper.redraw = () => {
    redraw();
    const first = told?.curves[0]?.at[0];
    point.at(...(first === null || first === undefined ? [NaN, NaN] : upper.pixel(told.z, first)));
  };

  return (view) => {
    told = view;
    upper.show(view);
    lower.show(view);
    stage.showStats([["z", signed(view.z, 2)]]);
    point.say(`The point z = ${signed(view.z, 2)}. Left and right arrow keys move it.`);
    const key = view.curves.map(({ name }) => name).join("|");
    if (table.dataset.key !== key) {
      table.dataset.key = key;
      table.replaceChildren(...view.curves.map(({ name }, at) => h("tr", {}, h("th", { scope: "row" }, swatch(at), name), h("td"), h("td"), h("td"))));
    }
    view.curves.forEach(({ cells, kind }, at) => {
      table.children[at].dataset.kind = kind;
      cells.forEach((text, k) => write(table.children[at].children[k + 1], k === 2 ? `${{ broken: "✗", flat: "▬", steep: "◢" }[kind]} ${text}` : text));
    });
    table.parentNode.hidden = !view.curves.length;
    notes.hidden = !view.notes.length;
    notes.replaceChildren(...view.notes.map((text) => h("p", { text })));
  };
}, { fit: true });
