// A table of one's own: pasted, opened, or dropped as a file anywhere on the workbench. Python reads it. What it understood
// stands here, a row for each column, with what can be chosen: the target, the columns to learn from, and what becomes of gaps.
import { each, h, headedTable, menuOf, optionsOf, put, rebuild, write } from "../stage/elements.js";

const LARGEST = 2 ** 23; // bytes that are sent; of a larger file its size alone, which Python refuses by name
const isFile = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
const GAPS = [["refuse", "refuse"], ["drop", "leave rows out"], ["fill", "fill in"]];
const HEADS = [["warnings", "To think about"], ["network", "The network"], ["notes", "What was done"]];
const OPTIONS = "Words such as leave_out='…' are options of read_table. Here leave_out= and keep= are the ticks, target=, missing= and "
  + "task= the menus. Other options: in a cell, Workbench(x=read_table(\"file.csv\", decimal=\",\")).";

export function tablePanel(stage) {
  const text = h("textarea", { class: "nn-text", rows: 4, placeholder: "0.5, -0.2, 1\n-0.4, 0.3, 0", spellcheck: false });
  const target = menuOf([]);
  const missing = menuOf(GAPS);
  const task = menuOf(["classes", "numbers"]);
  const labelled = (name, select) => h("label", { class: "nn-field" }, h("span", { class: "nn-label", text: name }), select);
  const choices = [labelled("To predict", target), labelled("as", task)];
  const rows = h("tbody");
  const understood = h("div", { class: "nn-understood", hidden: true },
    h("div", { class: "nn-scrolls", tabIndex: 0, role: "group", "aria-label": "Columns" }, headedTable(["learn from", "column", "kind", "what is in it"], rows)),
    h("div", { class: "nn-scrolls", tabIndex: 0, role: "group", "aria-label": "What was understood" }));
  const said = understood.lastChild;
  const heading = h("p", { class: "nn-note" });
  const why = h("p", { class: "nn-why", role: "alert" });
  const lists = new Map(HEADS.map(([name, title]) => [name, h("div", {}, h("h4", { text: title }), h("ul"))]));
  said.append(heading, ...lists.values(), h("p", { class: "nn-note", text: OPTIONS }));
  const use = stage.localButton("Use this table", () => send({ text: text.value }));
  const paste = h("details", {}, h("summary", { text: "Paste a table" }),
    h("label", {}, h("span", { class: "nn-label", text: "Paste it here, or drop a file anywhere on the workbench" }), text), use);
  const node = h("div", { class: "nn-own-table" },
    h("div", { class: "nn-transport" }, stage.fileButton("Open a file", ".csv,.tsv,.txt,.dat,text/plain,text/csv", take, "Or drop it anywhere on the workbench"),
      labelled("Missing cells", missing), ...choices, paste),
    why, understood);

  let isFree = false; // whether a table is told of which something can be chosen
  const send = (told) => stage.press("paste", { missing: missing.value, ...told });
  async function take(dropped) {
    if (!dropped) return;
    const told = { name: dropped.name, size: dropped.size };
    if (dropped.size < LARGEST) told.data = await base64(dropped);
    if (!stage.view?.hidden.includes("table")) stage.set("pane", "Table"); // first: what is set forgives what was told before
    send(told);
  }
  for (const [name, menu] of Object.entries({ target, task, missing })) {
    stage.on(menu, "change", () => { if (isFree) stage.press("paste", { [name]: menu.value }); });
  }

  const over = (isOver) => stage.root.classList.toggle("nn-dropping", isOver);
  const mayTake = () => stage.view && !stage.view.locked.includes("paste");
  stage.on(stage.root, "dragover", (event) => {
    if (!isFile(event) || !mayTake()) return;
    event.preventDefault();
    over(true);
  });
  stage.on(stage.root, "dragleave", (event) => { if (!stage.root.contains(event.relatedTarget)) over(false); });
  stage.on(stage.root, "drop", async (event) => {
    over(false);
    if (!isFile(event) || !mayTake()) return;
    event.preventDefault();
    event.stopPropagation();
    const [dropped] = event.dataTransfer.files;
    if (dropped?.name.endsWith(".json")) stage.press("card", await dropped.text());
    else take(dropped);
  });

  // A row for a column: its tick, name, kind and contents. The target has no tick, and what cannot be ticked says why.
  function row() {
    const tick = h("input", { type: "checkbox" });
    stage.on(tick, "change", () => stage.press("paste", { column: tick.value, use: tick.checked }));
    return h("tr", {}, h("td", {}, tick, h("span")), h("th", { scope: "row" }), h("td"), h("td"));
  }
  function fill(line, { name, kind, what, out }, free) {
    const [used, title, ...cells] = line.children;
    const [tick, why] = used.children;
    put(tick, { hidden: out === "to predict", "aria-label": `Learn from ${name}` });
    Object.assign(tick, { value: name, checked: !out, disabled: !free });
    write(why, out === "to predict" ? "to predict" : "");
    put(line, { class: out && out !== "to predict" ? "nn-out" : "" });
    write(title, name);
    write(cells[0], kind);
    write(cells[1], out && out !== "to predict" ? `left out: ${out}` : what);
  }

  return {
    node,
    show(told) {
      understood.hidden = !told;
      write(why, told?.why ? `Not taken yet: ${told.why}` : "");
      isFree = Boolean(told?.free);
      for (const one of choices) one.hidden = !isFree;
      if (!told) return;
      each(rows, told.columns, row, (line, column) => fill(line, column, told.free));
      const names = told.columns.map(({ name }) => name);
      rebuild(target, names, () => optionsOf(names));
      Object.assign(target, { value: told.target });
      missing.value = told.missing;
      task.value = told.task ?? "";
      write(heading, told.heading);
      for (const [name, list] of lists) {
        list.hidden = !told[name].length;
        each(list.lastChild, told[name], () => h("li"), write);
      }
    },
  };
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
