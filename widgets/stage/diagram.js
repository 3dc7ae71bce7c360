// The network's diagram: a column for each layer, its units as small maps or discs, its weights as curves.
import { numbers } from "./arrived.js";
import { signed, within } from "./figures.js";
import { mapImage } from "./maps.js";
import { disc, fillStroke, ring, roundBox, shape, strokeLine, words } from "./pen.js";
import { bezier, haloWire, isMeant, strokeWire } from "./wires.js";

const NAMES_WIDE = 0.2; // of the picture's width, at most, for the names of the inputs
const MANY = 400, WEAK = 0.35; // of more weights than that, the weak ones are not drawn
const NUMBER = 24; // pixels that a unit needs to have its number in it
const NAMED = 14; // pixels from one unit to the next, where a name stands beside it

// view.diagram: {columns: [{title, units, shown, maps, size, names, numbers}], links: [{layer, weights, bias, scale}], active}
// `choose([layer, unit, input], byKeys)`: a weight, or with input null a bias, was clicked, or Enter was pressed on it; null: nothing was.
// `pointed(place)`: the pointer or the keys are on {kind, column, unit, source}: "edges" that lead to a column, or "units".
// `over(pen, theme, layout)` draws on top of the weights. `light(places)` shows such places, of "biases" too; without unit or source all of them. `trace(places)` does so for good.
export function networkDiagram(stage, label, { choose, pointed, over }) {
  let told = null, images = [], links = [], drawnTheme, layout = null, lit = [], traced = [];

  function arrange(pen, width, height, theme) {
    const count = told.columns.length;
    const most = Math.max(...told.columns.map((column) => column.shown.length));
    const [top, bottom] = [44, 26];
    const pitch = Math.min(84, (height - top - bottom) / most);
    const size = Math.max(10, Math.min(54, pitch - (pitch < 40 ? 4 : 9)));
    pen.font = `12px ${theme.font}`;
    const widest = Math.max(0, ...(told.columns[0].names ?? []).map((name) => pen.measureText(name).width));
    const side = Math.max(12, Math.min(30, 0.07 * width));
    const right = size / 2 + side, left = size / 2 + Math.max(side, Math.min(widest + 12, NAMES_WIDE * width));
    const x = (column) => left + ((width - left - right) * column) / (count - 1);
    const apart = x(1) - x(0), half = told.columns[1].isHeaded && apart < 124 ? apart - (apart < 68 ? 18 : 34) : apart / 2; // beside small buttons there is more
    const room = (column) => (column % (count - 1) ? apart : half + Math.min(half, column ? right : left)) - 6; // of what is written above it
    const y = (column, row) => {
      const rows = told.columns[column].shown.length;
      return top + (height - top - bottom) / 2 + (row - (rows - 1) / 2) * Math.max(pitch, Math.min(NAMED, (height - top - bottom) / rows));
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
    layout = { size, pitch, x, y, room, curves, width, height };
  }

  function draw(pen, width, height, theme, place) {
    if (!told) return;
    arrange(pen, width, height, theme);
    if (drawnTheme !== theme) images = told.columns.map((column, at) => pictures(column, theme, images[at]));
    drawnTheme = theme;
    const { curves } = layout;
    const { active } = told;
    if (active) highlight(pen, theme, active, height);
    for (const curve of curves) {
      if (told.columns[curve.layer].dropped?.[curve.column] || told.columns[curve.layer + 1].dropped?.[curve.row]) continue;
      if (curves.length > MANY && curve.strength < WEAK) continue;
      const isActive = !active || active.wires === curve.layer;
      if (marked().some((one) => isMeant(one, curve))) haloWire(pen, curve, theme);
      strokeWire(pen, curve, theme, isActive ? 0.95 : 0.4, 0);
    }
    told.columns.forEach((column, at) => {
      column.shown.forEach((unit, row) => node(pen, theme, at, row, unit));
      column.shown.forEach((unit, row) => column.dropped?.[row] && cross(pen, theme, at, row));
      if (column.isHeaded) return; // its head stands over the picture, with buttons
      head(pen, theme, column.title, at, 16, "600 12px", theme.ink);
      head(pen, theme, column.subtitle, at, 31, "11px", theme.soft);
    });
    over(pen, theme, layout);
    if (place?.unit !== undefined && told.columns[place.layer]?.shown[place.row] === place.unit) {
      frame(pen, theme, place.layer, place.row);
      const value = told.columns[place.layer].numbers?.[place.row]; // in a small unit it is written where one points
      if (value !== undefined && layout.size < NUMBER) tag(pen, theme, value, layout.x(place.layer), layout.y(place.layer, place.row) - layout.size / 2 - 16);
    }
    const alone = curves.filter((curve) => lit.some((one) => isMeant(one, curve)));
    const curve = (place && curves[place.index]) ?? (alone.length === 1 ? alone[0] : null);
    if (curve) {
      if (curve !== alone[0]) strokeWire(pen, curve, theme, 1, 2.5);
      const [mx, my] = bezier(curve, 0.5);
      tag(pen, theme, curve.value, mx, my);
    }
  }

  // A text over a column: within the picture, if not over its middle.
  function head(pen, theme, text, at, y, font, colour) {
    pen.font = `${font} ${theme.font}`;
    const half = Math.min(layout.room(at), pen.measureText(text).width) / 2;
    words(pen, theme, text, within(layout.x(at), [half, layout.width - half]), y, { font, colour, base: "alphabetic", room: layout.room(at) });
  }

  // A number that stands over the picture, where the pointer or the keys are.
  function tag(pen, theme, value, x, y) {
    const text = (value < 0 ? "" : "+") + signed(value), font = "600 12px";
    pen.font = `${font} ${theme.code}`;
    const wide = pen.measureText(text).width + 14;
    roundBox(pen, x - wide / 2, y - 12, wide, 22, 6);
    fillStroke(pen, theme.paper, value < 0 ? theme.negative : theme.positive, 1.5);
    words(pen, theme, text, x, y, { font, face: theme.code });
  }

  const marked = () => [...lit, ...traced];

  function highlight(pen, theme, active, height) {
    const { x, size } = layout;
    const isUnits = active.wires === null;
    const from = isUnits ? x(active.column) - size / 2 - 9 : x(active.wires) + size / 2 + 2;
    const to = isUnits ? x(active.column) + size / 2 + 9 : x(active.column) - size / 2 - 2;
    pen.fillStyle = `rgb(${theme.accentChannels.join(" ")} / 0.10)`;
    roundBox(pen, from, 40, to - from, height - 44, 10);
    pen.fill();
    words(pen, theme, active.sign, (from + to) / 2, height - 10, { font: "600 12px", colour: theme.accent, base: "alphabetic" });
  }

  function node(pen, theme, at, row, unit) {
    const { x, y, size } = layout;
    const [cx, cy] = [x(at), y(at, row)];
    if (unit === null) {
      pen.fillStyle = theme.soft;
      for (const shift of [-6, 0, 6]) {
        shape(pen, cx, cy + shift, 1.8);
        pen.fill();
      }
      return;
    }
    const column = told.columns[at];
    roundBox(pen, cx - size / 2, cy - size / 2, size, size, Math.min(7, size / 4));
    pen.save();
    pen.fillStyle = theme.paper;
    pen.fill();
    pen.clip();
    const [, tall, wide] = column.maps.shape;
    pen.drawImage(images[at], 0, row * tall, wide, tall, cx - size / 2, cy - size / 2, size, size);
    pen.restore();
    pen.strokeStyle = told.active?.column === at ? theme.accent : theme.line;
    pen.lineWidth = told.active?.column === at ? 2 : 1.2;
    pen.stroke();
    if (column.numbers && size >= NUMBER) {
      const text = signed(column.numbers[row], 2), font = "600 11px";
      pen.font = `${font} ${theme.code}`;
      const wide = pen.measureText(text).width + 6;
      pen.fillStyle = theme.paper;
      pen.fillRect(cx - wide / 2, cy - 7, wide, 15);
      words(pen, theme, text, cx, cy + 1, { font, face: theme.code });
    }
    const isMarked = (kind) => marked().some((one) => one.kind === kind && one.column === at && (one.unit ?? unit) === unit);
    if (isMarked("units")) frame(pen, theme, at, row);
    if (at && at === stage.frame?.failure?.block) fail(pen, theme, cx, cy, size);
    const bias = links[at - 1]?.bias?.[row];
    if (bias !== undefined && size > 16) {
      const radius = 2.5 + 2.5 * Math.min(1, Math.abs(bias) / links[at - 1].scale);
      const [fill, border, width] = bias < 0 ? [theme.paper, theme.negative, 2] : [theme.positive, theme.paper, 1];
      disc(pen, cx - size / 2, cy + size / 2, radius, fill, border, width);
      if (isMarked("biases")) ring(pen, cx - size / 2, cy + size / 2, radius + 4, theme.accent, 3);
    }
    if (column.names) words(pen, theme, column.names[row], cx - size / 2 - 7, cy, { font: "12px", align: "right", room: cx - size / 2 - 9 });
  }

  function frame(pen, theme, at, row) {
    const [half, x, y] = [layout.size / 2 + 4, layout.x(at), layout.y(at, row)];
    roundBox(pen, x - half, y - half, 2 * half, 2 * half, 9);
    pen.strokeStyle = theme.accent;
    pen.lineWidth = 3;
    pen.stroke();
  }

  // A unit of the layer whose code has failed.
  function fail(pen, theme, cx, cy, size) {
    roundBox(pen, cx - size / 2, cy - size / 2, size, size, Math.min(7, size / 4));
    pen.globalAlpha = 0.45;
    pen.fillStyle = theme.alert;
    pen.fill();
    pen.globalAlpha = 1;
    pen.strokeStyle = theme.alert;
    pen.lineWidth = 3;
    pen.stroke();
    words(pen, theme, "!", cx, cy, { font: "700 14px", colour: theme.alert, halo: 4 });
  }

  // A unit that dropout has left out: covered and crossed, as high as the room to the next one is.
  function cross(pen, theme, at, row) {
    const { size, pitch, x, y } = layout;
    const [cx, cy, high] = [x(at), y(at, row), Math.min(size, pitch) - 2];
    pen.globalAlpha = 0.75;
    pen.fillStyle = theme.paper;
    pen.fillRect(cx - size / 2 + 1, cy - high / 2, size - 2, high);
    pen.globalAlpha = 1;
    const [across, up] = [0.32 * size, Math.min(0.32 * size, high / 2)];
    for (const way of [-up, up]) strokeLine(pen, theme.soft, size < 16 ? 1.5 : 2, [[cx - across, cy - way], [cx + across, cy + way]]);
  }

  const canvas = stage.canvas({
    label,
    draw,
    cursor: {
      at(px, py) {
        if (!layout) return null;
        let best = null, nearest = 9;
        const { size, x, y } = layout;
        told.columns.forEach((column, at) => column.shown.forEach((unit, row) => {
          if (unit !== null && Math.max(Math.abs(px - x(at)), Math.abs(py - y(at, row))) <= size / 2) best = { layer: at, row, unit };
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
        if (dy) return all[within(now + dy, [0, all.length - 1])];
        return all.find((stop) => into(stop) === into(all[now]) + dx) ?? all[now];
      },
      tell(place) {
        const { index, layer, row, unit } = place;
        if (unit !== undefined) {
          const bias = links[layer - 1]?.bias?.[row], value = told.columns[layer].numbers?.[row];
          const holds = value === undefined ? "" : `${named(layer, unit)} has ${signed(value, 4)}`;
          return bias === undefined ? holds || named(layer, unit) : [holds, `bias[${unit}] = ${signed(bias, 4)} (layer ${layer})`].filter(Boolean).join(", ");
        }
        const curve = layout.curves[index];
        if (!curve) return "";
        return `${curve.name}[${curve.unit}, ${curve.source}] = ${signed(curve.value, 4)} (layer ${curve.layer + 1})`;
      },
      chosen(place) {
        const { title, subtitle, names } = told?.columns[place?.layer] ?? {};
        canvas.node.title = names?.[place.unit] ?? [title, subtitle].filter(Boolean).join(", "); // what may be shortened above it
        const curve = layout?.curves[place?.index];
        if (curve) pointed({ kind: "edges", column: curve.layer + 1, unit: curve.unit, source: curve.source });
        else pointed(place ? { kind: "units", column: place.layer, unit: place.unit } : null);
      },
    },
  });

  // Where the arrow keys go: layer by layer the weights that lead to it, then its units.
  function stops() {
    if (!layout) return [];
    const units = (at) => told.columns[at].shown.map((unit, row) => ({ layer: at, row, unit })).filter(({ unit }) => unit !== null);
    const edges = layout.curves.map((curve, index) => ({ index }));
    return told.columns.flatMap((_, at) => [...edges.filter(({ index }) => layout.curves[index].layer === at - 1), ...units(at)]);
  }
  const into = (stop) => stop.layer ?? layout.curves[stop.index].layer + 1;
  const named = (at, unit) => (at ? `unit ${unit} of layer ${at}` : told.columns[0].names?.[unit] ?? `input ${unit}`);

  stage.onChoice(canvas.node, (event) => {
    const { index, layer, unit } = canvas.place ?? {};
    const curve = layout?.curves[index];
    const byKeys = event.type === "keydown";
    if (unit !== undefined && layer) choose([layer, unit, null], byKeys);
    else if (curve) choose([curve.layer + 1, curve.unit, curve.source], byKeys);
    else choose(null, byKeys);
  });
  canvas.named = named;
  const mark = (before, places, keep) => {
    if (JSON.stringify(places) === JSON.stringify(before)) return;
    keep(places);
    canvas.redraw();
  };
  canvas.trace = (places) => mark(traced, places, (now) => { traced = now; });
  canvas.light = (places) => mark(lit, places, (now) => { lit = now; });
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
  const [count, rows, columns] = column.maps.shape;
  return mapImage(theme, numbers(column.maps), columns, rows, 0.85, { count, reuse });
}
