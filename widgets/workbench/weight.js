// One weight or bias, edited where it is in the network's picture: its name, a slider, the number to type, its gradient.
import { h, put, write } from "../stage/elements.js";
import { plain } from "../stage/fields.js";
import { held, onTyped } from "../stage/held.js";
import { nice, signed } from "../stage/figures.js";
import { disc } from "../stage/pen.js";
import { bezier } from "../stage/wires.js";

const HALF = 200; // steps of the slider to either side of 0

export function weightEditor(stage, focusBack) {
  let told = null, isOpen = false, reach = 1, key = "", wanted = "", inHand = false;
  const name = h("strong");
  const range = h("input", { type: "range", class: "nn-range", min: -HALF, max: HALF, step: 1, "aria-label": "Its value, slider" });
  const value = h("input", { type: "number", step: "any", class: "nn-number", "aria-label": "Its value" });
  const then = h("span", { class: "nn-note" }), gradient = h("span", { class: "nn-note" });
  const shut = stage.smallButton("×", "Close", () => leave());
  const node = h("div", { class: "nn-weight", role: "group", "aria-label": "One weight or bias", hidden: true },
    h("div", {}, name, shut), h("div", {}, range, value), h("div", {}, then), gradient);
  const fill = () => range.style.setProperty("--nn-filled", `${50 + (50 * range.value) / HALF}%`);
  stage.on(range, "input", () => {
    const number = Number(((reach * range.value) / HALF).toPrecision(3));
    value.value = number;
    fill();
    stage.aim("value", number);
  });
  const along = (number) => {
    if (Math.abs(number) > reach) reach = nice(Math.max(1, 2 * Math.abs(number)));
    range.value = Math.round((HALF * number) / reach);
    fill();
  };
  onTyped(stage, value, (typed) => {
    if (typed === "") return;
    along(Number(typed));
    stage.aim("value", Number(typed));
  });
  const showValue = held(stage, "value", value, (number) => {
    value.value = plain(number);
    along(number);
    range.setAttribute("aria-valuetext", signed(number));
  });
  // Whether there was something to close.
  function close() {
    const was = isOpen;
    isOpen = false;
    node.hidden = true;
    return was;
  }
  const leave = () => { close(); focusBack(); };
  stage.on(node, "keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    leave();
  });

  return {
    node,
    close,
    // Open for what has been chosen; by keyboard, with the slider in hand.
    open(place, byKeys) {
      [isOpen, wanted, key, inHand] = [true, place.join(), "", byKeys];
    },
    show(chosen, locked, isThere) {
      told = chosen;
      put(node, { hidden: !isOpen || !isThere });
      if (node.hidden) return;
      const now = [told.layer, told.unit, told.input].join();
      if (wanted && now !== wanted) return; // the frame is of before the click
      if (now !== key) [key, wanted, reach] = [now, "", 0];
      if (inHand) range.focus({ preventScroll: true });
      inHand = false;
      write(name, `${told.input === null ? `bias[${told.unit}]` : `weights[${told.unit}, ${told.input}]`} of layer ${told.layer}`);
      write(gradient, told.gradient === null ? "no gradient yet" : `its last gradient: ${signed(told.gradient, 5)}`);
      range.disabled = value.disabled = locked;
      showValue(told.value);
    },
    // At the middle of its line, marked there; of a weight that is not drawn, in the middle between its layers.
    place(pen, theme, layout, columns) {
      if (node.hidden || !told) return;
      const { curves, x, y, size, height } = layout;
      const { layer, unit, input } = told;
      const curve = curves.find((one) => one.layer === layer - 1 && one.unit === unit && one.source === input);
      const row = columns[layer].shown.indexOf(unit);
      const drawn = curve?.name === "weights" ? signed(curve.value, 4) : ""; // a moment shows what was before it
      write(then, drawn && drawn !== signed(told.value, 4) ? `in the moment shown: ${drawn}` : "");
      let [px, py] = curve ? bezier(curve, 0.5) : [(x(layer - 1) + x(layer)) / 2, height / 2];
      if (input === null && row >= 0) [px, py] = [x(layer) - size / 2, y(layer, row) + size / 2];
      disc(pen, px, py, 6, theme.paper, theme.accent, 3);
      const [left, top] = free(layout, columns, [px, py], [node.offsetWidth, node.offsetHeight], told);
      node.style.left = `${left}px`;
      node.style.top = `${top}px`;
    },
  };
}

// Where a box of this size stands near a place and covers as few units as it can; the two at the ends of the weight last of all.
function free({ x, y, size, width, height }, columns, [px, py], [wide, tall], { layer, unit, input }) {
  const units = columns.flatMap((column, at) => column.shown.map((one, row) => {
    const isEnd = (at === layer && one === unit) || (at === layer - 1 && one === input);
    const left = at === 0 ? 0 : x(at) - size / 2; // an input's name stands to its left
    return { left, right: x(at) + size / 2, top: y(at, row) - size / 2, bottom: y(at, row) + size / 2, cost: isEnd ? 1e4 : 300 };
  }));
  const inside = (value, most) => Math.max(2, Math.min(most - 2, value));
  const lefts = [px - wide / 2, x(layer) + size / 2 + 8, x(layer - 1) - size / 2 - 8 - wide, x(layer - 1) + size / 2 + 8];
  const tops = [py + 12, py - 12 - tall, height, 0];
  const places = lefts.flatMap((left) => tops.map((top) => [inside(left, width - wide), inside(top, height - tall)]));
  const cost = ([left, top]) => {
    const covers = (one) => one.left < left + wide && one.right > left && one.top < top + tall && one.bottom > top;
    const onIt = left < px + 8 && left + wide > px - 8 && top < py + 8 && top + tall > py - 8;
    const away = Math.hypot(left + wide / 2 - px, top + tall / 2 - py);
    return units.filter(covers).reduce((sum, one) => sum + one.cost, away) + (onIt ? 2000 : 0);
  };
  return places.map((place) => [cost(place), place]).sort(([one], [other]) => one - other)[0][1];
}
