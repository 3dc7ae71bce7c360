// SignalExplorer: the network with a histogram in every layer, forward and backward, and the sizes as two lines.
import { numbers } from "../stage/arrived.js";
import { codePanel } from "../stage/code.js";
import { h, headed, rebuild, write } from "../stage/elements.js";
import { fields } from "../stage/fields.js";
import { linesPlot } from "../stage/lines.js";
import { mount } from "../stage/stage.js";

export default mount("nn-signal-explorer", (stage) => {
  const net = h("div", { class: "nn-layers", role: "group", "aria-label": "The network, layer by layer" });
  const sizes = linesPlot(stage, "The size of activations and gradients by layer, as a power of ten", { named: true });
  const code = codePanel();
  const codePane = stage.panel("Source lines", stage.scrolling("The source lines", code.node));
  let charts = [];
  const wires = stage.canvas({ label: "", "aria-hidden": "true", draw: drawWires });

  // The network: a box for each layer, with what it gives above and the gradient that arrives below; edges between.
  const build = ([given, got]) => {
    charts = [];
    const histogram = (kind) => {
      const chart = { counts: null, kind };
      const canvas = stage.canvas({
        label: "",
        draw(pen, width, height, theme) {
          if (!chart.counts) return;
          const wide = width / chart.counts.length;
          pen.fillStyle = kind === "given" ? theme.positive : theme.negative;
          chart.counts.forEach((count, k) => {
            const tall = Math.max(count > 0 ? 1 : 0, count * (height - 4));
            pen.fillRect(k * wide + 0.4, height - tall, Math.max(0.6, wide - 0.8), tall);
          });
          pen.fillStyle = theme.soft;
          pen.fillRect(width / 2 - 0.5, height - 3, 1, 3);
        },
      });
      Object.assign(chart, { node: canvas.node, size: h("strong"), reach: h("span"), matters: h("span", { class: "nn-matters" }) });
      chart.parts = [...(kind === "given" ? [chart.matters] : []), canvas.node, chart.reach, chart.size];
      charts.push(chart);
      return chart;
    };
    const forward = given.layers.map(() => histogram("given"));
    const backward = got.layers.map(() => histogram("got"));
    const end = (...lines) => h("div", { class: "nn-end" }, ...lines.map((text) => h("span", { text })));
    return [h("div", { class: "nn-row-of-layers" }, wires.node, end("x →"),
      ...given.layers.map(({ at }, k) => h("figure", {}, h("figcaption", { text: String(at) }), ...forward[k].parts, ...backward[k].parts)),
      end("→ loss", "← error"))];
  };

  // Edges from layer to layer, in the middle of the boxes.
  function drawWires(pen, width, height, theme) {
    const all = wires.node.getBoundingClientRect();
    const boxes = [...wires.node.parentElement.children].slice(1).map((node) => node.getBoundingClientRect());
    pen.strokeStyle = theme.line;
    pen.lineWidth = 1;
    pen.beginPath();
    for (let k = 1; k < boxes.length; k += 1) {
      const [x0, x1] = [boxes[k - 1].right - all.left, boxes[k].left - all.left];
      for (const from of [0.2, 0.4, 0.6, 0.8]) for (const to of [0.2, 0.4, 0.6, 0.8]) {
        pen.moveTo(x0, height * from);
        pen.lineTo(x1, height * to);
      }
    }
    pen.stroke();
    if (net.scrollWidth > net.clientWidth + 1) net.tabIndex = 0; // the arrow keys scroll it
    else net.removeAttribute("tabindex");
  }

  stage.body.append(
    h("div", { class: "nn-controls" }, ...fields(stage, ["activation", "start_from", "depth", "units", "seed"])),
    stage.panes(
      stage.panel("Network", headed("Upper row: what each layer gives →",
        h("span", { class: "nn-legend", text: "lower row: the gradient that arrives there ←; ± how far it reaches, in bold its size" })), net),
      stage.panel("Sizes", headed("Their size (standard deviation), as a power of ten"),
        sizes.node, sizes.readout), codePane),
    stage.narration);

  return (view) => {
    code.show(view.source);
    stage.root.classList.toggle("nn-with-code", Boolean(view.source));
    const made = view.rows.length && rebuild(net, view.rows.map(({ layers }) => layers.length), () => build(view.rows));
    if (made) stage.tidy();
    view.rows.flatMap(({ name, layers }) => layers.map((layer) => [name, layer])).forEach(([name, layer], k) => {
      const chart = charts[k];
      chart.counts = numbers(layer.counts);
      chart.node.setAttribute("aria-label", `${name}, layer ${layer.at}: size ${layer.size}, from −${layer.reach} to ${layer.reach}`);
      write(chart.size, layer.size);
      write(chart.reach, `±${layer.reach}`);
      write(chart.matters, Object.keys(layer.matters).join("\n"));
      chart.matters.title = Object.values(layer.matters).join(", ");
    });
    const most = Math.max(0, ...view.rows.flatMap(({ layers }) => layers.map(({ matters }) => Object.keys(matters).length)));
    net.style.setProperty("--nn-matters", most); // in all boxes alike, so that what is drawn below stays in one line
    if (view.sizes) sizes.show(view.sizes);
  };
}, { fit: true });
