// Source lines with the ones that ran marked, as `code.py` gives them. With `words`, each line is cut
// into [text, names]: a word with names stands for these values, and lights up with them.
import { cuttable, h, rebuild, write } from "./elements.js";

export function codePanel() {
  const where = h("p", { class: "nn-note" });
  const list = h("ol", { class: "nn-code", tabIndex: 0, "aria-label": "The source lines that ran" });
  const node = h("div", { class: "nn-source", hidden: true }, where, list);
  return {
    node,
    show(source) {
      node.hidden = !source;
      if (!source) return;
      write(where, `${source.method}, ${source.where}${source.whose ? ` — ${source.whose}` : ""}`);
      rebuild(list, source, () => source.lines.map(([number, text, ran], index) => h("li", { class: ran ? "nn-ran" : "", value: number },
        h("span", { class: "nn-line", text: String(number), "aria-hidden": "true" }),
        h("code", {}, ...(source.words?.[index] ?? [[text || " ", ""]]).flatMap(markedWord)), ran ? h("span", { class: "nn-hidden", text: " (this ran)" }) : null)));
    },
  };
}

const markedWord = ([text, names]) => (names ? [h("span", { class: "nn-name", "data-name": names, tabIndex: -1 }, ...cuttable(text))] : cuttable(text));
