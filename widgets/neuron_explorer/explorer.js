// NeuronExplorer: the plane with a line that can be slid and turned, and one example's computation.
import { h, mount, write } from "../stage/stage.js";
import { fields } from "../stage/fields.js";
import { legend, planePlot } from "../stage/plots.js";
import { matrixCard } from "../stage/matrix.js";
import { codePanel } from "../stage/code.js";
import { handle, over } from "../stage/handle.js";

export default mount((stage) => {
  let told = null;
  const plane = planePlot(stage, "The plane of the two features, with the neuron's line", { over: overlay });
  const slide = handle(stage, {
    label: "Slide the line", kind: "round",
    drag({ x, y }) { stage.aim("slide", plane.point(x, y)); },
    nudge(dx, dy) { stage.press("slide by", [dx, -dy]); },
  });
  const turn = handle(stage, {
    label: "Turn the line round its dot: the tip of the weights", kind: "ring",
    drag({ x, y }) { stage.aim("turn", plane.point(x, y)); },
    nudge(dx, dy) { stage.press("turn by", [dx, -dy]); },
  });
  stage.on(plane.node, "click", (event) => stage.press("choose", plane.point(event.offsetX, event.offsetY)));
  const example = h("p", { class: "nn-example" });
  const terms = h("div", { class: "nn-terms" });
  const code = codePanel();
  let cards = [];

  function overlay(pen, pixel, theme) {
    if (!told) return;
    if (told.ends) {
      const [from, to] = told.ends.map(pixel);
      pen.lineWidth = 3;
      pen.strokeStyle = theme.ink;
      pen.beginPath();
      pen.moveTo(...from);
      pen.lineTo(...to);
      pen.stroke();
    }
    if (told.foot) arrow(pen, pixel(told.foot), pixel(told.tip), theme);
    const [x, y] = pixel(told.chosen);
    pen.lineWidth = 2.5;
    pen.strokeStyle = theme.ink;
    pen.beginPath();
    pen.arc(x, y, 11, 0, 2 * Math.PI);
    pen.stroke();
  }

  // The handles stand where the line was drawn; a line outside the picture leaves its handles at the edge.
  const redraw = plane.redraw;
  plane.redraw = () => {
    redraw();
    if (!told) return;
    const middle = [0, 1].map(() => (told.plane.extent[0] + told.plane.extent[1]) / 2);
    slide.at(...(told.foot ? plane.pixel(told.foot) : [NaN, NaN]));
    turn.at(...plane.pixel(told.tip ?? middle));
  };

  stage.root.classList.add("nn-neuron-explorer");
  stage.body.append(
    h("div", { class: "nn-controls" }, ...fields(stage, ["w1", "w2", "bias", "data"])),
    stage.panes(
      stage.panel("Plane", over(plane, slide, turn),
        h("div", { class: "nn-heading" }, legend(["disc", "class 1"], ["diamond", "class 0"]), plane.readout),
        h("p", { class: "nn-note", text: "Drag the dot to slide the line, the ring to turn it (Tab and arrow keys too). A click chooses an example." })),
      stage.panel("One example",
        h("div", { class: "nn-bar" }, ...fields(stage, ["example"]), stage.button("reset", "Reset", { symbol: "reset", hint: "The first weights and bias" })),
        stage.scrolling("Its numbers", example, terms, code.node))),
    stage.narration);

  return (view) => {
    told = view;
    stage.showStats(view.stats);
    plane.show(view.plane);
    write(example, view.example);
    code.show(view.source);
    if (!cards.length) {
      cards = view.terms.map((term) => (term.kind === "text" ? null : matrixCard(stage)));
      terms.replaceChildren(...view.terms.map((term, at) => cards[at]?.node ?? h("span", { class: "nn-operator", text: term.text })));
    }
    view.terms.forEach((term, at) => cards[at]?.show(term));
  };
}, { fit: true });

function arrow(pen, [x0, y0], [x1, y1], theme) {
  const angle = Math.atan2(y1 - y0, x1 - x0);
  pen.strokeStyle = theme.accent;
  pen.lineWidth = 2.5;
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
  for (const side of [-0.5, 0.5]) {
    pen.moveTo(x1, y1);
    pen.lineTo(x1 - 18 * Math.cos(angle + side), y1 - 18 * Math.sin(angle + side));
  }
  pen.stroke();
}
