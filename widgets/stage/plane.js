// The plane of two features: the map of what a network answers over it, its border, and the points.
import { numbers } from "./arrived.js";
import { crossHair, scales } from "./axes.js";
import { put } from "./elements.js";
import { signed, ticks, tidied, within } from "./figures.js";
import { kindsBorder, kindsImage, mark } from "./kinds.js";
import { contour, mapImage, mapNumbers, strokePieces } from "./maps.js";
import { clipped, fillStroke, roundBox, words } from "./pen.js";

// view.plane: {map, extent: [low, high], points: [x₁ …, x₂ …, label …], names, kind, what, border, classes}
// `over(pen, pixel, theme)` draws on top; `pixel` and `point` turn a point of the plane into pixels and back. `known(place)`
// is the value there where it has been worked out: the map's own is that of the middle of a pixel, in 255 steps.
export function planePlot(stage, label, { over, known = () => null } = {}) {
  let plane = null, map, points, image, border, drawnTheme, layer;
  const frame = (width, height) => {
    const side = Math.min(width - 30, height - 24);
    return { left: 26 + (width - 30 - side) / 2, top: 4, across: side, up: side };
  };
  const onPlane = (area) => scales(area, plane.extent, plane.extent);
  const canvas = stage.canvas({
    label,
    draw(pen, width, height, theme, place) {
      if (!plane) return;
      const area = frame(width, height), { left, top, across: side } = area;
      const { x, y } = onPlane(area);
      const [rows, columns] = plane.map.shape, size = side / rows, isMany = plane.map.type === "uint8";
      if (drawnTheme !== theme) {
        image = isMany ? kindsImage(theme, map, columns, rows) : mapImage(theme, map, columns, rows, 0.62, { reuse: image });
        border = isMany ? kindsBorder(map, rows) : plane.border === false ? [] : contour(map.map((value) => value || 1e-6), rows, columns, 0);
      }
      drawnTheme = theme;
      clipped(pen, [left, top, side, side], () => {
        pen.drawImage(image, left, top, side, side);
        const half = isMany ? 0 : 0.5; // a value stands in the middle of its pixel
        strokePieces(pen, theme.ink, isMany ? 1.2 : 1.6, isMany ? 0.6 : 0.75, border, (at) => left + (at + half) * size, (at) => top + side - (at + half) * size);
        const ratio = pen.getTransform().a;
        const key = [side, ratio, ...plane.extent, plane.kind, plane.hollow].join();
        const isSame = layer?.key === key && layer.theme === theme && layer.points.length === points.length
          && layer.points.every((value, k) => value === points[k]);
        if (!isSame) layer = { key, theme, points, ink: pointsImage(theme, points, plane, area, ratio, x, y) };
        pen.drawImage(layer.ink, left, top, layer.ink.width / ratio, layer.ink.height / ratio);
        over?.(pen, ([x1, x2]) => [x(x1), y(x2)], theme);
      }, 6);
      pen.strokeStyle = theme.line;
      pen.lineWidth = 1;
      roundBox(pen, left, top, side, side, 6);
      pen.stroke();
      for (const tick of ticks(...plane.extent)) {
        words(pen, theme, tidied(tick), x(tick), top + side + 5, { colour: theme.soft, base: "top" });
        words(pen, theme, tidied(tick), left - 6, y(tick), { colour: theme.soft, align: "right" });
      }
      words(pen, theme, plane.names[0], left + side - 6, top + side - 9, { align: "right", halo: 3, room: side - 12 });
      words(pen, theme, plane.names[1], left + 6, top + 10, { align: "left", halo: 3, room: side - 12 });
      if (place) crossHair(pen, theme, area, { x, y }, place);
    },
    cursor: {
      at(px, py, width, height) {
        if (!plane) return null;
        const place = onPlane(frame(width, height)).back(px, py);
        return place.every((value) => value === within(value, plane.extent)) ? place : null;
      },
      move: (place, dx, dy) => (place ? [within(place[0] + 0.05 * dx, plane.extent), within(place[1] - 0.05 * dy, plane.extent)] : [0, 0]),
      tell([x1, x2]) {
        const [low, high] = plane.extent, [from, to] = plane.range, count = plane.map.shape[0];
        const cell = (value) => Math.min(count - 1, Math.floor(((value - low) / (high - low)) * count));
        const here = map[cell(x2) * count + cell(x1)];
        const value = known([x1, x2]) ?? from + ((here / 127 + 1) / 2) * (to - from);
        const said = plane.map.type === "uint8" ? plane.classes[here >> 4] : `${plane.what} ${signed(value, 2)}`;
        return `${plane.names[0]} ${signed(x1, 2)}, ${plane.names[1]} ${signed(x2, 2)}: ${said}`;
      },
    },
  });
  const here = () => onPlane(frame(canvas.node.clientWidth, canvas.node.clientHeight));
  canvas.pixel = ([x1, x2]) => [here().x(x1), here().y(x2)];
  canvas.point = (px, py) => here().back(px, py);
  canvas.show = (told) => {
    plane = told;
    drawnTheme = null;
    put(canvas.node, { title: told?.names.some((name) => name.length > 8) ? `across: ${told.names[0]}, up: ${told.names[1]}` : "" });
    [map, points] = told ? [mapNumbers(told.map), numbers(told.points)] : [null, null];
  };
  return canvas;
}

// The points alone, since they seldom change: drawn once, then copied. The last `hollow` are outlines.
function pointsImage(theme, points, { kind, hollow = 0 }, { left, top, across }, ratio, x, y) {
  const side = Math.max(Math.ceil(across * ratio), 1); // a place may be squeezed to nothing
  const image = new OffscreenCanvas(side, side);
  const pen = image.getContext("2d", { willReadFrequently: true });
  pen.setTransform(ratio, 0, 0, ratio, -left * ratio, -top * ratio);
  const count = points.length / 3, radius = (across < 220 ? 2.6 : 3.4) * (points.length > 90 ? 1 : 1.7);
  for (let k = 0; k < count; k += 1) {
    mark(pen, theme, kind, x(points[k]), y(points[count + k]), radius, points[2 * count + k]);
    if (k < count - hollow) fillStroke(pen, pen.fillStyle, theme.paper, 1.2);
    else fillStroke(pen, theme.paper, pen.fillStyle, 2);
  }
  return image;
}
