// The network's diagram: a column for each block, its units as small maps or discs, its weights as curves.
// Colour, dash and mark tell the sign of a weight; thickness tells its size.
import { numbers, shade } from "./stage.js";
import { mapImage, signed } from "./plots.js";

export const MANY = 400, WEAK = 0.35; // of more weights than that, the weak ones are not drawn

// view.diagram: {columns: [{title, units, shown, maps, size, names, numbers}], links: [{layer, weights, bias, scale}], active}
// `choose([layer, unit, input], byKeys)`: a weight, or with input null a bias, was clicked, or Enter was pressed on it; null: nothing was.
// `pointed(place)`: the pointer or the keys are on {kind, column, unit, source}: "edges" that lead to a column, or "units".
// `over(pen, theme, layout)` draws on top of the weights. `light(places)` shows such places, of "biases" too; without unit or source all of them. `trace(places)` does so for good.
export function networkDiagram(stage, label, { choose, pointed, over } = {}) {
  let told = null, images = [], links = [], drawnTheme, layout = null, lit = [], traced = [];

  function arrange(width, height) {
    const count = told.columns.length;
    const most = Math.max(...told.columns.map((column) => column.shown.length));
    const [top, bottom] = [44, 26];
    const pitch = Math.min(84, (height - top - bottom) / most);
    const size = Math.max(10, Math.min(54, pitch - (pitch < 40 ? 4 : 9)));
    const margin = size / 2 + Math.max(30, 8 * Math.max(...(told.columns[0].names ?? [""]).map((name) => name.length)));
    const x = (column) => margin + ((width - 2 * margin) * column) / (count - 1);
    const y = (column, row) => {
      const rows = told.columns[column].shown.length;
      return top + (height - top - bottom) / 2 + (row - (rows - 1) / 2) * pitch;
    };
    const curves = [];
    links.forEach(({ weights, shape, ...link }, layer) => {
      const [from, to] = [told.columns[layer], told.columns[layer + 1]];
      to.shown.forEach((unit, row) => from.shown.forEach((source, column) => {
        if (unit === null || source === null) return;
        curves.push({ layer, row, column, unit, source, name: link.name, value: weights[row * shape[1] + column],
          strength: Math.min(1, Math.abs(weights[row * shape[1] + column]) / link.scale),
          x0: x(layer) + size / 2, y0: y(layer, column), x1: x(layer + 1) - size / 2, y1: y(layer + 1, row) });
      }));
    });
    layout = { size, x, y, curves, width, height };
  }

  function draw(pen, width, height, theme, place) {
    if (!told) return;
    arrange(width, height);
    if (drawnTheme !== theme) images = told.columns.map((column, at) => pictures(column, theme, images[at]));
    drawnTheme = theme;
    const { x, curves } = layout;
    const { active } = told;
    if (active) highlight(pen, theme, active, height);
    for (const curve of curves) {
      if (told.columns[curve.layer].dropped?.[curve.column] || told.columns[curve.layer + 1].dropped?.[curve.row]) continue;
      if (curves.length > MANY && curve.strength < WEAK) continue;
      const isActive = !active || active.wires === curve.layer;
      if (marked().some((one) => isMeant(one, curve))) halo(pen, curve, theme);
      stroke(pen, curve, theme, isActive ? 0.95 : 0.4, 0);
    }
    told.columns.forEach((column, at) => {
      column.shown.forEach((unit, row) => node(pen, theme, at, row, unit));
      if (column.isHeaded) return; // its head stands over the picture, with buttons
      pen.fillStyle = theme.ink;
      pen.textAlign = "center";
      pen.textBaseline = "alphabetic";
      pen.font = `600 12px ${theme.font}`;
      pen.fillText(column.title, x(at), 16);
      pen.font = `11px ${theme.font}`;
      pen.fillStyle = theme.soft;
      pen.fillText(column.subtitle, x(at), 31);
    });
    over?.(pen, theme, layout);
    if (place?.unit !== undefined && told.columns[place.layer]?.shown[place.row] === place.unit) ring(pen, theme, place.layer, place.row);
    const alone = curves.filter((curve) => lit.some((one) => isMeant(one, curve)));
    const curve = (place && curves[place.index]) ?? (alone.length === 1 ? alone[0] : null);
    if (curve) {
      if (curve !== alone[0]) stroke(pen, curve, theme, 1, 2.5);
      const [mx, my] = bezier(curve, 0.5);
      pen.font = `600 12px ${theme.code}`;
      const text = (curve.value < 0 ? "" : "+") + signed(curve.value);
      const wide = pen.measureText(text).width + 14;
      pen.fillStyle = theme.paper;
      pen.strokeStyle = curve.value < 0 ? theme.negative : theme.positive;
      pen.lineWidth = 1.5;
      pen.beginPath();
      pen.roundRect(mx - wide / 2, my - 12, wide, 22, 6);
      pen.fill();
      pen.stroke();
      pen.fillStyle = theme.ink;
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillText(text, mx, my);
    }
  }

  const marked = () => [...lit, ...traced];

  function highlight(pen, theme, active, height) {
    const { x, size } = layout;
    const isUnits = active.wires === null;
    const from = isUnits ? x(active.column) - size / 2 - 9 : x(active.wires) + size / 2 + 2;
    const to = isUnits ? x(active.column) + size / 2 + 9 : x(active.column) - size / 2 - 2;
    pen.fillStyle = `rgb(${theme.accentChannels.join(" ")} / 0.10)`;
    pen.beginPath();
    pen.roundRect(from, 40, to - from, height - 44, 10);
    pen.fill();
    pen.fillStyle = theme.accent;
    pen.font = `600 12px ${theme.font}`;
    pen.textAlign = "center";
    pen.textBaseline = "alphabetic";
    pen.fillText(active.sign, (from + to) / 2, height - 10);
  }

  function node(pen, theme, at, row, unit) {
    const { x, y, size } = layout;
    const [cx, cy] = [x(at), y(at, row)];
    if (unit === null) {
      pen.fillStyle = theme.soft;
      for (const shift of [-6, 0, 6]) {
        pen.beginPath();
        pen.arc(cx, cy + shift, 1.8, 0, 2 * Math.PI);
        pen.fill();
      }
      return;
    }
    const column = told.columns[at];
    pen.beginPath();
    pen.roundRect(cx - size / 2, cy - size / 2, size, size, Math.min(7, size / 4));
    pen.save();
    pen.fillStyle = theme.paper;
    pen.fill();
    pen.clip();
    if (images[at]) {
      const [, tall, wide] = column.maps.shape;
      pen.drawImage(images[at], 0, row * tall, wide, tall, cx - size / 2, cy - size / 2, size, size);
    } else if (column.values) {
      pen.fillStyle = `rgb(${shade(theme, column.values[row], 0.8).join(" ")})`;
      pen.fill();
    }
    pen.restore();
    pen.strokeStyle = told.active?.column === at ? theme.accent : theme.line;
    pen.lineWidth = told.active?.column === at ? 2 : 1.2;
    pen.stroke();
    if (column.numbers && size >= 24) {
      pen.font = `600 11px ${theme.code}`;
      const text = signed(column.numbers[row], 2);
      const wide = pen.measureText(text).width + 6;
      pen.fillStyle = theme.paper;
      pen.fillRect(cx - wide / 2, cy - 7, wide, 15);
      pen.fillStyle = theme.ink;
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillText(text, cx, cy + 1);
    }
    if (marked().some((one) => one.kind === "units" && one.column === at && (one.unit ?? unit) === unit)) ring(pen, theme, at, row);
    if (column.dropped?.[row]) cross(pen, theme, cx, cy, size);
    const bias = links[at - 1]?.bias?.[row];
    if (bias !== undefined && size > 16) {
      const radius = 2.5 + 2.5 * Math.min(1, Math.abs(bias) / links[at - 1].scale);
      pen.beginPath();
      pen.arc(cx - size / 2, cy + size / 2, radius, 0, 2 * Math.PI);
      pen.fillStyle = bias < 0 ? theme.paper : theme.positive;
      pen.strokeStyle = bias < 0 ? theme.negative : theme.paper;
      pen.lineWidth = bias < 0 ? 2 : 1;
      pen.fill();
      pen.stroke();
      if (marked().some((one) => one.kind === "biases" && one.column === at && (one.unit ?? unit) === unit)) {
        pen.beginPath();
        pen.arc(cx - size / 2, cy + size / 2, radius + 4, 0, 2 * Math.PI);
        pen.strokeStyle = theme.accent;
        pen.lineWidth = 3;
        pen.stroke();
      }
    }
    if (column.names) {
      pen.fillStyle = theme.ink;
      pen.font = `12px ${theme.font}`;
      pen.textAlign = "right";
      pen.textBaseline = "middle";
      pen.fillText(column.names[row], cx - size / 2 - 7, cy);
    }
  }

  function ring(pen, theme, at, row) {
    const [half, x, y] = [layout.size / 2 + 4, layout.x(at), layout.y(at, row)];
    pen.beginPath();
    pen.roundRect(x - half, y - half, 2 * half, 2 * half, 9);
    pen.strokeStyle = theme.accent;
    pen.lineWidth = 3;
    pen.stroke();
  }

  // A unit that dropout has left out: covered and crossed.
  function cross(pen, theme, cx, cy, size) {
    pen.globalAlpha = 0.75;
    pen.fillStyle = theme.paper;
    pen.fillRect(cx - size / 2 + 1, cy - size / 2 + 1, size - 2, size - 2);
    pen.globalAlpha = 1;
    pen.strokeStyle = theme.soft;
    pen.lineWidth = 2;
    pen.beginPath();
    for (const way of [-1, 1]) {
      pen.moveTo(cx - 0.32 * size, cy - way * 0.32 * size);
      pen.lineTo(cx + 0.32 * size, cy + way * 0.32 * size);
    }
    pen.stroke();
  }

  const canvas = stage.canvas({
    label,
    draw,
    cursor: {
      at(px, py) {
        if (!layout) return null;
        let best = null, nearest = 9;
        const { size, x, y } = layout;
        if (choose || pointed) told.columns.forEach((column, at) => column.shown.forEach((unit, row) => {
          if ((at || pointed) && unit !== null && Math.max(Math.abs(px - x(at)), Math.abs(py - y(at, row))) <= size / 2) best = { layer: at, row, unit };
        }));
        if (best) return best;
        layout.curves.forEach((curve, index) => {
          if (px < curve.x0 || px > curve.x1) return;
          const away = Math.abs(bezier(curve, (px - curve.x0) / (curve.x1 - curve.x0))[1] - py);
          if (away < nearest) [nearest, best] = [away, { index }];
        });
        return best;
      },
      move(place, dx, dy) {
        const all = stops();
        const start = all.findIndex((stop) => stop.index === 0);
        if (start < 0) return null;
        const now = all.findIndex((stop) => place && stop.index === place.index && stop.layer === place.layer && stop.row === place.row);
        if (now < 0) return all[start];
        if (dy) return all[Math.min(all.length - 1, Math.max(0, now + dy))];
        return all.find((stop) => into(stop) === into(all[now]) + dx) ?? all[now];
      },
      tell(place) {
        const { index, layer, row, unit } = place;
        if (unit !== undefined) {
          const bias = links[layer - 1]?.bias?.[row];
          return bias === undefined ? named(layer, unit) : `bias[${unit}] = ${signed(bias, 4)} (layer ${layer})`;
        }
        const curve = layout.curves[index];
        if (!curve) return "";
        return `${curve.name}[${curve.unit}, ${curve.source}] = ${signed(curve.value, 4)} (layer ${curve.layer + 1})`;
      },
      chosen: pointed && ((place) => {
        const curve = layout?.curves[place?.index];
        if (curve) pointed({ kind: "edges", column: curve.layer + 1, unit: curve.unit, source: curve.source });
        else pointed(place ? { kind: "units", column: place.layer, unit: place.unit } : null);
      }),
    },
  });

  // Where the arrow keys go: block by block the weights that lead to it, then its units.
  function stops() {
    if (!layout) return [];
    const units = (at) => told.columns[at].shown.map((unit, row) => ({ layer: at, row, unit })).filter(({ unit }) => unit !== null);
    const edges = layout.curves.map((curve, index) => ({ index }));
    if (!choose && !pointed) return edges;
    return told.columns.flatMap((_, at) => [...edges.filter(({ index }) => layout.curves[index].layer === at - 1), ...(at || pointed ? units(at) : [])]);
  }
  const into = (stop) => stop.layer ?? layout.curves[stop.index].layer + 1;
  const named = (at, unit) => (at ? `unit ${unit} of block ${at}` : told.columns[0].names?.[unit] ?? `input ${unit}`);

  const chosen = (event) => {
    const { index, layer, unit } = canvas.place ?? {};
    const curve = layout?.curves[index];
    const byKeys = event.type === "keydown";
    if (unit !== undefined && layer) choose([layer, unit, null], byKeys);
    else if (curve) choose([curve.layer + 1, curve.unit, curve.source], byKeys);
    else choose(null, byKeys);
  };
  if (choose) {
    stage.on(canvas.node, "click", chosen);
    stage.on(canvas.node, "keydown", (event) => { if (event.key === "Enter") chosen(event); });
  }
  canvas.named = named;
  canvas.trace = (places) => {
    if (JSON.stringify(places) === JSON.stringify(traced)) return;
    traced = places;
    canvas.redraw();
  };
  canvas.light = (places) => {
    if (JSON.stringify(places) === JSON.stringify(lit)) return;
    lit = places;
    canvas.redraw();
  };
  canvas.show = (view) => {
    told = view;
    drawnTheme = null;
    links = view.links.map((link) => ({ name: link.name, shape: link.weights.shape, scale: link.scale,
      weights: numbers(link.weights), bias: link.bias && numbers(link.bias) }));
  };
  return canvas;
}

