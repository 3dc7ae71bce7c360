// Lines over an axis: what every explorer needs that draws functions of one number.
import { h, numbers } from "./stage.js";
import { signed, ticks, tidied } from "./plots.js";

// The colours and dashes of curves, in their order: a curve is told from its neighbours without its colour.
export const LOOKS = [["positive", []], ["negative", [9, 5]], ["accent", [2, 4]], ["strange", [12, 4, 2, 4]], ["ink", [5, 3]],
  ["soft", []], ["positive", [2, 4]], ["negative", [2, 3]], ["accent", [12, 4, 2, 4]], ["ink", [2, 3]]];

// A short piece of the curve that has look number `at`, for tables and legends.
export function swatch(at) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
  svg.setAttribute("viewBox", "0 0 30 8");
  svg.setAttribute("class", "nn-swatch");
  svg.setAttribute("aria-hidden", "true");
  for (const [name, value] of Object.entries({ x1: 0, x2: 30, y1: 4, y2: 4, "stroke-width": 2.5, "stroke-dasharray": LOOKS[at][1].join(" ") })) line.setAttribute(name, value);
  line.style.stroke = `var(--nn-${LOOKS[at][0]})`;
  svg.append(line);
  return svg;
}

export function strokeLine(pen, colour, width, points) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.stroke();
}

// A curve with gaps where its values are no finite numbers.
export function strokeCurve(pen, colour, values, x, y) {
  pen.strokeStyle = colour;
  pen.lineWidth = 2.5;
  pen.beginPath();
  let drawing = false;
  values.forEach((value, k) => {
    const here = Number.isFinite(value);
    if (here) pen[drawing ? "lineTo" : "moveTo"](x(k), Math.max(-1e4, Math.min(1e4, y(value))));
    drawing = here;
  });
  pen.stroke();
}

// Grid lines and numbers; `xs` and `ys` are the ranges, `x` and `y` turn values into pixels.
export function axes(pen, theme, { left, top, across, up, x, y, xs, ys }) {
  pen.font = `11px ${theme.font}`;
  pen.fillStyle = theme.soft;
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  let last = Infinity;
  for (const tick of ticks(...ys)) {
    strokeLine(pen, tick ? theme.faint : theme.line, 1, [[left, y(tick)], [left + across, y(tick)]]);
    if (last - y(tick) < 12) continue; // no number over another in a low picture
    pen.fillText(tidied(tick), left - 6, y(tick));
    last = y(tick);
  }
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const tick of ticks(...xs)) {
    strokeLine(pen, tick ? theme.faint : theme.line, 1, [[x(tick), top], [x(tick), top + up]]);
    pen.fillText(tidied(tick), x(tick), top + up + 6);
  }
}

// The name of each curve, written beside it where it is most alone. `y(value)` gives pixels.
export function nameCurves(pen, theme, { left, top, across, up }, curves, y) {
  pen.font = `11px ${theme.font}`;
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  const placed = [];
  for (const { name, look, values } of curves) {
    const wide = pen.measureText(name).width + 26;
    if (wide > across) continue;
    const height = (line, px) => y(line[Math.min(line.length - 1, Math.max(0, Math.round(((px - left) / across) * (line.length - 1))))]);
    let best = null;
    for (let part = 0.97; part > 0; part -= 0.08) for (const side of [-1, 1]) {
      const at = left + part * (across - wide);
      const span = Array.from({ length: 9 }, (_, k) => at + (k * wide) / 8);
      const own = span.map((px) => height(values, px));
      const here = side < 0 ? Math.min(...own) - 9 : Math.max(...own) + 9;
      if (!(here > top + 6 && here < top + up - 6)) continue;
      let room = 16 + part;
      for (const px of span) for (const one of curves) if (one.values !== values) room = Math.min(room, Math.abs(height(one.values, px) - here));
      for (const [x, end, level] of placed) if (x < at + wide && end > at) room = Math.min(room, Math.abs(level - here) - 6);
      if (!best || room > best.room) best = { room, at, here };
    }
    if (!best) continue;
    placed.push([best.at, best.at + wide, best.here]);
    pen.setLineDash(LOOKS[look][1]);
    strokeLine(pen, theme[LOOKS[look][0]], 2.5, [[best.at, best.here], [best.at + 18, best.here]]);
    pen.setLineDash([]);
    pen.strokeStyle = theme.paper;
    pen.lineWidth = 3;
    pen.strokeText(name, best.at + 22, best.here);
    pen.fillStyle = theme.ink;
    pen.fillText(name, best.at + 22, best.here);
  }
}

