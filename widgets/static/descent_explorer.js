// DescentExplorer: the surface with the path on it, the loss along one parameter, the loss at each step, the last step.
import { h, mount, numbers, write } from "./stage.js";
import { fields } from "./fields.js";
import { handle, over } from "./handle.js";
import { mapImage, signed } from "./plots.js";
import { axes, linesPlot, strokeLine, valuesTable } from "./lines.js";
import { codePanel } from "./code.js";

const LEVELS = Array.from({ length: 13 }, (_, k) => ((k + 0.6) / 13) ** 1.2);

export default mount((stage) => {
  let told = null;
  const surface = surfacePlot(stage);
  const slice = linesPlot(stage, "The loss along one parameter, with its slope where the walk stands", { over: onSlice });
  const losses = linesPlot(stage, "The loss at each step");
  const start = handle(stage, {
    label: "The start", kind: "ring",
    drag({ x, y }) { stage.aim("start", surface.point(x, y)); },
    nudge(dx, dy) { stage.nudge("start by", [dx, -dy]); },
  });
  const lineStart = handle(stage, {
    label: "The start", kind: "ring",
    drag({ x }) { stage.aim("start", [slice.value(x), 0]); },
    nudge(dx) { if (dx) stage.nudge("start by", [dx, 0]); },
  });
  stage.on(surface.node, "click", (event) => stage.press("start", surface.point(event.offsetX, event.offsetY)));
  stage.on(slice.node, "click", (event) => { if (!told.surface) stage.press("start", [slice.value(event.offsetX), 0]); });
  const [redrawSurface, redrawSlice] = [surface.redraw, slice.redraw];
  surface.redraw = () => {
    redrawSurface();
    start.at(...(told?.surface ? surface.pixel(told.surface.start) : [NaN, NaN]));
  };
  slice.redraw = () => {
    redrawSlice();
    const at = told && !told.surface && told.slice.height !== null ? slice.pixel(told.slice.start, told.slice.height) : [NaN, NaN];
    lineStart.at(...at);
  };
  const play = stage.playButton();
  const table = valuesTable(["Parameter", "was", "slope there", "step", "is now"]);
  const code = codePanel();
  const title = h("h3");
  const state = h("p", { class: "nn-state" });
  const picture = stage.panel("Surface", h("div", { class: "nn-heading" }, h("h3", { text: "The loss over both parameters" }),
    h("span", { class: "nn-legend", text: "darker is higher; click for a new start" })), over(surface, start), surface.readout);

  // The path on the curve, and the tangent: how steep it is where the walk stands.
  function onSlice(pen, x, y, theme) {
    if (!told) return;
    pen.setLineDash([]);
    pen.globalAlpha = 0.7;
    strokeLine(pen, theme.negative, 1.2, [...told.slice.path, ...told.slice.dots.slice(-1)].map(([at, value]) => [x(at), y(value)]));
    pen.globalAlpha = 1;
    if (!told.slice.tangent) return;
    const [at, value, slope] = told.slice.tangent;
    const [dx, dy] = [x(at + 1) - x(at), y(value + slope) - y(value)];
    const half = 60 / Math.hypot(dx, dy);
    strokeLine(pen, theme.ink, 2, [[x(at) - dx * half, y(value) - dy * half], [x(at) + dx * half, y(value) + dy * half]]);
  }

  stage.root.classList.add("nn-descent-explorer");
  stage.body.append(
    h("div", { class: "nn-controls" }, ...fields(stage, ["landscape", "rule", "learning_rate", "first", "second"])),
    h("div", { class: "nn-bar" },
      h("div", { class: "nn-transport" }, stage.button("back", "Back", { symbol: "back", hint: "One step less" }),
        stage.button("step", "Step", { symbol: "step", hint: "One step downhill" }), play,
        stage.button("reset", "To the start", { symbol: "reset", hint: "No steps" })),
      h("div", { class: "nn-transport" }, ...fields(stage, ["steps", "along"]))),
    h("div", { class: "nn-pictures" }, picture,
      stage.panel("Slice", h("div", { class: "nn-heading" }, title), over(slice, lineStart), slice.readout),
      stage.panel("Walk", h("div", { class: "nn-heading" }, h("h3", { text: "The loss at each step" })), losses.node, losses.readout)),
    h("div", { class: "nn-moment" }, h("div", { class: "nn-moment-head" }, h("h3", { text: "The last step" }), state),
      stage.narration, table.node, code.node));

  return (view, frame) => {
    told = view;
    play.show(frame.playing);
    stage.showStats(view.stats);
    const flat = !view.surface;
    stage.root.classList.toggle("nn-one-number", flat);
    picture.hidden = flat;
    for (const name of ["second", "along"]) stage.fields.get(name).node.hidden = flat;
    if (!flat) surface.show(view.surface);
    slice.show(view.slice);
    losses.show(view.losses);
    table.show(view.rows);
    code.show(view.source);
    write(title, flat ? `The loss over ${view.slice.name}; click for a new start` : `The loss along ${view.slice.name}`);
    write(state, view.state);
    const at = flat ? signed(view.slice.start, 2) : view.surface.start.map((value) => signed(value, 2)).join(", ");
    for (const one of [start, lineStart]) one.say(`The start ${at}. Arrow keys move it.`);
  };
});

// told: {heights, x, y, names, path, start}: heights from 0 to 1, rows from the bottom up.
function surfacePlot(stage) {
  let told = null, heights, path, image, drawn, contours;
  const box = (width, height) => ({ left: 46, top: 8, across: width - 58, up: height - 32 });
  const scales = ({ left, top, across, up }) => ({
    x: (value) => left + (across * (value - told.x[0])) / (told.x[1] - told.x[0]),
    y: (value) => top + (up * (told.y[1] - value)) / (told.y[1] - told.y[0]),
  });
  const canvas = stage.canvas({
    label: "The loss over both parameters, with the path of the steps",
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
      const count = path.length / 2;
      const points = Array.from({ length: count }, (_, k) => [x(path[2 * k]), y(path[2 * k + 1])].map((value) => Math.max(-1e4, Math.min(1e4, value))));
      pen.lineJoin = "round";
      strokeLine(pen, theme.paper, 5, points);
      strokeLine(pen, theme.negative, 2.2, points);
      points.forEach(([px, py], k) => {
        const last = k === count - 1;
        pen.beginPath();
        pen.arc(px, py, last ? 6 : 3.2, 0, 2 * Math.PI);
        pen.fillStyle = theme.negative;
        pen.strokeStyle = theme.paper;
        pen.lineWidth = 1.5;
        pen.fill();
        pen.stroke();
      });
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
      tell: ([first, second]) => `${told.names[0]} ${signed(first, 2)}, ${told.names[1]} ${signed(second, 2)}; Enter makes it the start`,
    },
  });
  stage.on(canvas.node, "keydown", (event) => {
    if (event.key === "Enter" && canvas.place && !event.shiftKey) stage.press("start", canvas.place);
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
    [told, path] = [next, numbers(next.path)];
  };
  return canvas;
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
