// Plots: the decision map over the plane, and the loss curve.
import { h, numbers, shade } from "./stage.js";

// A small picture of `values` (numbers from -127 to 127, rows from the bottom up) as a canvas to be drawn at any size. `count` pictures
// stand one below the other; `reuse` is a canvas of an earlier call that is written over.
export function mapImage(theme, values, columns, rows, depth, { count = 1, reuse } = {}) {
  const fits = reuse?.width === columns && reuse.height === rows * count;
  const canvas = fits ? reuse : new OffscreenCanvas(columns, rows * count);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const image = pen.createImageData(columns, rows * count);
  const pixels = new Uint32Array(image.data.buffer);
  const colours = palette(theme, depth);
  for (let top = 0; top < rows * count; top += rows) {
    for (let row = 0; row < rows; row += 1) {
      const [from, to] = [(top + row) * columns, (top + rows - 1 - row) * columns];
      for (let column = 0; column < columns; column += 1) pixels[to + column] = colours[(values[from + column] + 128.5) | 0];
    }
  }
  pen.putImageData(image, 0, 0);
  return canvas;
}

const palettes = new WeakMap(); // theme → depth → 256 colours as pixels

export function palette(theme, depth) {
  if (!palettes.has(theme)) palettes.set(theme, new Map());
  const known = palettes.get(theme);
  if (!known.has(depth)) {
    known.set(depth, Uint32Array.from({ length: 256 }, (_, index) => {
      const [red, green, blue] = shade(theme, index ? (index - 128) / 127 : NaN, depth); // the first is for NaN
      return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
    }));
  }
  return known.get(depth);
}

export function signed(value, digits = 3) {
  if (value === null || Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const text = size !== 0 && (size < 10 ** -digits || size >= 1e5) ? size.toExponential(1) : size.toFixed(size >= 100 ? 1 : digits);
  return (value < 0 ? "−" : "") + text;
}

// About four round numbers from `low` to `high`.
export function ticks(low, high) {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, k) => (first + k) * step);
}

export const tidied = (value) => String(Number(value.toPrecision(6))).replace("-", "−");

