// The plane as each layer of a network sees it: the grid and the points, bent. Python says where everything lies.
import { numbers } from "../stage/arrived.js";
import { put } from "../stage/elements.js";
import { mark } from "../stage/kinds.js";
import { strokeLine, words, wrapped } from "../stage/pen.js";

export function spacePlot(stage) {
  let told = null;
  const canvas = stage.canvas({
    label: "The plane as each layer sees it",
    draw(pen, width, height, theme) {
      if (!told) return;
      const wide = width / told.spaces.length;
      const lines = told.spaces.map(({ how }) => wrapped(pen, theme, how, wide - 8));
      const top = 20 + 12 * Math.max(...lines.map((one) => one.length));
      const side = Math.min(wide - 12, height - top - 2);
      told.spaces.forEach((space, at) => one(pen, theme, space, lines[at], at * wide + (wide - side) / 2, top, side));
    },
  });

  function one(pen, theme, space, lines, left, top, side) {
    const [points, grid] = [numbers(space.points), numbers(space.grid)];
    const [count, places] = [space.points.shape[1], space.grid.shape[1]];
    words(pen, theme, space.name, left + side / 2, 0, { font: "600 12px", base: "top" });
    lines.forEach((line, at) => words(pen, theme, line, left + side / 2, 15 + 12 * at, { colour: theme.soft, base: "top" }));
    const middle = [0, 1].map((axis) => grid.subarray(axis * places, (axis + 1) * places)).map((part) => [Math.min(...part), Math.max(...part)]);
    const span = Math.max(...middle.map(([low, high]) => high - low), 1e-9) * 1.06;
    const x = (value) => left + side / 2 + ((value - (middle[0][0] + middle[0][1]) / 2) / span) * side;
    const y = (value) => top + side / 2 - ((value - (middle[1][0] + middle[1][1]) / 2) / span) * side;
    for (let line = 0; line < places; line += space.on_line) {
      strokeLine(pen, theme.line, 1, Array.from({ length: space.on_line }, (_, k) => [x(grid[line + k]), y(grid[places + line + k])]));
    }
    const labels = numbers(told.labels);
    for (let k = 0; k < count; k += 1) {
      mark(pen, theme, told.kind, x(points[k]), y(points[count + k]), 2.5, labels[k]);
      pen.fill();
    }
  }

  canvas.show = (view) => {
    told = view;
    put(canvas.node, { "aria-label": `The plane as each layer sees it. ${told.spaces.map(({ name, how }) => `${name}: ${how}.`).join(" ")}` });
  };
  return canvas;
}
