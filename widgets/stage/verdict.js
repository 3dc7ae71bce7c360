// What a check says: a mark, a word, and sentences. `show({mark, word, says: [text, …]})`; null hides it.
import { h, rebuild } from "./elements.js";

// Text whose parts between backticks are code. Nothing else in it means anything.
export function inline(text) {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 ? h("code", { text: part }) : document.createTextNode(part)));
}

export function verdictBox() {
  const node = h("div", { class: "nn-verdict", hidden: true });
  return {
    node,
    show(verdict) {
      node.hidden = !verdict;
      if (!verdict) return;
      node.dataset.word = verdict.word;
      rebuild(node, verdict, () => [h("strong", { text: `${verdict.mark} ${verdict.word}` }),
        ...verdict.says.map((text) => h("p", {}, ...inline(text)))]);
    },
  };
}
