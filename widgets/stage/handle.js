// A handle: a point over a picture that the pointer drags and the arrow keys move. It is a button, so it can be reached
// with Tab, and its label says what it does. What a move means is for Python to say.
import { arrow, h, put } from "./elements.js";
import { within } from "./figures.js";

// A box that holds a canvas and the handles over it.
export const over = (canvas, ...handles) => h("div", { class: "nn-over" }, canvas.node, ...handles.map(({ node }) => node));

// It stands over the canvas `on` where `place()` says after each drawing: [x, y] in pixels; without a place it is hidden. Without
// a canvas it stands where its style sheet says.
// `drag({x, y, dx, dy})`: where the pointer is in the box, and how far it has come. `nudge(dx, dy)`: an arrow key; with
// Shift, ten times as far. `grab()`: before a drag.
export function handle(stage, { label, kind = "round", on, place: stands, drag, nudge, grab }) {
  const node = h("button", { type: "button", class: `nn-handle nn-handle-${kind}`, "aria-label": label, title: label, hidden: Boolean(on) });
  let start = null;
  const place = (event) => {
    const box = node.parentElement.getBoundingClientRect();
    const scale = box.width / node.parentElement.clientWidth || 1;
    return [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale];
  };
  stage.on(node, "pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    node.focus();
    node.setPointerCapture(event.pointerId);
    start = event;
    grab?.();
  });
  stage.on(node, "pointermove", (event) => {
    if (!start) return;
    const [[x, y], [x0, y0]] = [event, start].map(place); // its box may have moved in between
    drag({ x, y, dx: x - x0, dy: y - y0 });
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) stage.on(node, end, () => { start = null; });
  stage.on(node, "keydown", (event) => {
    const step = arrow(event);
    if (!step) return;
    event.preventDefault();
    const size = event.shiftKey ? 10 : 1;
    nudge(step[0] * size, step[1] * size);
  });
  on?.drawn.push(() => {
    const [x, y] = (stage.view && stands()) ?? [NaN, NaN];
    const [width, height] = [node.parentElement?.clientWidth ?? 0, node.parentElement?.clientHeight ?? 0];
    put(node, { hidden: !Number.isFinite(x) || !Number.isFinite(y) });
    if (node.hidden) return;
    node.style.left = `${within(x, [6, width - 6])}px`; // kept inside the box
    node.style.top = `${within(y, [6, height - 6])}px`;
  });
  return {
    node,
    say(text) {
      node.setAttribute("aria-label", text);
      node.title = text;
    },
  };
}