// told: {x: [low, high], y: [low, high], name, at, curves: [{name, look, values (packed), places}], dots: [[x, y, look, big]], marks: [[x, text]]}
// The values of a curve stand evenly over x, or at `places`: [first, from one to the next, last]; they may come in parts.
// With `named`, each curve has its name beside it. `name` is what the axis shows, `at` a value on it that is marked; `over(pen, x, y, theme)` draws on top.
export function linesPlot(stage, label, { over, cursor = true, named = false } = {}) {
  let told = null, curves = [];
  const box = (width, height) => ({ left: 46, top: 8, across: width - 58, up: height - (height < 140 ? 30 : 46) });
  const scales = ({ left, top, across, up }) => ({
    x: (value) => left + (across * (value - told.x[0])) / (told.x[1] - told.x[0]),
    y: (value) => top + (up * (told.y[1] - value)) / (told.y[1] - told.y[0]),
  });
  const canvas = stage.canvas({
    label,
    draw(pen, width, height, theme, place) {
      if (!told) return;
      const area = box(width, height);
      const { left, top, across, up } = area;
      const { x, y } = scales(area);
      axes(pen, theme, { ...area, x, y, xs: told.x, ys: told.y });
      pen.textAlign = "right";
      if (height >= 140) pen.fillText(told.name, left + across, top + up + 22);
      pen.save();
      pen.beginPath();
      pen.rect(left, top - 4, across, up + 8);
      pen.clip();
      pen.setLineDash([3, 4]);
      if (Number.isFinite(told.at)) strokeLine(pen, theme.soft, 1.2, [[x(told.at), top], [x(told.at), top + up]]);
      curves.forEach(({ look, values, places: [first, every, last] }) => {
        pen.setLineDash(LOOKS[look][1]);
        strokeCurve(pen, theme[LOOKS[look][0]], values, (k) => x(Math.min(first + k * every, last)), y);
      });
      pen.setLineDash([]);
      if (named) nameCurves(pen, theme, area, curves, y);
      for (const [at, text] of told.marks ?? []) mark(pen, theme, x(at), text, area);
      over?.(pen, x, y, theme);
      for (const [at, value, look, small] of told.dots) dot(pen, theme, x(at), y(value), theme[LOOKS[look][0]], small ? 3 : 4.5);
      if (place !== null) strokeLine(pen, theme.ink, 1, [[x(place), top], [x(place), top + up]]);
      pen.restore();
    },
    cursor: cursor ? {
      at(px, py, width, height) {
        const { left, across } = box(width, height);
        const value = told ? told.x[0] + ((px - left) / across) * (told.x[1] - told.x[0]) : NaN;
        return value >= told?.x[0] && value <= told?.x[1] ? value : null;
      },
      move: (place, dx) => Math.min(told.x[1], Math.max(told.x[0], (place ?? told.at) + (dx * (told.x[1] - told.x[0])) / 80)),
      tell: (place) => `${told.name} ${signed(place, 2)}: ` + curves.map(({ name, values, places: [first, every, last] }) =>
        `${name} ${signed(place > last + every / 2 ? NaN : values[Math.min(values.length - 1, Math.max(0, Math.round((place - first) / every)))])}`).join(", "),
    } : undefined,
  });
  const here = () => box(canvas.node.clientWidth, canvas.node.clientHeight);
  canvas.pixel = (value, height) => {
    const { x, y } = scales(here());
    return [x(value), y(Math.min(told.y[1], Math.max(told.y[0], height)))];
  };
  canvas.value = (px) => told.x[0] + ((px - here().left) / here().across) * (told.x[1] - told.x[0]);
  canvas.point = (px, py) => {
    const { top, up } = here();
    return [canvas.value(px), told.y[1] - ((py - top) / up) * (told.y[1] - told.y[0])];
  };
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
function mark(pen, theme, px, text, { left, top, across, up }) {
  const back = px > left + 0.6 * across;
  strokeLine(pen, theme.alert, 1.2, [[px, top], [px, top + up]]);
  pen.font = `600 11px ${theme.font}`;
  pen.textAlign = back ? "right" : "left";
  pen.textBaseline = "top";
  pen.lineWidth = 4;
  pen.strokeStyle = theme.paper;
  pen.strokeText(text, px + (back ? -5 : 5), top + 2);
  pen.fillStyle = theme.alert;
  pen.fillText(text, px + (back ? -5 : 5), top + 2);
}

function dot(pen, theme, x, y, colour, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fillStyle = colour;
  pen.strokeStyle = theme.paper;
  pen.lineWidth = 1.5;
  pen.fill();
  pen.stroke();
}

// A table with a first column of names, each with its swatch: `show([{name, look, cells: [text, …]}])`.
export function valuesTable(heads) {
  const body = h("tbody");
  const node = h("table", { class: "nn-numbers" },
    h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", { scope: "col", text })))), body);
  return {
    node,
    show(rows) {
      node.hidden = !rows.length;
      const key = rows.map(({ name }) => name).join("|");
      if (body.dataset.key !== key) {
        body.dataset.key = key;
        body.replaceChildren(...rows.map(({ name, look, cells }) => h("tr", {},
          h("th", { scope: "row" }, look === undefined ? null : swatch(look), name), ...cells.map(() => h("td")))));
      }
      rows.forEach(({ cells }, at) => cells.forEach((text, k) => {
        const cell = body.children[at].children[k + 1];
        if (cell.textContent !== text) cell.textContent = text;
      }));
    },
  };
}
