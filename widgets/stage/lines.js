// Lines over an axis: what every explorer needs that draws functions of one number.
import { numbers } from "./arrived.js";
import { axes, scales } from "./axes.js";
import { h, headedTable, rebuild, svg, write } from "./elements.js";
import { signed, within } from "./figures.js";
import { clipped, disc, strokeLine, words } from "./pen.js";

// The colours and dashes of curves, in their order: a curve is told from its neighbours without its colour.
export const LOOKS = [["positive", []], ["negative", [9, 5]], ["accent", [2, 4]], ["strange", [12, 4, 2, 4]], ["ink", [5, 3]],
  ["soft", []], ["positive", [2, 4]], ["negative", [2, 3]], ["accent", [12, 4, 2, 4]], ["ink", [2, 3]]];

// A short piece of the curve that has look number `at`, for tables and legends.
export function swatch(at) {
  const [colour, dashes] = LOOKS[at];
  const node = svg({ viewBox: "0 0 30 8", class: "nn-swatch" }, "line", { x1: 0, x2: 30, y1: 4, y2: 4, "stroke-width": 2.5, "stroke-dasharray": dashes.join(" ") });
  node.firstChild.style.stroke = `var(--nn-${colour})`;
  return node;
}

// A curve with gaps where its values are no finite numbers; a value between two gaps is a dot.
function strokeCurve(pen, theme, [colour, dashes], values, x, y) {
  pen.strokeStyle = theme[colour];
  pen.lineWidth = 2.5;
  pen.setLineDash(dashes);
  pen.beginPath();
  let drawing = false;
  values.forEach((value, k) => {
    const here = Number.isFinite(value);
    if (here) pen[drawing ? "lineTo" : "moveTo"](x(k), within(y(value), [-1e4, 1e4]));
    drawing = here;
  });
  pen.stroke();
  pen.setLineDash([]);
  values.forEach((value, k) => {
    if (Number.isFinite(value) && ![values[k - 1], values[k + 1]].some(Number.isFinite)) disc(pen, x(k), y(value), 3, theme[colour], theme.paper);
  });
}

// The name of each curve, as near to it as it lies upon no curve and upon no other name: its swatch tells whose it is.
// `y(value)` gives pixels, `back(px)` a value on the axis.
function nameCurves(pen, theme, { left, top, across, up }, curves, y, back) {
  pen.font = `11px ${theme.font}`;
  const placed = [];
  for (const curve of curves) {
    const wide = pen.measureText(curve.name).width + 26;
    let best = null;
    for (let part = 0.97; part > 0 && wide < across; part -= 0.06) {
      const at = left + part * (across - wide), end = at + wide;
      const [own, ...others] = [curve, ...curves.filter((one) => one !== curve)].map((one) => band(one, back(at), back(end), y));
      if (!own) continue;
      const taken = [...others.filter(Boolean), ...placed.filter((name) => name.at < end && name.end > at).map(({ here }) => [here - 4, here + 4])];
      for (let here = top + 8; here < top + up - 8; here += 3) {
        const away = distance(own, here), room = taken.reduce((least, one) => Math.min(least, distance(one, here)), 16);
        if (away < 9 || room < 9) continue;
        const worth = room + part - 2 * away;
        if (!best || worth > best.worth) best = { worth, at, end, here };
      }
    }
    if (!best) continue;
    placed.push(best);
    strokeLine(pen, theme[LOOKS[curve.look][0]], 2.5, [[best.at, best.here], [best.at + 18, best.here]], LOOKS[curve.look][1]);
    words(pen, theme, curve.name, best.at + 22, best.here, { align: "left", halo: 3 });
  }
}

// Between which pixels a curve runs from one value on the axis to another, if it does; and how far a place is from them.
function band({ values, places: [first, every] }, from, to, y) {
  const there = values.slice(Math.max(0, Math.floor((from - first) / every)), Math.max(0, Math.ceil((to - first) / every) + 1)).filter(Number.isFinite);
  return there.length ? [y(Math.max(...there)), y(Math.min(...there))] : null;
}
const distance = ([high, low], here) => Math.max(high - here, here - low);

