// DigitExplorer: a sheet to draw on, what the network sees of it, its answer, every layer, and its mistakes.
import { numbers } from "../stage/arrived.js";
import { each, h, headed, rebuild, write } from "../stage/elements.js";
import { fields } from "../stage/fields.js";
import { within } from "../stage/figures.js";
import { painted, pixel } from "../stage/maps.js";
import { termsRow } from "../stage/matrix.js";
import { ring, words } from "../stage/pen.js";
import { mount } from "../stage/stage.js";
import { shade } from "../stage/theme.js";

export default mount("nn-digit-explorer", (stage) => {
  const sheet = drawingSheet(stage);
  const seen = pixels(stage, "What the network sees: the drawing, centred and scaled");
  const confusion = confusionPlot(stage);
  const source = h("span", { class: "nn-legend" });
  const bars = h("ol", { class: "nn-bars", "aria-label": "The probability of each digit" });
  const layers = termsRow(stage);
  const about = h("span", { class: "nn-legend" });
  const gallery = h("ul", { class: "nn-gallery", "aria-label": "Test images; a press loads one" });
  const more = stage.tabbed(
    stage.panel("Layers", h("span", { class: "nn-legend", text: "what each makes of it; one square a unit: blue above 0, orange below" }),
      stage.scrolling("What each layer makes of it", layers.node)),
    stage.panel("Confusion", h("span", { class: "nn-legend", text: "all test images; press a field to see its images" }),
      confusion.node, confusion.readout),
    stage.panel("Mistakes", h("div", { class: "nn-transport" }, ...fields(stage, ["digit", "answer"])), about,
      stage.scrolling("Test images", gallery)));

  stage.body.append(
    stage.panes(
      stage.panel("Sheet", headed("Draw a digit",
        photograph(stage, sheet.node),
        stage.button("clear", "Clear", { symbol: "reset", hint: "An empty sheet" })), sheet.node, sheet.readout,
        h("div", { class: "nn-pen" }, ...fields(stage, ["width", "fit"]))),
      stage.panel("Answer", headed("What the network sees", source), seen.node,
        h("h3", { text: "What it says" }), bars),
      stage.panel("Inside and test", more)),
    stage.narration);
  stage.onChoice(confusion.node, () => more.open(2));

  return (view) => {
    sheet.show(view.ink);
    seen.show(view.seen);
    write(source, view.source);
    showBars(bars, view);
    layers.show(view.layers);
    confusion.show(view.confusion);
    write(about, view.images.about);
    showImages(stage, gallery, view.images, view.seen.shape[0]);
  };
}, { fit: true });

// A button for a photograph, which may also be dropped on the sheet; the kernel reads it, here it is only made small.
function photograph(stage, sheet) {
  const take = async (chosen) => { if (chosen) stage.press("photograph", await small(chosen)); };
  stage.on(sheet, "dragover", (event) => event.preventDefault());
  stage.on(sheet, "drop", (event) => { event.preventDefault(); take(event.dataTransfer.files[0]); });
  return stage.fileButton("Photograph", "image/*", take, "A picture of a digit, PNG or JPEG; it may also be dropped on the sheet");
}

