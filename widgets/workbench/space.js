// The plane as each block of a network sees it: the grid and the points, bent. Python says where everything lies.
import { numbers } from "../stage/stage.js";
import { kindMark } from "../stage/plots.js";

export function spacePlot(stage) {
  let told = null;
  const canvas = stage.canvas({
    label: "The plane as each block sees it",
    draw(pen, width, height, theme) {
      if (!told) return;
      const wide = width / told.spaces.length, side = Math.min(wide - 12, height - 34);
      told.spaces.forEach((space, at) => one(pen, theme, space, at * wide + (wide - side) / 2, 32, side));
    },
  });

  function one(pen, theme, space, left, top, side) {
    const [points, grid] = [numbers(space.points), numbers(space.grid)];
    const [count, places] = [space.points.shape[1], space.grid.shape[1]];
    pen.fillStyle = theme.ink;
    pen.textAlign = "center";
    pen.textBaseline = "top";
    pen.font = `600 12px ${theme.font}`;
    pen.fillText(space.name, left + side / 2, 0);
    pen.font = `11px ${theme.font}`;
    pen.fillStyle = theme.soft;
    pen.fillText(space.how, left + side / 2, 15, side + 10);
    const middle = [0, 1].map((axis) => ends(grid, axis * places, places));
    const span = Math.max(...middle.map(([low, high]) => high - low), 1e-9) * 1.06;
    const x = (value) => left + side / 2 + ((value - (middle[0][0] + middle[0][1]) / 2) / span) * side;
    const y = (value) => top + side / 2 - ((value - (middle[1][0] + middle[1][1]) / 2) / span) * side;
    pen.strokeStyle = theme.line;
    pen.lineWidth = 1;
    for (let line = 0; line < places; line += space.on_line) {
      pen.beginPath();
      for (let k = line; k < line + space.on_line; k += 1) pen.lineTo(x(grid[k]), y(grid[places + k]));
      pen.stroke();
    }
    const labels = numbers(told.labels);
    for (let k = 0; k < count; k += 1) {
      const [px, py, isOne] = [x(points[k]), y(points[count + k]), labels[k] >= 0.5];
      if (told.classes > 2) {
        kindMark(pen, px, py, 2.4, labels[k]);
        pen.fill();
        continue;
      }
      pen.fillStyle = isOne ? theme.positive : theme.negative;
      pen.beginPath();
      if (isOne) pen.arc(px, py, 2.6, 0, 2 * Math.PI);
      else pen.rect(px - 2.3, py - 2.3, 4.6, 4.6);
      pen.fill();
    }
  }

  canvas.show = (view) => { told = view; };
  return canvas;
}

function ends(values, from, count) {
  let low = Infinity, high = -Infinity;
  for (let k = from; k < from + count; k += 1) [low, high] = [Math.min(low, values[k]), Math.max(high, values[k])];
  return [low, high];
}
