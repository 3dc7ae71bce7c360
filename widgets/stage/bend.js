// Bend: the curves of activations or of their slopes over z, with the tangent at one z; hatched where the first is flat.
import { LOOKS, linesPlot } from "./lines.js";
import { clipped, strokeLine, strokeTangent } from "./pen.js";

// told: {z, reach, flat: [[from, to]], ranges: [of f, of f′], curves: [{name, value, slope, at: [f, f′]}], others: [z …]}
// `kind` is "value" or "slope". `others` are marked on the axis: where this unit's z lies for the other examples.
export function bendPlot(stage, kind, label) {
  let told = null;
  const row = kind === "slope" ? 1 : 0;
  const plot = linesPlot(stage, label, {
    named: true,
    under(pen, x, y, theme, { top, up }) {
      for (const [from, to] of told.flat) hatch(pen, theme, x(from), x(to), top, up);
      pen.globalAlpha = 0.35;
      for (const z of told.others ?? []) strokeLine(pen, theme.ink, 1, [[x(z), top + up - 8], [x(z), top + up]]);
      pen.globalAlpha = 1;
    },
    over(pen, x, y, theme) {
      pen.globalAlpha = 0.8;
      if (!row) told.curves.forEach(({ at: [value, slope] }, look) => {
        if (value === null || slope === null) return;
        const way = [x(told.z + 1) - x(told.z), y(value + slope) - y(value)];
        strokeTangent(pen, theme[LOOKS[look][0]], 1.5, [x(told.z), y(value)], way, 70);
      });
      pen.globalAlpha = 1;
    },
  });
  const show = plot.show;
  plot.show = (next) => {
    told = next;
    show({ x: [-told.reach, told.reach], y: told.ranges[row], name: "z", at: told.z,
      curves: told.curves.map((curve, look) => ({ name: curve.name, look, values: curve[kind] })),
      dots: told.curves.flatMap(({ at }, look) => (at[row] === null ? [] : [[told.z, at[row], look]])) });
  };
  return plot;
}

function hatch(pen, theme, from, to, top, up) {
  clipped(pen, [from, top, to - from, up], () => {
    pen.globalAlpha = 0.5;
    for (let at = from - up; at < to; at += 9) strokeLine(pen, theme.line, 1, [[at, top + up], [at + up, top]]);
  });
}
