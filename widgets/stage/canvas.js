// A canvas that follows its box, the screen's density and the theme. With `cursor` ({at, move, tell, chosen}) the pointer and
// the arrow keys choose a place in it, `tell` says in words what is there, and `chosen` hears of it. What is in `drawn`
// is called after each drawing.
import { arrow, h, put, write } from "./elements.js";

export function canvasOn(stage, { label, draw, cursor, ...rest }) {
  const node = h("canvas", { class: "nn-canvas", role: cursor ? "application" : "img", "aria-label": label, ...rest });
  const canvas = { node, place: null, drawn: [], readout: h("output", { class: "nn-readout" }) };
  canvas.redraw = (width = node.clientWidth, height = node.clientHeight) => {
    if (!width || !height) return;
    const ratio = window.devicePixelRatio || 1;
    const [w, t] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (node.width !== w || node.height !== t) [node.width, node.height] = [w, t];
    const pen = node.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    draw(pen, width, height, stage.theme, canvas.place);
    if (canvas.place && cursor) say(cursor.tell(canvas.place) ?? "");
    for (const act of canvas.drawn) act();
  };
  const say = (text) => {
    write(canvas.readout, text);
    put(canvas.readout, { title: text }); // where it has no room it ends in an ellipsis
  };
  if (!cursor) return canvas;
  node.tabIndex = 0;
  node.setAttribute("aria-roledescription", "picture, arrow keys move");
  const go = (place) => {
    canvas.place = place;
    if (!place) say("");
    canvas.redraw();
    cursor.chosen?.(place);
  };
  const follow = (event) => go(cursor.at(event.offsetX, event.offsetY, node.clientWidth, node.clientHeight));
  stage.on(node, "pointermove", follow);
  stage.on(node, "pointerdown", (event) => { if (event.pointerType === "touch") follow(event); }); // a finger does not hover,
  stage.on(node, "pointerleave", (event) => { if (event.pointerType !== "touch") go(null); }); // and what it has tapped stays
  stage.on(node, "blur", () => go(null));
  stage.on(node, "keydown", (event) => {
    const step = arrow(event);
    if (!step) return;
    event.preventDefault();
    go(cursor.move(canvas.place, ...step));
  });
  return canvas;
}