// At most 448 pixels wide and high, as PNG in base64; nothing for what no browser can read.
async function small(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, 448 / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(Math.max(1, picture.width * scale), Math.max(1, picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  } catch {
    return "";
  }
}

function showBars(list, { probabilities, best }) {
  const another = (k) => h("li", {}, h("span", { class: "nn-digit", text: String(k) }),
    h("span", { class: "nn-bar-track", "aria-hidden": "true" }, h("span", { class: "nn-bar-fill" })), h("span", { class: "nn-share" }));
  each(list, probabilities, another, (row, probability, k) => {
    row.classList.toggle("nn-best", k === best);
    row.children[1].firstChild.style.width = `${100 * Math.min(1, Math.max(0, probability))}%`;
    write(row.lastChild, probability >= 0.9995 && probability < 1 ? ">0.999" : probability.toFixed(3));
  });
}

// Ink 0 … 1 as a picture of side × side pixels, in the theme's own ink.
function inkImage(theme, ink, side, most = 1) {
  const [from, to] = [theme.middleChannels, theme.inkChannels];
  return painted(side, side, (pixels) => ink.forEach((value, k) => {
    pixels[k] = pixel(from.map((one, c) => Math.round(one + (to[c] - one) * within(value / most, [0, 1]))));
  }));
}

// A square picture of pixels. `over` draws on top.
function pixels(stage, label, { over, cursor } = {}) {
  let ink = null, side = 1;
  const box = (width, height) => {
    const size = Math.min(width, height);
    return { left: (width - size) / 2, top: (height - size) / 2, size };
  };
  const canvas = stage.canvas({
    label, cursor,
    draw(pen, width, height, theme, place) {
      if (!ink) return;
      const { left, top, size } = box(width, height);
      pen.imageSmoothingEnabled = false;
      pen.drawImage(inkImage(theme, ink, side), left, top, size, size);
      over?.(pen, { left, top, size, step: size / side, side }, theme, place);
      pen.strokeStyle = theme.line;
      pen.lineWidth = 1;
      pen.strokeRect(left + 0.5, top + 0.5, size - 1, size - 1);
    },
  });
  canvas.show = (packed) => {
    [ink, side] = [numbers(packed), packed.shape[0]];
  };
  canvas.place = null;
  canvas.side = () => side;
  canvas.ink = (row, column) => ink[row * side + column];
  canvas.grid = (px, py, width = canvas.node.clientWidth, height = canvas.node.clientHeight) => {
    const { left, top, size } = box(width, height);
    return [((px - left) / size) * side, ((py - top) / size) * side];
  };
  return canvas;
}

// The sheet: the pointer draws; with the keyboard the arrow keys move the pen and Space puts it down or lifts it.
function drawingSheet(stage) {
  let isDown = false, drawing = null;
  const stroke = (points) => stage.aim("stroke", [...(stage.pending.get("stroke")?.detail ?? []), ...points]);
  const inside = (value) => within(value, [0.5, sheet.side() - 0.5]);
  const sheet = pixels(stage, "The sheet. The pointer draws. Arrow keys move the pen, Space puts it down or lifts it, Delete clears.", {
    over(pen, { left, top, size, step, side }, theme, place) {
      pen.strokeStyle = theme.faint;
      pen.globalAlpha = 0.5;
      pen.lineWidth = 1;
      pen.beginPath();
      for (let k = 1; k < side; k += 1) {
        pen.moveTo(left + k * step, top);
        pen.lineTo(left + k * step, top + size);
        pen.moveTo(left, top + k * step);
        pen.lineTo(left + size, top + k * step);
      }
      pen.stroke();
      pen.globalAlpha = 1;
      if (place) ring(pen, left + place[0] * step, top + place[1] * step, Math.max(5, step * 0.9), theme.accent, isDown || drawing ? 3 : 1.5);
    },
    cursor: {
      at: (px, py, width, height) => sheet.grid(px, py, width, height).map(inside),
      move(place, dx, dy) {
        const next = place ? [inside(place[0] + dx), inside(place[1] + dy)] : [sheet.side() / 2, sheet.side() / 4];
        if (isDown) stroke([[...next, 1]]);
        return next;
      },
      tell([x, y]) {
        const [row, column] = [Math.floor(y), Math.floor(x)];
        return `row ${row}, column ${column}: ink ${sheet.ink(row, column).toFixed(2)}; the pen is ${isDown || drawing ? "down" : "up"}`;
      },
    },
  });
  const at = (event) => sheet.grid(event.offsetX, event.offsetY);
  stage.on(sheet.node, "pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    sheet.node.focus();
    sheet.node.setPointerCapture(event.pointerId);
    [isDown, drawing] = [false, true];
    stroke([[...at(event), 0]]);
  });
  stage.on(sheet.node, "pointermove", (event) => {
    if (!drawing) return;
    const between = event.getCoalescedEvents?.() ?? [];
    stroke((between.length ? between : [event]).map((one) => [...at(one), 1]));
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) stage.on(sheet.node, end, () => { drawing = null; });
  stage.on(sheet.node, "blur", () => { isDown = false; });
  stage.on(sheet.node, "keydown", (event) => {
    if (event.key === "Delete" || event.key === "Backspace") stage.press("clear");
    else if (event.key === " ") {
      sheet.place ??= [sheet.side() / 2, sheet.side() / 4];
      isDown = !isDown;
      if (isDown) stroke([[...sheet.place, 0]]);
      sheet.redraw();
    } else return;
    event.preventDefault();
  });
  return sheet;
}

// told: {counts: rows of the digits, columns of the answers; chosen: [digit, answer]}
function confusionPlot(stage) {
  let told = null;
  const box = (width, height) => ({ left: 44, top: 36, step: Math.max(1, Math.min(width - 50, height - 42) / told.counts.length) });
  const count = () => told.counts.length;
  const inside = (value) => within(value, [0, count() - 1]);
  const canvas = stage.canvas({
    label: "How often each digit, a row, got each answer, a column. Arrow keys move, Enter lists the images.",
    draw(pen, width, height, theme, place) {
      if (!told) return;
      const { left, top, step } = box(width, height);
      for (let k = 0; k < count(); k += 1) {
        words(pen, theme, String(k), left + (k + 0.5) * step, top - 10, { font: "600 12px", colour: theme.soft });
        words(pen, theme, String(k), left - 12, top + (k + 0.5) * step, { font: "600 12px", colour: theme.soft });
      }
      words(pen, theme, "answer →", left + (step * count()) / 2, 10, { colour: theme.soft });
      pen.save();
      pen.translate(11, top + (step * count()) / 2);
      pen.rotate(-Math.PI / 2);
      words(pen, theme, "← digit", 0, 0, { colour: theme.soft });
      pen.restore();
      const most = Math.max(1, ...told.counts.flatMap((row, digit) => row.filter((_, answer) => answer !== digit)));
      told.counts.forEach((row, digit) => row.forEach((number, answer) => {
        const [x, y] = [left + answer * step, top + digit * step];
        const part = digit === answer ? number / Math.max(1, ...row) : -number / most;
        pen.fillStyle = shade(theme, part, digit === answer ? 0.45 : 0.75);
        pen.fillRect(x + 1, y + 1, step - 2, step - 2);
        if (number) words(pen, theme, String(number), x + step / 2, y + step / 2);
      }));
      const frame = (digit, answer, colour) => {
        pen.strokeStyle = colour;
        pen.lineWidth = 2;
        pen.strokeRect(left + answer * step, top + digit * step, step, step);
      };
      const [digit, answer] = told.chosen.map(Number);
      if (Number.isFinite(digit) && Number.isFinite(answer)) frame(digit, answer, theme.accent);
      if (place) frame(...place, theme.ink);
    },
    cursor: {
      at(px, py, width, height) {
        if (!told) return null;
        const { left, top, step } = box(width, height);
        const [digit, answer] = [Math.floor((py - top) / step), Math.floor((px - left) / step)];
        return digit === inside(digit) && answer === inside(answer) ? [digit, answer] : null;
      },
      move: (place, dx, dy) => (place ? [inside(place[0] + dy), inside(place[1] + dx)] : [0, 0]),
      tell: ([digit, answer]) => `digit ${digit}, answer ${answer}: ${told.counts[digit][answer]} images`,
    },
  });
  stage.onChoice(canvas.node, () => { if (canvas.place) stage.press("cell", canvas.place); });
  canvas.show = (next) => { told = next; };
  return canvas;
}

function showImages(stage, list, told, side) {
  const ink = numbers(told.pixels);
  rebuild(list, [told.numbers, stage.theme.paper, stage.theme.ink], () => told.numbers.map((number, k) => {
    const canvas = h("canvas", { width: side, height: side, "aria-hidden": "true" });
    canvas.getContext("2d").drawImage(inkImage(stage.theme, ink.subarray(k * side * side, (k + 1) * side * side), side, 255), 0, 0);
    const button = h("button", { type: "button", class: "nn-thumb", "aria-label": `${told.say[k]}, ${told.sure[k]} sure`, title: `test image ${number}` },
      canvas, h("span", { text: told.say[k].replace(" taken for ", " → ") }), h("span", { class: "nn-sure", text: told.sure[k] }));
    stage.on(button, "click", () => stage.press("image", number));
    return h("li", {}, button);
  }));
}
