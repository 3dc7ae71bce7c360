// SignalExplorer: a histogram for every layer, forward and backward, and the sizes as two lines over the layers.
import { h, mount, numbers, write } from "../stage/stage.js";
import { fields } from "../stage/fields.js";
import { linesPlot, swatch } from "../stage/lines.js";
import { codePanel } from "../stage/code.js";

export default mount((stage) => {
  const rows = h("div", { class: "nn-signals" });
  const sizes = linesPlot(stage, "The size of activations and gradients by layer, as a power of ten");
  const code = codePanel();
  let shape = "", charts = [];

  const build = (told) => {
    charts = [];
    rows.replaceChildren(...told.map(({ name, kind, layers }) => {
      const list = h("div", { class: "nn-layers", style: `grid-template-columns: repeat(${layers.length}, minmax(0, 1fr))` });
      for (const { at } of layers) {
        const chart = { counts: null };
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
        chart.node = canvas.node;
        chart.size = h("strong");
        chart.reach = h("span");
        chart.matters = h("span", { class: "nn-matters" });
        charts.push(chart);
        list.append(h("figure", {}, h("figcaption", { text: `layer ${at}` }), canvas.node, chart.reach,
          h("span", {}, "size ", chart.size), chart.matters));
      }
      return h("div", { role: "group", "aria-label": name }, h("h3", { text: name }), list);
    }));
    stage.tidy();
  };

  stage.root.classList.add("nn-signal-explorer");
  stage.body.append(
    h("div", { class: "nn-controls" }, ...fields(stage, ["activation", "start_from", "depth", "units", "seed"])),
    rows,
    stage.panel("Sizes", h("div", { class: "nn-heading" }, h("h3", { text: "Their size (standard deviation), as a power of ten" }),
      h("p", { class: "nn-legend" }, h("span", {}, swatch(0), "activations"), h("span", {}, swatch(1), "gradients"))),
      sizes.node, sizes.readout),
    stage.narration, code.node);

  return (view) => {
    stage.showStats(view.stats);
    code.show(view.source);
    const key = view.rows.map(({ layers }) => layers.length).join();
    if (key !== shape) build(view.rows);
    shape = key;
    view.rows.flatMap(({ name, layers }) => layers.map((layer) => [name, layer])).forEach(([name, layer], k) => {
      const chart = charts[k];
      chart.counts = numbers(layer.counts);
      chart.node.setAttribute("aria-label", `${name}, layer ${layer.at}: size ${layer.size}, from −${layer.reach} to ${layer.reach}`);
      write(chart.size, layer.size);
      write(chart.reach, `±${layer.reach}`);
      write(chart.matters, layer.matters.join(", "));
    });
    if (view.sizes) sizes.show(view.sizes);
  };
});
