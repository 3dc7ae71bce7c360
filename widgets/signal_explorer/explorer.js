// SignalExplorer: the network with a histogram in every layer, forward and backward, and the sizes as two lines.
import { numbers } from "../stage/arrived.js";
import { codePanel } from "../stage/code.js";
import { h, headed, put, rebuild, svg, write } from "../stage/elements.js";
import { fields } from "../stage/fields.js";
import { linesPlot } from "../stage/lines.js";
import { mount } from "../stage/stage.js";

export default mount("nn-signal-explorer", (stage) => {
  const net = h("div", { class: "nn-layers", role: "group", "aria-label": "The network, layer by layer" });
  const sizes = linesPlot(stage, "The size of activations and gradients by layer, as a power of ten", { named: true });
  const code = codePanel();
  const codePane = stage.panel("Source lines", stage.scrolling("The source lines", code.node));
  let charts = [];

  // The network: a box for each layer, with what it gives above and the gradient that arrives below.
  const build = ([given, got]) => {
    const histogram = (kind) => {
      const node = svg({ viewBox: "0 0 25 1", preserveAspectRatio: "none", role: "img", "aria-hidden": "false", class: "nn-histogram", "data-kind": kind }, "path", {});
      return { node, size: h("strong"), reach: h("span"), matters: h("span", { class: "nn-matters" }) };
    };
    const [forward, backward] = [given.layers.map(() => histogram("given")), got.layers.map(() => histogram("got"))];
    charts = [...forward, ...backward];
    const parts = ({ node, reach, size }) => [node, reach, size];
    const end = (...lines) => h("div", { class: "nn-end" }, ...lines.map((text) => h("span", { text })));
    return [h("div", { class: "nn-row-of-layers" }, end("x →"),
      ...given.layers.map(({ at }, k) => h("figure", {}, h("figcaption", { text: String(at) }), forward[k].matters, ...parts(forward[k]), ...parts(backward[k]))),
      end("→ loss", "← error"))];
  };

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
    if (view.rows.length) rebuild(net, view.rows.map(({ layers }) => layers.length), () => build(view.rows));
    view.rows.flatMap(({ name, layers }) => layers.map((layer) => [name, layer])).forEach(([name, layer], k) => {
      const chart = charts[k];
      put(chart.node.firstChild, { d: bars(numbers(layer.counts)) });
      put(chart.node, { "aria-label": `${name}, layer ${layer.at}: size ${layer.size}, from −${layer.reach} to ${layer.reach}` });
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

// A bar for each count from 0 to 1; the smallest is seen too.
const bars = (counts) => [...counts].map((count, k) => `M${k + 0.05} 1v${-(count && Math.max(0.03, count))}h0.9V1z`).join("");
