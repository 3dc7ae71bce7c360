// A table of one's own: pasted, opened, or dropped as a file anywhere on the workbench. Python reads it, and what it
// understood stands below, with the two things that can be chosen anew: the target, and what becomes of missing cells.
import { h, menuOf, optionsOf, rebuild, write } from "../stage/elements.js";

const LARGEST = 2 ** 23; // bytes that are sent; of a larger file its size alone, which Python refuses by name
const isFile = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

export function tablePanel(stage) {
  const text = h("textarea", { class: "nn-text", rows: 4, placeholder: "0.5, -0.2, 1\n-0.4, 0.3, 0", spellcheck: false });
  const file = h("input", { type: "file", accept: ".csv,.tsv,.txt,.dat,text/plain,text/csv" });
  const target = menuOf([]);
  const missing = menuOf(["refuse", "drop", "fill"]);
  const labelled = (name, select) => h("label", { class: "nn-field" }, h("span", { class: "nn-label", text: name }), select);
  const choose = labelled("To predict", target);
  const said = h("pre", { class: "nn-said", tabIndex: 0, role: "group", "aria-label": "What was understood", hidden: true });
  const use = stage.localButton("Use this table", () => send({ text: text.value }));
  const node = h("details", { class: "nn-panel nn-own-table", "aria-label": "Your own table" }, h("summary", { text: "Your own table" }),
    h("div", { class: "nn-transport" }, choose, labelled("Missing cells", missing), use,
      h("label", { class: "nn-file" }, h("span", { class: "nn-label", text: "Open a file" }), file)),
    said, h("label", {}, h("span", { class: "nn-label", text: "Paste it here, or drop a file anywhere on the workbench" }), text));

  const send = (told) => stage.press("paste", { missing: missing.value, ...told });
  async function take(dropped) {
    if (!dropped) return;
    const told = { name: dropped.name, size: dropped.size };
    if (dropped.size < LARGEST) told.data = await base64(dropped);
    node.open = true;
    if (!stage.view?.hidden.includes("share")) stage.set("pane", "Share"); // first: what is set forgives what was told before
    send(told);
  }
  stage.on(file, "change", () => { take(file.files[0]); file.value = ""; });
  stage.on(target, "change", () => send({ target: target.value }));
  stage.on(missing, "change", () => send(target.value ? { target: target.value } : {}));

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

  return {
    node,
    show(told) {
      said.hidden = !told;
      choose.hidden = !told?.columns.length;
      if (!told) return;
      write(said, told.said);
      rebuild(target, told.columns, () => optionsOf(told.columns));
      target.value = told.target;
      missing.value = told.missing;
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
