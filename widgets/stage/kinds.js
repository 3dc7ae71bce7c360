// Classes: a colour and a shape each, in the map, among the points and in words.
import { h, short, svg } from "./elements.js";
import { painted, pixel } from "./maps.js";
import { shape } from "./pen.js";
import { channels, shade } from "./theme.js";

// Of more than two: their colour, and how many corners their mark has.
const KINDS = [["#0072b2", 0], ["#d55e00", 4], ["#009e73", 3], ["#cc79a7", 5], ["#e69f00", 0], ["#56b4e9", 4], ["#8c6d31", 3], ["#7a5195", 5], ["#6b7280", 0], ["#b3a100", 4]];
const PATHS = { 0: "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0", 4: "M0-6L6 0L0 6L-6 0z", 3: "M0-6L5.5 4H-5.5z", 5: "M-4.5-4.5H4.5V4.5H-4.5z" };
const kindAt = (label) => KINDS[label % KINDS.length];

// The path of a point's mark, and the colour to fill it with: of two classes, 1 is a disc and 0 a diamond; a number to predict
// is a disc in its colour.
export function mark(pen, theme, kind, px, py, radius, label) {
  const [colour, corners] = kind === "many" ? kindAt(label) : kind === "numbers" ? [shade(theme, label), 0]
    : label < 0.5 ? [theme.negative, 4] : [theme.positive, 0];
  shape(pen, px, py, radius, corners);
  pen.fillStyle = colour;
}

// The map of the class that wins, paler where it wins by little: bytes of 16 · class + how sure.
export function kindsImage(theme, codes, columns, rows) {
  return painted(columns, rows, (pixels) => codes.forEach((code, index) => {
    const part = 0.15 + (0.5 * (code % 16)) / 15, end = channels(kindAt(code >> 4)[0]);
    const colour = theme.middleChannels.map((middle, k) => Math.round(middle + (end[k] - middle) * part));
    pixels[(rows - 1 - Math.floor(index / columns)) * columns + (index % columns)] = pixel(colour);
  }));
}

// The pieces of the lines between neighbours of other classes, in steps of the grid from its lower left corner.
export function kindsBorder(codes, count) {
  return [...codes.keys()].flatMap((index) => {
    const [row, column] = [Math.floor(index / count), index % count];
    const other = (next) => codes[index] >> 4 !== codes[next] >> 4;
    return [
      ...(column + 1 < count && other(index + 1) ? [[column + 1, row, column + 1, row + 1]] : []),
      ...(row + 1 < count && other(index + count) ? [[column, row + 1, column + 1, row + 1]] : []),
    ];
  });
}

// What each class looks like, by their names; of "numbers" to predict, from where to where the colours go. `kind` is the plane's.
export function kindsLegend(kind, names) {
  if (kind === "numbers") return h("p", { class: "nn-legend" }, h("span", {}, names[0], h("span", { class: "nn-mark nn-mark-numbers" }), names[1]));
  if (kind === "classes") return legend(["disc", names[1]], ["diamond", names[0]]);
  return h("p", { class: "nn-legend" }, ...names.map((name, label) => {
    const [fill, corners] = kindAt(label);
    return h("span", {}, svg({ viewBox: "-6 -6 12 12", width: 11, class: "nn-mark-kind" }, "path", { d: PATHS[corners], fill }), short(name));
  }));
}

export function legend(...entries) {
  return h("p", { class: "nn-legend" }, ...entries.map(([sign, text]) =>
    h("span", {}, h("span", { class: `nn-mark nn-mark-${sign}`, "aria-hidden": "true" }), short(text))));
}