// told: {x: [low, high], y: [low, high], name, at, curves: [{name, look, values (packed), places}], dots: [[x, y, look, big]], marks: [[x, text]], above: how far a curve goes on beyond the top}
// The values of a curve stand evenly over x, or at `places`: [first, from one to the next, last]; they may come in parts.
// With `named`, each curve has its name beside it. `name` is what the axis shows, `at` a value on it that is marked; `over(pen, x, y, theme)` draws on top,
// `under(pen, x, y, theme, area)` below all.
export function linesPlot(stage, label, { over, under, cursor = true, named = false } = {}) {
  let told = null, curves = [];
  const box = (width, height) => ({ left: 46, top: 8, across: width - 58, up: height - (height < 140 ? 30 : 46), low: height < 140 });
  const canvas = stage.canvas({
    label,
    draw(pen, width, height, theme, place) {
      if (!told) return;
      const area = box(width, height), { left, top, across, up } = area;
      const scale = scales(area, told.x, told.y), { x, y } = scale;
      const upright = (at) => [[x(at), top], [x(at), top + up]];
      axes(pen, theme, area, scale, told.x, told.y, told.name);
      clipped(pen, [left - 5, top - 4, across + 10, up + 8], () => { // a dot at the end is whole
        under?.(pen, x, y, theme, area);
        if (Number.isFinite(told.at)) strokeLine(pen, theme.soft, 1.2, upright(told.at), [3, 4]);
        for (const { look, values, places: [first, every, last] } of curves) {
          strokeCurve(pen, theme, LOOKS[look], values, (k) => x(Math.min(first + k * every, last)), y);
        }
        if (named) nameCurves(pen, theme, area, curves, y, (px) => scale.back(px, 0)[0]);
        for (const [at, text] of told.marks ?? []) nameUpright(pen, theme, x(at), text, area);
        over?.(pen, x, y, theme);
        for (const [at, value, look, small] of told.dots) disc(pen, x(at), y(value), small ? 3 : 4.5, theme[LOOKS[look][0]], theme.paper);
        if (place !== null) strokeLine(pen, theme.ink, 1, upright(place));
      });
      if (told.above) words(pen, theme, told.above, left + across, top - 2, { align: "right", base: "top", halo: 3 });
    },
    cursor: cursor ? {
      at(px, py, width, height) {
        const value = told ? scales(box(width, height), told.x, told.y).back(px, py)[0] : NaN;
        return value >= told?.x[0] && value <= told?.x[1] ? value : null;
      },
      move: (place, dx) => within((place ?? told.at) + (dx * (told.x[1] - told.x[0])) / 80, told.x),
      tell: (place) => `${told.name} ${signed(place, 2)}: ` + curves.map(({ name, values, places: [first, every, last] }) =>
        `${name} ${signed(place > last + every / 2 ? NaN : values[within(Math.round((place - first) / every), [0, values.length - 1])])}`).join(", "),
    } : undefined,
  });
  const here = () => scales(box(canvas.node.clientWidth, canvas.node.clientHeight), told.x, told.y);
  canvas.pixel = (value, height) => [here().x(value), here().y(within(height, told.y))];
  canvas.point = (px, py) => here().back(px, py);
  canvas.value = (px) => canvas.point(px, 0)[0];
  canvas.show = (next) => {
    told = next;
    curves = next.curves.map((curve) => {
      const values = Array.isArray(curve.values) ? curve.values.flatMap((part) => [...numbers(part)]) : numbers(curve.values);
      const [low, high] = told.x;
      return { ...curve, values, places: curve.places ?? [low, (high - low) / Math.max(1, values.length - 1), high] };
    });
  };
  return canvas;
}

// A line upright at `px` with its name, on the side where there is room.
function nameUpright(pen, theme, px, text, { left, top, across, up }) {
  const back = px > left + 0.6 * across;
  strokeLine(pen, theme.alert, 1.2, [[px, top], [px, top + up]]);
  const font = "600 11px";
  pen.font = `${font} ${theme.font}`;
  const wide = pen.measureText(text).width;
  pen.fillStyle = theme.paper; // a halo leaves the gaps between words open: a dash of a curve in one is read as a comma
  pen.fillRect(back ? px - 7 - wide : px + 3, top, wide + 4, 14);
  words(pen, theme, text, px + (back ? -5 : 5), top + 2, { font, colour: theme.alert, align: back ? "right" : "left", base: "top" });
}

// A table with a first column of names, each with its swatch: `show([{name, look, kind, cells: [text, …]}])`.
export function valuesTable(heads) {
  const body = h("tbody");
  const node = headedTable(heads, body);
  return {
    node,
    show(rows) {
      node.hidden = !rows.length;
      rebuild(body, rows.map(({ name }) => name), () => rows.map(({ name, look, cells }) => h("tr", {},
        h("th", { scope: "row" }, look === undefined ? null : swatch(look), name), ...cells.map(() => h("td")))));
      rows.forEach(({ cells, kind }, at) => {
        if (kind) body.children[at].dataset.kind = kind;
        cells.forEach((text, k) => write(body.children[at].children[k + 1], text));
      });
    },
  };
}