// view.plane: {map, extent: [low, high], points: [x₁ …, x₂ …, label …], names, kind, what, border}
// `over(pen, pixel, theme)` draws on top; `pixel` and `point` turn a point of the plane into pixels and back.
export function planePlot(stage, label, { over } = {}) {
  let plane = null, map, points, image, drawnTheme, layer;
  const frame = (width, height) => {
    const side = Math.min(width - 30, height - 24);
    return { left: 26 + (width - 30 - side) / 2, top: 4, side };
  };
  const canvas = stage.canvas({
    label,
    draw(pen, width, height, theme, place) {
      if (!plane) return;
      const { left, top, side } = frame(width, height);
      const [low, high] = plane.extent;
      const x = (value) => left + ((value - low) / (high - low)) * side;
      const y = (value) => top + side - ((value - low) / (high - low)) * side;
      const many = plane.map.type === "uint8";
      if (drawnTheme !== theme) image = many ? kindsImage(theme, map, ...plane.map.shape.toReversed()) : mapImage(theme, map, ...plane.map.shape.toReversed(), 0.62, { reuse: image });
      drawnTheme = theme;
      pen.save();
      pen.beginPath();
      pen.roundRect(left, top, side, side, 6);
      pen.clip();
      pen.drawImage(image, left, top, side, side);
      if (many) kindsBorder(pen, map, plane.map.shape[0], left, top, side, theme);
      else if (plane.border !== false) boundary(pen, map, plane.map.shape[0], left, top, side, theme);
      const ratio = pen.getTransform().a;
      const key = [side, ratio, low, high, plane.kind, plane.hollow].join();
      const isSame = layer?.key === key && layer.theme === theme && layer.points.length === points.length
        && layer.points.every((value, k) => value === points[k]);
      if (!isSame) { // the points seldom change: drawn once, then copied
        const ink = new OffscreenCanvas(Math.ceil(side * ratio), Math.ceil(side * ratio));
        const over = ink.getContext("2d", { willReadFrequently: true });
        over.setTransform(ratio, 0, 0, ratio, -left * ratio, -top * ratio);
        marks(over, points, plane, x, y, theme, (side < 220 ? 2.6 : 3.4) * (points.length > 90 ? 1 : 1.7));
        layer = { key, theme, ink, points };
      }
      pen.drawImage(layer.ink, left, top, layer.ink.width / ratio, layer.ink.height / ratio);
      over?.(pen, ([x1, x2]) => [x(x1), y(x2)], theme);
      pen.restore();
      pen.strokeStyle = theme.line;
      pen.lineWidth = 1;
      pen.beginPath();
      pen.roundRect(left, top, side, side, 6);
      pen.stroke();
      pen.font = `11px ${theme.font}`;
      pen.fillStyle = theme.soft;
      pen.textBaseline = "top";
      pen.textAlign = "center";
      const marked = ticks(low, high);
      for (const tick of marked) pen.fillText(tidied(tick), x(tick), top + side + 5);
      pen.textBaseline = "middle";
      pen.textAlign = "right";
      for (const tick of marked) pen.fillText(tidied(tick), left - 6, y(tick));
      pen.fillStyle = theme.ink;
      pen.strokeStyle = theme.paper;
      pen.lineWidth = 3;
      for (const [name, align, px, py] of [[plane.names[0], "right", left + side - 6, top + side - 9], [plane.names[1], "left", left + 6, top + 10]]) {
        pen.textAlign = align;
        pen.strokeText(name, px, py);
        pen.fillText(name, px, py);
      }
      if (place) {
        pen.strokeStyle = theme.ink;
        pen.beginPath();
        pen.moveTo(x(place[0]), top);
        pen.lineTo(x(place[0]), top + side);
        pen.moveTo(left, y(place[1]));
        pen.lineTo(left + side, y(place[1]));
        pen.globalAlpha = 0.5;
        pen.stroke();
        pen.globalAlpha = 1;
      }
    },
    cursor: {
      at(px, py, width, height) {
        if (!plane) return null;
        const { left, top, side } = frame(width, height);
        const [low, high] = plane.extent;
        const place = [low + ((px - left) / side) * (high - low), high - ((py - top) / side) * (high - low)];
        return place.every((value) => value >= low && value <= high) ? place : null;
      },
      move(place, dx, dy) {
        const [low, high] = plane.extent;
        const inside = (value) => Math.min(high, Math.max(low, value));
        return place ? [inside(place[0] + 0.05 * dx), inside(place[1] - 0.05 * dy)] : [0, 0];
      },
      tell([x1, x2]) {
        const [low, high] = plane.extent;
        const count = plane.map.shape[0];
        const cell = (value) => Math.min(count - 1, Math.floor(((value - low) / (high - low)) * count));
        const here = map[cell(x2) * count + cell(x1)];
        if (plane.map.type === "uint8") return `${plane.names[0]} ${signed(x1, 2)}, ${plane.names[1]} ${signed(x2, 2)}: class ${here >> 4}`;
        const value = here / 127;
        const output = plane.range[0] + ((value + 1) / 2) * (plane.range[1] - plane.range[0]);
        return `${plane.names[0]} ${signed(x1, 2)}, ${plane.names[1]} ${signed(x2, 2)}: ${plane.what} ${signed(output, 2)}`;
      },
    },
  });
  const box = () => frame(canvas.node.clientWidth, canvas.node.clientHeight);
  const span = () => plane.extent[1] - plane.extent[0];
  canvas.pixel = ([x1, x2]) => {
    const { left, top, side } = box();
    return [left + ((x1 - plane.extent[0]) / span()) * side, top + ((plane.extent[1] - x2) / span()) * side];
  };
  canvas.point = (px, py) => {
    const { left, top, side } = box();
    return [plane.extent[0] + ((px - left) / side) * span(), plane.extent[1] - ((py - top) / side) * span()];
  };
  canvas.show = (told) => {
    plane = told;
    drawnTheme = null;
    [map, points] = told ? [mapNumbers(told.map), numbers(told.points)] : [null, null];
  };
  return canvas;
}

// From -127 to 127: bytes as they are, other numbers (-1 … 1) cut off there.
function mapNumbers(packed) {
  const values = numbers(packed);
  return packed.type !== "float32" ? values.map((value) => value) : values.map((value) => 127 * Math.max(-1, Math.min(1, value)));
}

// The line where the map changes its sign (marching squares): what the network takes for the border.
function boundary(pen, map, count, left, top, side, theme) {
  const size = side / count;
  const at = (column, row) => map[row * count + column] || 1e-6;
  const px = (column) => left + (column + 0.5) * size;
  const py = (row) => top + side - (row + 0.5) * size;
  pen.beginPath();
  for (let row = 0; row + 1 < count; row += 1) {
    for (let column = 0; column + 1 < count; column += 1) {
      const [a, b, c, d] = [at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)];
      if ((a < 0) === (b < 0) && (b < 0) === (c < 0) && (c < 0) === (d < 0)) continue;
      const cuts = [];
      if ((a < 0) !== (b < 0)) cuts.push([px(column + a / (a - b)), py(row)]);
      if ((b < 0) !== (c < 0)) cuts.push([px(column + 1), py(row + b / (b - c))]);
      if ((c < 0) !== (d < 0)) cuts.push([px(column + d / (d - c)), py(row + 1)]);
      if ((d < 0) !== (a < 0)) cuts.push([px(column), py(row + a / (a - d))]);
      for (let k = 0; k + 1 < cuts.length; k += 2) {
        pen.moveTo(...cuts[k]);
        pen.lineTo(...cuts[k + 1]);
      }
    }
  }
  pen.strokeStyle = theme.ink;
  pen.globalAlpha = 0.75;
  pen.lineWidth = 1.6;
  pen.stroke();
  pen.globalAlpha = 1;
}

