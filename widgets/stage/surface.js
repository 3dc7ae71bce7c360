// Surface: a loss over two parameters as a map with contours, and paths of steps on it.
import { numbers } from "./stage.js";
import { mapImage, signed } from "./plots.js";
import { LOOKS, axes, strokeLine } from "./lines.js";

const LEVELS = Array.from({ length: 13 }, (_, k) => ((k + 0.6) / 13) ** 1.2);

// told: {heights, x, y, names, paths, start}: heights from 0 to 1, rows from the bottom up; a path is {look, values}, its
// places as one packed array (places, 2). `start` is a place. `range`, where given, are the losses of heights 0 and 1.
// With `choose`, Enter hands on the place that the keys are on.
export function surfacePlot(stage, label, { choose } = {}) {
  let told = null, heights, paths, image, drawn, contours;
  const box = (width, height) => ({ left: 46, top: 8, across: width - 58, up: height - 32 });
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
      const [rows, columns] = told.heights.shape;
      axes(pen, theme, { ...area, x, y, xs: told.x, ys: told.y });
      pen.save();
      pen.beginPath();
      pen.roundRect(left, top, across, up, 6);
      pen.clip();
      if (drawn !== theme.paper) image = mapImage(theme, Int8Array.from(heights, (value) => Math.round(127 * Math.min(1, value))), columns, rows, 0.75, { reuse: image });
      drawn = theme.paper;
      const [dx, dy] = [across / (columns - 1), up / (rows - 1)]; // the outermost values lie on the frame
      pen.drawImage(image, left - dx / 2, top - dy / 2, across + dx, up + dy);
      pen.globalAlpha = 0.35;
      pen.strokeStyle = theme.ink;
      pen.lineWidth = 1;
      pen.beginPath();
      for (const [ax, ay, bx, by] of contours) {
        pen.moveTo(left + ax * dx, top + up - ay * dy);
        pen.lineTo(left + bx * dx, top + up - by * dy);
      }
      pen.stroke();
      pen.globalAlpha = 1;
      for (const { look, values } of paths) drawPath(pen, theme, LOOKS[look], values, x, y);
      if (place) {
        strokeLine(pen, theme.ink, 1, [[x(place[0]), top], [x(place[0]), top + up]]);
        strokeLine(pen, theme.ink, 1, [[left, y(place[1])], [left + across, y(place[1])]]);
      }
      pen.restore();
      pen.font = `600 12px ${theme.font}`;
      pen.fillStyle = theme.ink;
      pen.textAlign = "right";
      pen.textBaseline = "bottom";
      pen.fillText(`${told.names[0]} →`, left + across - 8, top + up - 6);
      pen.textAlign = "left";
      pen.textBaseline = "top";
      pen.fillText(`↑ ${told.names[1]}`, left + 8, top + 7);
    },
    cursor: {
      at(px, py, width, height) {
        const [first, second] = told ? pointAt(px, py, box(width, height)) : [NaN, NaN];
        return first >= told?.x[0] && first <= told.x[1] && second >= told.y[0] && second <= told.y[1] ? [first, second] : null;
      },
      move(place, dx, dy) {
        const along = ([low, high], value, by) => Math.min(high, Math.max(low, value + (by * (high - low)) / 60));
        return place ? [along(told.x, place[0], dx), along(told.y, place[1], -dy)] : told.start;
      },
      tell([first, second]) {
        const [rows, columns] = told.heights.shape;
        const cell = (value, [low, high], count) => Math.round(((value - low) / (high - low)) * (count - 1));
        const part = heights[cell(second, told.y, rows) * columns + cell(first, told.x, columns)];
        const loss = told.range ? `: loss ${signed(told.range[0] + part ** 2 * (told.range[1] - told.range[0]))}` : "";
        return `${told.names[0]} ${signed(first, 2)}, ${told.names[1]} ${signed(second, 2)}${loss}${choose ? "; Enter makes it the start" : ""}`;
      },
    },
  });
  if (choose) stage.on(canvas.node, "keydown", (event) => {
    if (event.key === "Enter" && canvas.place && !event.shiftKey) choose(canvas.place);
  });
  function pointAt(px, py, { left, top, across, up }) {
    return [told.x[0] + ((px - left) / across) * (told.x[1] - told.x[0]), told.y[1] - ((py - top) / up) * (told.y[1] - told.y[0])];
  }
  const here = () => box(canvas.node.clientWidth, canvas.node.clientHeight);
  canvas.point = (px, py) => pointAt(px, py, here());
  canvas.pixel = ([first, second]) => {
    const { x, y } = scales(here());
    return [x(first), y(second)];
  };
  canvas.show = (next) => {
    const fresh = numbers(next.heights);
    if (!heights || fresh.length !== heights.length || fresh.some((value, k) => value !== heights[k])) {
      [heights, drawn] = [fresh, null];
      contours = LEVELS.flatMap((level) => contour(fresh, ...next.heights.shape, level));
    }
    told = next;
    paths = next.paths.map((path) => ({ ...path, values: numbers(path.values) }));
  };
  return canvas;
}

// A path with a dot for each place, a larger one for the last.
function drawPath(pen, theme, [colour, dashes], values, x, y) {
  const count = values.length / 2;
  const points = Array.from({ length: count }, (_, k) => [x(values[2 * k]), y(values[2 * k + 1])].map((value) => Math.max(-1e4, Math.min(1e4, value))));
  pen.lineJoin = "round";
  strokeLine(pen, theme.paper, 5, points);
  pen.setLineDash(count > 60 ? dashes : []);
  strokeLine(pen, theme[colour], 2.2, points);
  pen.setLineDash([]);
  points.forEach(([px, py], k) => {
    const last = k === count - 1;
    if (!last && count > 60) return;
    pen.beginPath();
    pen.arc(px, py, last ? 6 : 3.2, 0, 2 * Math.PI);
    pen.fillStyle = theme[colour];
    pen.strokeStyle = theme.paper;
    pen.lineWidth = 1.5;
    pen.fill();
    pen.stroke();
  });
}

// The pieces of the line on which a grid has the value `level` (marching squares), in steps of the grid.
function contour(grid, rows, columns, level) {
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
