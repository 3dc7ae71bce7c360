// Bend: the curves of activations or of their slopes over z, with the tangent at one z; hatched where the first is flat.
import { numbers } from "./stage.js";
import { signed } from "./plots.js";
import { LOOKS, axes, nameCurves, strokeCurve, strokeLine } from "./lines.js";

// told: {z, reach, flat: [[from, to]], ranges: [of f, of f′], curves: [{name, value, slope, at: [f, f′]}], others: [z …]}
// `kind` is "value" or "slope". `others` are marked on the axis: where this unit's z lies for the other examples.
export function bendPlot(stage, kind, label) {
  let told = null, curves = [];
  const row = kind === "slope" ? 1 : 0;
  const box = (width, height) => ({ left: 40, top: 8, across: width - 52, up: height - 32 });
  const canvas = stage.canvas({
    label,
    draw(pen, width, height, theme, place) {
      if (!told) return;
      const { left, top, across, up } = box(width, height);
      const [low, high] = told.ranges[row];
      const x = (z) => left + (across * (z + told.reach)) / (2 * told.reach);
      const y = (value) => top + (up * (high - value)) / (high - low);
      axes(pen, theme, { left, top, across, up, x, y, xs: [-told.reach, told.reach], ys: [low, high] });
      pen.save();
      pen.beginPath();
      pen.rect(left, top, across, up);
      pen.clip();
      for (const [from, to] of told.flat) hatch(pen, theme, x(from), x(to), top, up);
      pen.globalAlpha = 0.35;
      for (const z of told.others ?? []) strokeLine(pen, theme.ink, 1, [[x(z), top + up - 8], [x(z), top + up]]);
      pen.globalAlpha = 1;
      pen.setLineDash([3, 4]);
      strokeLine(pen, theme.soft, 1.2, [[x(told.z), top], [x(told.z), top + up]]);
      curves.forEach((curve, at) => {
        pen.setLineDash(LOOKS[at][1]);
        strokeCurve(pen, theme[LOOKS[at][0]], curve[kind], (k) => x(told.reach * ((2 * k) / (curve[kind].length - 1) - 1)), y);
      });
      pen.setLineDash([]);
      nameCurves(pen, theme, { left, top, across, up }, curves.map((curve, at) => ({ name: told.curves[at].name, look: at, values: curve[kind] })), y);
      told.curves.forEach(({ at: [value, slope] }, at) => {
        const shown = row ? slope : value;
        if (shown === null) return;
        if (!row && slope !== null) tangent(pen, theme[LOOKS[at][0]], x, y, told.z, value, slope);
        pen.beginPath();
        pen.arc(x(told.z), y(shown), 4.5, 0, 2 * Math.PI);
        pen.fillStyle = theme[LOOKS[at][0]];
        pen.strokeStyle = theme.paper;
        pen.fill();
        pen.stroke();
      });
      if (place !== null) strokeLine(pen, theme.ink, 1, [[x(place), top], [x(place), top + up]]);
      pen.restore();
    },
    cursor: {
      at(px, py, width, height) {
        const { left, across } = box(width, height);
        const z = told ? ((px - left) / across) * 2 * told.reach - told.reach : NaN;
        return Math.abs(z) <= told?.reach ? z : null;
      },
      move: (place, dx) => Math.min(told.reach, Math.max(-told.reach, (place ?? told.z) + (dx * told.reach) / 40)),
      tell: (z) => `z ${signed(z, 2)}: ` + told.curves.map(({ name }, at) => {
        const values = curves[at][kind];
        return `${name} ${signed(values[Math.round(((z / told.reach + 1) / 2) * (values.length - 1))])}`;
      }).join(", "),
    },
  });
  canvas.pixel = (z, value) => {
    const { left, top, across, up } = box(canvas.node.clientWidth, canvas.node.clientHeight);
    const [low, high] = told.ranges[row];
    return [left + (across * (z + told.reach)) / (2 * told.reach), top + (up * (high - Math.min(high, Math.max(low, value)))) / (high - low)];
  };
  canvas.zAt = (px) => {
    const { left, across } = box(canvas.node.clientWidth, canvas.node.clientHeight);
    return ((px - left) / across) * 2 * told.reach - told.reach;
  };
  canvas.show = (view) => {
    told = view;
    curves = view.curves.map(({ value, slope }) => ({ value: numbers(value), slope: numbers(slope) }));
  };
  return canvas;
}

function tangent(pen, colour, x, y, z, value, slope) {
  const [dx, dy] = [x(z + 1) - x(z), y(value + slope) - y(value)];
  const half = 70 / Math.hypot(dx, dy);
  pen.globalAlpha = 0.8;
  strokeLine(pen, colour, 1.5, [[x(z) - dx * half, y(value) - dy * half], [x(z) + dx * half, y(value) + dy * half]]);
  pen.globalAlpha = 1;
}

function hatch(pen, theme, from, to, top, up) {
  pen.save();
  pen.beginPath();
  pen.rect(from, top, to - from, up);
  pen.clip();
  pen.globalAlpha = 0.5;
  for (let at = from - up; at < to; at += 9) strokeLine(pen, theme.line, 1, [[at, top + up], [at + up, top]]);
  pen.restore();
}
