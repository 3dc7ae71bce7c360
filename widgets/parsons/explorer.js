// Parsons: the lines that are left, the program, and what the check says. Python moves the lines.
import { arrow, cuttable, h, headed, write } from "../stage/elements.js";
import { mount } from "../stage/stage.js";
import { verdictBox } from "../stage/verdict.js";

export default mount("nn-parsons", (stage) => {
  const rows = new Map(); // letter → its row; a row is made once, so that the focus stays on it
  // Which line is lifted is known here at once: keys come faster than frames.
  let told = null, lifted = null, drag = null, dragged = false;
  const left = h("ul", { class: "nn-lines nn-lines-left", "aria-label": "Lines to choose from" });
  const program = h("ol", { class: "nn-lines nn-lines-program", "aria-label": "Your program" });
  const empty = h("p", { class: "nn-note nn-lines-empty", text: "Bring the first line here." });
  const verdict = verdictBox();
  const output = h("pre", { class: "nn-output", tabIndex: 0, "aria-label": "What the lines print" });
  const run = stage.button("run", "Run these lines", { symbol: "play" });
  const check = stage.button("check", "Check", { primary: true });
  const reset = stage.button("reset", "Begin again", { symbol: "reset" });
  for (const button of [check, reset]) stage.on(button, "click", () => { lifted = null; showLifted(); });

  function small(row, name, label, by) {
    const button = stage.smallButton(name, label, () => stage.press(by === null ? "place" : "move", { line: row.letter, by, at: null }));
    button.tabIndex = -1;
    row.small.push([button, label]);
    return button;
  }

  function make(letter) {
    const row = { letter, small: [] };
    row.text = h("code");
    row.mark = h("span", { class: "nn-line-mark", "aria-hidden": "true" });
    row.button = h("button", { type: "button", class: "nn-line-button" }, h("span", { class: "nn-letter", text: letter }), row.text, row.mark);
    row.moves = h("span", { class: "nn-line-moves" }, small(row, "↑", "up", [0, -1]), small(row, "↓", "down", [0, 1]),
      small(row, "×", "out of the program", null));
    row.node = h("li", { class: "nn-a-line" }, row.button, row.moves);
    stage.on(row.button, "click", (event) => {
      if (dragged) dragged = false;
      else if (!event.detail) lift(lifted === letter ? "drop" : "lift", letter); // Space or Enter
      else if (left.contains(row.node)) stage.press("move", { line: letter, by: [0, 1] });
    });
    stage.on(row.button, "keydown", (event) => onKey(event, letter));
    stage.on(row.button, "pointerdown", (event) => {
      dragged = false;
      if (!event.button) drag = { row, x: event.clientX, y: event.clientY, id: event.pointerId };
    });
    stage.on(row.button, "pointermove", onDrag);
    stage.on(row.button, "pointerup", onDrop);
    stage.on(row.button, "pointercancel", () => endDrag());
    return row;
  }

  function lift(press, letter) {
    lifted = press === "lift" ? letter : null;
    stage.press(press, letter);
    showLifted();
  }

  function showLifted() {
    for (const [letter, { node, button }] of rows) {
      node.classList.toggle("nn-lifted", lifted === letter);
      button.setAttribute("aria-pressed", lifted === letter);
    }
  }

  function onKey(event, letter) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = arrow(event);
    if (event.key === "Escape" && lifted) lift("cancel", letter);
    else if (by && lifted === letter) stage.press("move", { line: letter, by });
    else if (by) {
      const buttons = [...stage.root.querySelectorAll(".nn-line-button")];
      buttons[buttons.indexOf(event.currentTarget) + by[0] + by[1]]?.focus();
    } else return;
    event.preventDefault();
  }

  // Where a line would go: its place in the program, or null for out of it.
  function aim(event) {
    const scale = program.getBoundingClientRect().width / program.clientWidth || 1;
    const box = left.parentElement.getBoundingClientRect();
    const inLeft = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    const others = [...program.children].filter((node) => node !== drag.row.node);
    const at = others.findIndex((node) => {
      const { top, height } = node.getBoundingClientRect();
      return event.clientY < top + height / 2;
    });
    const deeper = told.depth && program.contains(drag.row.node) ? Math.round((event.clientX - drag.x) / scale / 28) : 0;
    return { at: inLeft ? null : at < 0 ? others.length : at, others, deeper };
  }

  function onDrag(event) {
    if (!drag) return;
    if (!drag.moving && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 6) return;
    if (!drag.moving) drag.row.button.setPointerCapture(drag.id);
    drag.moving = true;
    drag.row.node.classList.add("nn-dragged");
    const { at, others } = aim(event);
    for (const { node } of rows.values()) node.classList.remove("nn-drop-before", "nn-drop-after");
    program.classList.toggle("nn-drop-here", at !== null);
    if (at !== null && others.length) (others[at] ?? others.at(-1)).classList.add(others[at] ? "nn-drop-before" : "nn-drop-after");
  }

  function onDrop(event) {
    if (drag?.moving) {
      dragged = true; // the click that follows means nothing
      setTimeout(() => { dragged = false; }, 0);
      const { at, deeper } = aim(event);
      stage.press("place", { line: drag.row.letter, at, deeper });
    }
    endDrag();
  }

  function endDrag() {
    drag?.row.node.classList.remove("nn-dragged");
    for (const { node } of rows.values()) node.classList.remove("nn-drop-before", "nn-drop-after");
    program.classList.remove("nn-drop-here");
    drag = null;
  }

  function fill(list, lines, inProgram) {
    lines.forEach(({ letter, text, depth, where, wrong }, place) => {
      if (!rows.has(letter)) rows.set(letter, make(letter));
      const row = rows.get(letter);
      const focused = document.activeElement === row.button;
      if (list.children[place] !== row.node) {
        list.insertBefore(row.node, list.children[place] ?? null);
        if (focused) row.button.focus();
      }
      if (row.text.textContent !== text) row.text.replaceChildren(...cuttable(text));
      write(row.mark, wrong ? "✗" : "");
      row.node.classList.toggle("nn-wrong", wrong);
      row.node.style.setProperty("--nn-depth", depth);
      row.button.setAttribute("aria-label", `${where}: ${text}${wrong ? " (this line is out of place)" : ""}`);
      row.moves.hidden = !inProgram;
      for (const [button, label] of row.small) button.setAttribute("aria-label", `Line ${letter}: ${label}`);
    });
  }

  stage.body.append(
    h("div", { class: "nn-parsons-lists" },
      h("div", { class: "nn-panel nn-left-over", role: "group", "aria-label": "Lines" }, headed("Lines"), left),
      h("div", { class: "nn-panel nn-your-program", role: "group", "aria-label": "Program" }, headed("Your program"), program, empty)),
    h("p", { class: "nn-note", text: "Drag a line, or click it to take it in. Keyboard: Tab to a line, Space lifts it, arrow keys move it, Space drops it." }),
    h("div", { class: "nn-transport" }, check, run, reset),
    verdict.node, output, stage.narration);

  return (view) => {
    told = view;
    fill(left, view.left, false);
    fill(program, view.program, true);
    showLifted();
    empty.hidden = view.program.length > 0;
    verdict.show(view.verdict);
    stage.narration.classList.toggle("nn-hidden", view.verdict !== null); // the same words, for a screen reader
    run.hidden = !view.runs;
    output.hidden = view.output === null;
    write(output, view.output ?? "");
  };
});