// The maps of a column's units, one below the other.
function pictures(column, theme, reuse) {
  if (!column.maps) return null;
  const [count, rows, columns] = column.maps.shape;
  return mapImage(theme, numbers(column.maps), columns, rows, 0.85, { count, reuse: reuse ?? undefined });
}

// Is this weight among the lit ones?
function isMeant({ kind, column, unit, source }, curve) {
  return kind === "edges" && column === curve.layer + 1 && (unit ?? curve.unit) === curve.unit && (source ?? curve.source) === curve.source;
}

function halo(pen, curve, theme) {
  pen.strokeStyle = theme.accent;
  pen.globalAlpha = 0.35;
  pen.lineWidth = 8 + 4.5 * curve.strength;
  pen.beginPath();
  wirePath(pen, curve);
  pen.stroke();
  pen.globalAlpha = 1;
}

// The curve leaves and arrives level. x is linear in t, so that a pointer's x gives its t.
export function bezier({ x0, y0, x1, y1 }, t) {
  const bend = t * t * (3 - 2 * t);
  return [x0 + (x1 - x0) * t, y0 + (y1 - y0) * bend];
}

function stroke(pen, curve, theme, alpha, extra) {
  pen.beginPath();
  wirePath(pen, curve);
  pen.lineWidth = 0.7 + 4.5 * curve.strength + extra;
  pen.strokeStyle = curve.value < 0 ? theme.negative : theme.positive;
  pen.globalAlpha = alpha * (0.35 + 0.65 * curve.strength);
  pen.setLineDash(curve.value < 0 ? [7, 5] : []);
  pen.stroke();
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

function wirePath(pen, { x0, y0, x1, y1 }) {
  const third = (x1 - x0) / 3;
  pen.moveTo(x0, y0);
  pen.bezierCurveTo(x0 + third, y0, x1 - third, y1, x1, y1);
}
