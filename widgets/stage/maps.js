// Maps: a picture with a pixel for each value of a grid, and the lines of equal height on it.
import { numbers } from "./arrived.js";
import { shadeChannels } from "./theme.js";

const palettes = new WeakMap(); // theme → depth → 256 colours as pixels

// The colours of -127 … 127, from the place 1 on; the first is for what is no number.
export function palette(theme, depth) {
  if (!palettes.has(theme)) palettes.set(theme, new Map());
  const known = palettes.get(theme);
  if (!known.has(depth)) {
    known.set(depth, Uint32Array.from({ length: 256 }, (_, index) => pixel(shadeChannels(theme, index ? (index - 128) / 127 : NaN, depth))));
  }
  return known.get(depth);
}

export const pixel = ([red, green, blue]) => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

// A canvas of so many pixels, to be drawn at any size; `fill(pixels)` gives each its colour. `reuse` is a canvas of an
// earlier call that is written over.
export function painted(columns, rows, fill, reuse) {
  const canvas = reuse?.width === columns && reuse.height === rows ? reuse : new OffscreenCanvas(columns, rows);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const image = pen.createImageData(columns, rows);
  fill(new Uint32Array(image.data.buffer));
  pen.putImageData(image, 0, 0);
  return canvas;
}

// The picture of `values`, numbers from -127 to 127, rows from the bottom up. `count` pictures stand one below the other.
export function mapImage(theme, values, columns, rows, depth, { count = 1, reuse } = {}) {
  const colours = palette(theme, depth);
  return painted(columns, rows * count, (pixels) => {
    for (let top = 0; top < rows * count; top += rows) {
      for (let row = 0; row < rows; row += 1) {
        const [from, to] = [(top + row) * columns, (top + rows - 1 - row) * columns];
        for (let column = 0; column < columns; column += 1) pixels[to + column] = colours[(values[from + column] + 128.5) | 0];
      }
    }
  }, reuse);
}

// From -127 to 127: bytes as they are, other numbers (-1 … 1) cut off there.
export function mapNumbers(packed) {
  const values = numbers(packed);
  return packed.type !== "float32" ? values.map((value) => value) : values.map((value) => 127 * Math.max(-1, Math.min(1, value)));
}

// The pieces [x0, y0, x1, y1] of the line on which a grid has the value `level` (marching squares), in steps of the grid.
export function contour(grid, rows, columns, level) {
  const pieces = [];
  const part = (a, b) => (level - a) / (b - a);
  for (let row = 0; row + 1 < rows; row += 1) {
    for (let column = 0; column + 1 < columns; column += 1) {
      const k = row * columns + column;
      const [a, b, c, d] = [grid[k], grid[k + 1], grid[k + columns + 1], grid[k + columns]];
      const cuts = [];
      if (a < level !== b < level) cuts.push(column + part(a, b), row);
      if (b < level !== c < level) cuts.push(column + 1, row + part(b, c));
      if (c < level !== d < level) cuts.push(column + 1 - part(c, d), row + 1);
      if (d < level !== a < level) cuts.push(column, row + 1 - part(d, a));
      for (let at = 0; at + 3 < cuts.length; at += 4) pieces.push(cuts.slice(at, at + 4));
    }
  }
  return pieces;
}

// Draws such pieces; `x` and `y` turn steps of the grid into pixels.
export function strokePieces(pen, colour, width, alpha, pieces, x, y) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.globalAlpha = alpha;
  pen.beginPath();
  for (const [x0, y0, x1, y1] of pieces) {
    pen.moveTo(x(x0), y(y0));
    pen.lineTo(x(x1), y(y1));
  }
  pen.stroke();
  pen.globalAlpha = 1;
}
