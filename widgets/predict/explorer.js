// Predict: a question, its answer by radio buttons, by a number or by a sketch; behind it the explorer. The explorer has
// no view before Python sends its id, which it does when the prediction has been made.
import { h, rebuild, write } from "../stage/elements.js";
import { held } from "../stage/held.js";
import { linesPlot, swatch } from "../stage/lines.js";
import { mount } from "../stage/stage.js";
import { inline, verdictBox } from "../stage/verdict.js";

const LONG = 100; // points of one stroke in one message
const STEPS = { ArrowLeft: ["column by", -1], ArrowRight: ["column by", 1], ArrowUp: ["height by", 1], ArrowDown: ["height by", -1] };

const [SCREEN, LEAST, NARROW] = [540, 440, 580]; // px: of a laptop's screen, below the cell with its notes; that an explorer needs, and where it is narrow

export default mount("nn-predict", (stage) => {
  let told = null, innerId = null;
  const question = h("p", { class: "nn-question" });
  const options = radios("Your prediction", "choose");
  const sure = radios("How sure are you? (you may leave it out)", "sure");
  const unit = h("span", { class: "nn-label" });
  const number = h("input", { type: "number", step: "any", class: "nn-number" });
  const typed = h("label", { class: "nn-guess" }, unit, number);
  const commit = stage.button("commit", "That is my prediction", { primary: true });
  const clear = stage.button("clear", "Draw anew", { symbol: "reset" });
  const beside = h("dl", { class: "nn-predicted" });
  const says = verdictBox();
  const inner = h("div", { class: "nn-behind" });
  const shown = h("pre", { class: "nn-output", tabIndex: 0, "aria-label": "What came out" });
  const plot = linesPlot(stage, "Your sketch", { cursor: false });
  const up = h("span", { class: "nn-legend" });
  const legend = h("span", { class: "nn-legend" }, h("span", {}, swatch(1), "your sketch"), h("span", {}, swatch(0), "what happened"));
  const sheet = h("div", { class: "nn-panel nn-sheet", role: "group", "aria-label": "Your sketch" },
    h("div", { class: "nn-heading" }, up, legend), plot.node,
    h("p", { class: "nn-note", text: "Draw with the pointer. Or with keys: Left and Right move along, Up and Down set the height; Shift goes five times as far." }));

  // A group of radio buttons: `show([[value, text], …], chosen, off)`.
  function radios(label, press) {
    const row = h("div", { class: `nn-radios nn-radios-${press}` });
    const node = h("fieldset", { class: "nn-choice" }, h("legend", { class: "nn-label", text: label }), row);
    return {
      node,
      show(pairs, chosen, off) {
        rebuild(row, pairs.map(([value]) => value), () => pairs.map(([value, ...text]) => {
          const input = h("input", { type: "radio", name: `${press}-${stage.id}`, value: String(value), class: "nn-tick" });
          stage.on(input, "change", () => stage.press(press, value));
          return h("label", {}, input, ...text);
        }));
        for (const input of row.querySelectorAll("input")) {
          input.checked = input.value === String(chosen);
          input.disabled = off;
        }
      },
    };
  }

  stage.on(number, "input", () => stage.aim("number", number.value));
  const showNumber = held(stage, "number", number, (value) => { number.value = value; });
  stage.on(number, "keydown", (event) => { if (event.key === "Enter") commit.click(); });

  // Drawing: every message holds the stroke so far, so that none is missed when a later one takes its place.
  let stroke = null;
  const point = (event) => plot.point(event.offsetX, event.offsetY);
  stage.on(plot.node, "pointerdown", (event) => {
    if (event.button || told.made) return;
    event.preventDefault();
    plot.node.focus();
    plot.node.setPointerCapture(event.pointerId);
    stroke = [point(event)];
    stage.aim("draw", stroke.slice());
  });
  stage.on(plot.node, "pointermove", (event) => {
    if (!stroke) return;
    stroke.push(point(event));
    stage.aim("draw", stroke.slice());
    if (stroke.length > LONG) {
      stage.flush();
      stroke = [stroke.at(-1)];
    }
  });
  for (const end of ["pointerup", "pointercancel"]) stage.on(plot.node, end, () => { stroke = null; stage.flush(); });
  plot.node.tabIndex = 0;
  plot.node.setAttribute("role", "application");
  plot.node.setAttribute("aria-roledescription", "sheet to draw on, arrow keys move");
  stage.on(plot.node, "keydown", (event) => {
    const [name, by] = STEPS[event.key] ?? (event.key === " " ? ["height by", 0] : []);
    if (!name || told.made || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    stage.press(name, by * (event.shiftKey ? 5 : 1));
  });

  async function open(id) {
    if (!id || innerId === id) return;
    innerId = id;
    const manager = stage.model.widget_manager;
    const view = await manager.create_view(await manager.get_model(id));
    if (stage.ended) return view.remove();
    stage.ending.signal.addEventListener("abort", () => view.remove());
    inner.replaceChildren(view.el);
  }

  stage.body.append(question, options.node, typed, sheet, sure.node, h("div", { class: "nn-transport" }, commit, clear),
    beside, says.node, stage.narration, shown);
  stage.root.append(inner);

  return (view) => {
    told = view;
    stage.root.dataset.made = view.made;
    if (view.inner) stage.root.dataset.inner = view.inner;
    question.hidden = !view.question;
    rebuild(question, view.question, () => inline(view.question));
    const has = { choose: options.node, number: typed, sketch: sheet };
    for (const [kind, node] of Object.entries(has)) node.hidden = kind !== view.kind || (view.made && kind === "number");
    options.show(view.options.map(([letter, text]) => [letter, h("strong", { text: letter }), h("span", {}, ...inline(text))]), view.chosen, view.made);
    write(unit, view.unit ? `Your guess, in ${view.unit}` : "Your guess");
    showNumber(view.number);
    sure.node.hidden = !view.asks;
    sure.show(view.levels.map((level) => [level, `${level} %`]), view.sure, view.made);
    if (view.plot) {
      plot.show(view.plot);
      write(up, view.plot.upward);
      legend.hidden = !view.made;
    }
    commit.hidden = view.made;
    clear.hidden = view.kind !== "sketch" || view.made;
    rebuild(beside, view.beside, () => view.beside.map(([name, value]) => h("div", {}, h("dt", { text: name }), h("dd", {}, ...inline(value)))));
    beside.hidden = !view.beside.length;
    says.show(view.says.length ? { mark: "✓", word: "PREDICTED", says: view.says } : null);
    stage.narration.classList.toggle("nn-hidden", view.made);
    shown.hidden = view.shown === null;
    write(shown, view.shown ?? "");
    open(view.inner);
    if (!view.made || !view.inner) return;
    const gate = stage.root.firstChild.offsetHeight; // what is behind gets the rest of one screen
    const least = stage.root.clientWidth > 660 ? LEAST : NARROW; // its controls take more lines there, and the screen is no laptop's
    inner.style.setProperty("--nn-height", `${Math.max(least, SCREEN - gate - 18)}px`);
  };
});
