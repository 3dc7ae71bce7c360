// Lines, marks and words on a canvas.

export function strokeLine(pen, colour, width, points, dashes = []) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.setLineDash(dashes);
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.stroke();
  pen.setLineDash([]);
}

// The straight line through (x, y) that is as steep as from there to (x + dx, y + dy), `half` to either side.
export function strokeTangent(pen, colour, width, [x, y], [dx, dy], half) {
  const part = half / Math.hypot(dx, dy);
  strokeLine(pen, colour, width, [[x - dx * part, y - dy * part], [x + dx * part, y + dy * part]]);
}

// The path of a disc, or of a polygon with so many corners, of which one points up (of a square, 5, none).
export function shape(pen, x, y, radius, corners = 0) {
  pen.beginPath();
  if (!corners) return pen.arc(x, y, radius, 0, 2 * Math.PI);
  const sides = corners === 5 ? 4 : corners, turn = corners === 5 ? Math.PI / 4 : 0;
  for (let k = 0; k < sides; k += 1) {
    const angle = -Math.PI / 2 + turn + (2 * Math.PI * k) / sides;
    pen.lineTo(x + 1.3 * radius * Math.cos(angle), y + 1.3 * radius * Math.sin(angle));
  }
  return pen.closePath();
}

// The last path, or a disc, filled in one colour with a border of another.
export function fillStroke(pen, fill, border, width) {
  pen.fillStyle = fill;
  pen.strokeStyle = border;
  pen.lineWidth = width;
  pen.fill();
  pen.stroke();
}

export function disc(pen, x, y, radius, fill, border, width = 1.5) {
  shape(pen, x, y, radius);
  fillStroke(pen, fill, border, width);
}

export function ring(pen, x, y, radius, colour, width) {
  shape(pen, x, y, radius);
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}

export function roundBox(pen, x, y, wide, tall, corner) {
  pen.beginPath();
  pen.roundRect(x, y, wide, tall, corner);
}

// `draw()` with nothing of it outside the box.
export function clipped(pen, [x, y, wide, tall], draw, corner = 0) {
  pen.save();
  roundBox(pen, x, y, wide, tall, corner);
  pen.clip();
  draw();
  pen.restore();
}

// A text, or so much of it as is `most` pixels wide in the pen's font, with an ellipsis.
function shortened(pen, text, most) {
  if (pen.measureText(text).width <= most) return text;
  let length = text.length;
  while (length && pen.measureText(`${text.slice(0, length)}…`).width > most) length -= 1;
  return `${text.slice(0, length).trimEnd()}…`;
}

// A text at (x, y), which is its `align` and `base`; with `halo`, a border of the paper's colour keeps it from what is below.
// In less than `room` pixels it is shortened.
export function words(pen, theme, text, x, y, { font = "11px", face = theme.font, colour = theme.ink, align = "center", base = "middle", halo = 0, room = Infinity } = {}) {
  pen.font = `${font} ${face}`;
  text = shortened(pen, text, room);
  pen.textAlign = align;
  pen.textBaseline = base;
  if (halo) {
    pen.strokeStyle = theme.paper;
    pen.lineWidth = halo;
    pen.strokeText(text, x, y);
  }
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

// A text as lines of at most so many pixels, as `words` writes them.
export function wrapped(pen, theme, text, most, font = "11px") {
  pen.font = `${font} ${theme.font}`;
  return text.split(" ").reduce((lines, word) => {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    return lines.length && pen.measureText(longer).width > most ? [...lines, word] : [...lines.slice(0, -1), longer];
  }, []);
}
