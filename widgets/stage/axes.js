// Axes: grid lines with round numbers, and the way from values to pixels and back.
import { ticks, tidied } from "./figures.js";
import { strokeLine, words } from "./pen.js";

// In a box in pixels that holds the values from x0 to x1 and from y0 to y1.
export function scales({ left, top, across, up }, [x0, x1], [y0, y1]) {
  return {
    x: (value) => left + (across * (value - x0)) / (x1 - x0),
    y: (value) => top + (up * (y1 - value)) / (y1 - y0),
    back: (px, py) => [x0 + ((px - left) / across) * (x1 - x0), y1 - ((py - top) / up) * (y1 - y0)],
  };
}

// The grid with its numbers, and below it the name of what lies across: in a low picture in the row of the numbers.
export function axes(pen, theme, { left, top, across, up, low }, { x, y }, xs, ys, name = "") {
  let last = Infinity;
  for (const tick of ticks(...ys)) {
    strokeLine(pen, tick ? theme.faint : theme.line, 1, [[left, y(tick)], [left + across, y(tick)]]);
    if (last - y(tick) < 12) continue; // no number over another in a low picture
    words(pen, theme, tidied(tick), left - 6, y(tick), { colour: theme.soft, align: "right" });
    last = y(tick);
  }
  const room = Math.max(across / 2, Math.min(across, 48));
  words(pen, theme, name, left + across, top + up + (low ? 6 : 22), { colour: theme.soft, align: "right", base: "top", room });
  const most = low ? left + across - Math.min(pen.measureText(name).width, room) - 6 : Infinity;
  let end = -Infinity;
  for (const tick of ticks(...xs)) {
    strokeLine(pen, tick ? theme.faint : theme.line, 1, [[x(tick), top], [x(tick), top + up]]);
    const half = tidied(tick).length * 3.3;
    if (x(tick) - half < end + 6 || x(tick) + half > most) continue; // no number in another, or in the name, in a narrow one
    words(pen, theme, tidied(tick), x(tick), top + up + 6, { colour: theme.soft, base: "top" });
    end = x(tick) + half;
  }
}

export function crossHair(pen, theme, { left, top, across, up }, { x, y }, [first, second]) {
  strokeLine(pen, theme.ink, 1, [[x(first), top], [x(first), top + up]]);
  strokeLine(pen, theme.ink, 1, [[left, y(second)], [left + across, y(second)]]);
}

// A dashed line at a height that means something, and its name under it or above it.
export function limit(pen, theme, text, [from, to], y, side) {
  strokeLine(pen, theme.soft, 1.2, [[from, y], [to, y]], [6, 4]);
  const how = side === "under" ? { align: "left", base: "top" } : { align: "right", base: "bottom" };
  words(pen, theme, text, side === "under" ? from + 6 : to - 6, y + (side === "under" ? 4 : -3), { colour: theme.soft, ...how });
}
