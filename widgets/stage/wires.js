// Wires: the weights of a network as curves. Colour and dash tell the sign of a weight, thickness its size.

// Is this weight among the lit ones?
export function isMeant({ kind, column, unit, source }, curve) {
  return kind === "edges" && column === curve.layer + 1 && (unit ?? curve.unit) === curve.unit && (source ?? curve.source) === curve.source;
}

// The curve leaves and arrives level. x is linear in t, so that a pointer's x gives its t.
export function bezier({ x0, y0, x1, y1 }, t) {
  const bend = t * t * (3 - 2 * t);
  return [x0 + (x1 - x0) * t, y0 + (y1 - y0) * bend];
}

// The curve of a weight, `extra` wider; and the light behind one that is meant.
export function strokeWire(pen, curve, theme, alpha, extra) {
  pen.strokeStyle = curve.value < 0 ? theme.negative : theme.positive;
  pen.setLineDash(curve.value < 0 ? [7, 5] : []);
  wire(pen, curve, alpha * (0.35 + 0.65 * curve.strength), 0.7 + extra);
  pen.setLineDash([]);
}

export function haloWire(pen, curve, theme) {
  pen.strokeStyle = theme.accent;
  wire(pen, curve, 0.35, 8);
}

function wire(pen, curve, alpha, least) {
  pen.globalAlpha = alpha;
  pen.lineWidth = least + 4.5 * curve.strength;
  along(pen, curve);
  pen.globalAlpha = 1;
}

export function along(pen, { x0, y0, x1, y1 }) {
  const third = (x1 - x0) / 3;
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.bezierCurveTo(x0 + third, y0, x1 - third, y1, x1, y1);
  pen.stroke();
}
