// Surface: a loss over two parameters as a map with contours, and paths of steps on it.
import { numbers } from "./arrived.js";
import { axes, crossHair, scales } from "./axes.js";
import { signed, within } from "./figures.js";
import { LOOKS } from "./lines.js";
import { contour, mapImage, strokePieces } from "./maps.js";
import { clipped, disc, strokeLine, words } from "./pen.js";

const LEVELS = Array.from({ length: 13 }, (_, k) => ((k + 0.6) / 13) ** 1.2);

// told: {heights, x, y, names, paths, start}: heights from 0 to 1, rows from the bottom up; a path is {look, values}, its
// places as one packed array (places, 2). `start` is a place. `range`, where given, are the losses of heights 0 and 1.
// With `choose`, Enter hands on the place that the keys are on.
export function surfacePlot(stage, label, { choose } = {}) {
  let told = null, heights, paths, image, drawn, contours;
  const box = (width, height) => ({ left: 46, top: 8, across: width - 58, up: height - 32 });
  const canvas = stage.canvas({
    label,
    draw(pen, width, height, theme, place) {
      if (!told) return;
      const area = box(width, height), { left, top, across, up } = area;
      const scale = scales(area, told.x, told.y);
      const [rows, columns] = told.heights.shape;
      axes(pen, theme, area, scale, told.x, told.y);
      clipped(pen, [left, top, across, up], () => {
        if (drawn !== theme.paper) image = mapImage(theme, Int8Array.from(heights, (value) => Math.round(127 * Math.min(1, value))), columns, rows, 0.75, { reuse: image });
        drawn = theme.paper;
        const [dx, dy] = [across / (columns - 1), up / (rows - 1)]; // the outermost values lie on the frame
        pen.drawImage(image, left - dx / 2, top - dy / 2, across + dx, up + dy);
        strokePieces(pen, theme.ink, 1, 0.35, contours, (at) => left + at * dx, (at) => top + up - at * dy);
        for (const { look, values } of paths) drawPath(pen, theme, LOOKS[look], values, scale);
        if (place) crossHair(pen, theme, area, scale, place);
      }, 6);
      words(pen, theme, `${told.names[0]} →`, left + across - 8, top + up - 6, { font: "600 12px", align: "right", base: "bottom" });
      words(pen, theme, `↑ ${told.names[1]}`, left + 8, top + 7, { font: "600 12px", align: "left", base: "top" });
    },
    cursor: {
      at(px, py, width, height) {
        const [first, second] = told ? scales(box(width, height), told.x, told.y).back(px, py) : [NaN, NaN];
        return first >= told?.x[0] && first <= told.x[1] && second >= told.y[0] && second <= told.y[1] ? [first, second] : null;
      },
      move(place, dx, dy) {
        const along = ([low, high], value, by) => within(value + (by * (high - low)) / 60, [low, high]);
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
  const here = () => scales(box(canvas.node.clientWidth, canvas.node.clientHeight), told.x, told.y);
  canvas.point = (px, py) => here().back(px, py);
  canvas.pixel = ([first, second]) => [here().x(first), here().y(second)];
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
function drawPath(pen, theme, [colour, dashes], values, { x, y }) {
  const count = values.length / 2, isLong = count > 60;
  const points = Array.from({ length: count }, (_, k) => [x(values[2 * k]), y(values[2 * k + 1])].map((value) => within(value, [-1e4, 1e4])));
  pen.lineJoin = "round";
  strokeLine(pen, theme.paper, 5, points);
  strokeLine(pen, theme[colour], 2.2, points, isLong ? dashes : []);
  points.forEach(([px, py], k) => {
    const isLast = k === count - 1;
    if (isLast || !isLong) disc(pen, px, py, isLast ? 6 : 3.2, theme[colour], theme.paper);
  });
}
