// What runs along the weights at a moment: packets forward, the gradient back, and how far each weight is moved.
// A disc is positive, a diamond negative; the size is that of the number. They run once, and then stay half way.
import { numbers } from "../stage/arrived.js";
import { fillStroke, shape } from "../stage/pen.js";
import { along, bezier } from "../stage/wires.js";
import { speedOver } from "./speed.js";

const [LASTS, PACE] = [900, 30]; // ms: how long it runs, and from picture to picture, which leaves room for the next press
const FLOWING = {
  forward: "→ weight × input of example ",
  back: "← weight × gradient of example ",
  gradients: "each weight's gradient, the mean over all",
  update: "added to each weight: ▲ more, ▼ less",
  speed: "← the faster, the larger the gradient",
};

export function flowOver(stage) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const speed = speedOver();
  let flow = null, amounts, key = "", began = -Infinity;

  function over(pen, theme, layout) {
    speed.over(pen, theme, layout);
    if (!flow) return;
    const part = still.matches ? 1 : Math.min(1, (performance.now() - began) / LASTS);
    const columns = flow.amounts.shape[1];
    for (const curve of layout.curves) {
      if (curve.layer !== flow.link) continue;
      const amount = amounts[curve.row * columns + curve.column];
      const size = Math.min(1, Math.abs(amount) / 127);
      if (!(size > 0.02)) continue;
      pen.fillStyle = pen.strokeStyle = amount < 0 ? theme.negative : theme.positive;
      if (flow.kind === "update") swell(pen, curve, size, amount < 0, part, theme);
      else packet(pen, curve, size, amount < 0, part, theme);
    }
  }

  // Half of the way is gone at the end, so that what ran is still to be seen and read off.
  function packet(pen, curve, size, isNegative, part, theme) {
    const way = part < 1 ? part : 0.5;
    const [x, y] = bezier(curve, flow.kind === "forward" ? way : 1 - way);
    const radius = 2 + 5 * Math.sqrt(size);
    shape(pen, x, y, radius, isNegative ? 4 : 0);
    fillStroke(pen, pen.fillStyle, theme.paper, 1.2);
  }

  function swell(pen, curve, size, isLess, part, theme) {
    const beat = Math.sin(Math.PI * part);
    pen.globalAlpha = 0.5 * beat;
    pen.lineWidth = 2 + 14 * size * beat;
    along(pen, curve);
    pen.globalAlpha = 1;
    const [x, y] = bezier(curve, 0.5);
    const [half, up] = [3 + 4 * Math.sqrt(size), isLess ? 1 : -1];
    pen.beginPath();
    pen.moveTo(x, y + up * half);
    pen.lineTo(x + half, y - up * half);
    pen.lineTo(x - half, y - up * half);
    pen.closePath();
    fillStroke(pen, pen.fillStyle, theme.paper, 1.2);
  }

  // What runs is shown; the words for it are given back.
  const show = (told, diagram, example) => {
    const isRace = told?.kind === "speed", named = ["forward", "back"].includes(told?.kind) ? example : "";
    const words = isRace && still.matches ? "" : (FLOWING[told?.kind] ?? "") + named;
    speed.show(words && isRace ? told.amounts : null);
    draw(isRace ? null : told, diagram);
    return words;
  };

  const draw = (told, diagram) => {
    flow = told;
    amounts = told && numbers(told.amounts);
    const now = told ? told.key.join() : "";
    if (now === key) return;
    key = now;
    if (!told || still.matches) return;
    began = performance.now();
    let drawn = -Infinity;
    const run = (time) => {
      if (stage.ended || key !== now) return;
      if (time - drawn >= PACE) {
        diagram.redraw();
        drawn = time;
      }
      if (time - began < LASTS + 2 * PACE) requestAnimationFrame(run);
    };
    requestAnimationFrame(run);
  };
  return { over, show };
}