// Class 1: a disc. Class 0: a diamond. A number to predict: a disc in its colour. The last `hollow` are outlines.
function marks(pen, points, { kind, hollow = 0 }, x, y, theme, radius) {
  const count = points.length / 3;
  for (let k = 0; k < count; k += 1) {
    const [px, py, label] = [x(points[k]), y(points[count + k]), points[2 * count + k]];
    pen.beginPath();
    if (kind === "many") kindMark(pen, px, py, radius, label);
    else if (kind === "classes" && label < 0.5) {
      const arm = radius * 1.3;
      pen.moveTo(px, py - arm);
      pen.lineTo(px + arm, py);
      pen.lineTo(px, py + arm);
      pen.lineTo(px - arm, py);
      pen.closePath();
      pen.fillStyle = theme.negative;
    } else {
      pen.arc(px, py, radius, 0, 2 * Math.PI);
      pen.fillStyle = kind === "classes" ? theme.positive : `rgb(${shade(theme, label, 1).join(" ")})`;
    }
    const outline = k >= count - hollow;
    pen.lineWidth = outline ? 2 : 1.2;
    pen.strokeStyle = outline ? pen.fillStyle : theme.paper;
    if (outline) pen.fillStyle = theme.paper;
    pen.fill();
    pen.stroke();
  }
}

// Classes, of more than two: a colour and a shape each.
const KINDS = [["#0072b2", 0], ["#d55e00", 4], ["#009e73", 3], ["#cc79a7", 5], ["#e69f00", 0], ["#56b4e9", 4], ["#8c6d31", 3], ["#7a5195", 5], ["#6b7280", 0], ["#b3a100", 4]];
const hue = (kind) => KINDS[kind % KINDS.length][0];

// A disc, or a polygon with so many corners, of which one points up (of a square none).
function shape(pen, px, py, radius, corners) {
  pen.beginPath();
  if (!corners) return pen.arc(px, py, radius, 0, 2 * Math.PI);
  const sides = corners === 5 ? 4 : corners, turn = corners === 5 ? Math.PI / 4 : 0;
  for (let k = 0; k < sides; k += 1) {
    const angle = -Math.PI / 2 + turn + (2 * Math.PI * k) / sides;
    pen.lineTo(px + 1.3 * radius * Math.cos(angle), py + 1.3 * radius * Math.sin(angle));
  }
  return pen.closePath();
}

// The path of a class's mark, to be filled in its colour.
export function kindMark(pen, px, py, radius, kind) {
  shape(pen, px, py, radius, KINDS[kind % KINDS.length][1]);
  pen.fillStyle = hue(kind);
}

// The map of the class that wins, paler where it wins by little: bytes of 16 · class + how sure.
function kindsImage(theme, codes, columns, rows) {
  const canvas = new OffscreenCanvas(columns, rows);
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(columns, rows);
  codes.forEach((code, index) => {
    const [at, part] = [((rows - 1 - Math.floor(index / columns)) * columns + (index % columns)) * 4, 0.15 + (0.5 * (code % 16)) / 15];
    const ends = [1, 3, 5].map((from) => parseInt(hue(code >> 4).slice(from, from + 2), 16));
    theme.middleChannels.forEach((middle, k) => { image.data[at + k] = middle + (ends[k] - middle) * part; });
    image.data[at + 3] = 255;
  });
  pen.putImageData(image, 0, 0);
  return canvas;
}

// The lines between neighbours of other classes.
function kindsBorder(pen, codes, count, left, top, side, theme) {
  const size = side / count;
  pen.beginPath();
  codes.forEach((code, index) => {
    const [row, column] = [Math.floor(index / count), index % count];
    const [x, y] = [left + (column + 1) * size, top + side - (row + 1) * size];
    if (column + 1 < count && code >> 4 !== codes[index + 1] >> 4) { pen.moveTo(x, y); pen.lineTo(x, y + size); }
    if (row + 1 < count && code >> 4 !== codes[index + count] >> 4) { pen.moveTo(x - size, y); pen.lineTo(x, y); }
  });
  pen.strokeStyle = theme.ink;
  pen.globalAlpha = 0.6;
  pen.lineWidth = 1.2;
  pen.stroke();
  pen.globalAlpha = 1;
}

// What each class looks like, by their names.
export function kindsLegend(stage, names) {
  return h("p", { class: "nn-legend" }, ...names.map((name, kind) => {
    const mark = stage.mark ??= [];
    mark[kind] ??= (() => {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      svg.setAttribute("viewBox", "-6 -6 12 12");
      svg.setAttribute("width", "11");
      svg.setAttribute("aria-hidden", "true");
      path.setAttribute("d", { 0: "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0", 4: "M0-6L6 0L0 6L-6 0z", 3: "M0-6L5.5 4H-5.5z", 5: "M-4.5-4.5H4.5V4.5H-4.5z" }[KINDS[kind % KINDS.length][1]]);
      path.setAttribute("fill", hue(kind));
      svg.append(path);
      return svg;
    })();
    return h("span", {}, mark[kind], name);
  }));
}

export function legend(...entries) {
  return h("p", { class: "nn-legend" }, ...entries.map(([mark, text]) =>
    h("span", {}, h("span", { class: `nn-mark nn-mark-${mark}`, "aria-hidden": "true" }), text)));
}
