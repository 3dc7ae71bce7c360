// Where a part scrolls inside itself, a fade says on which sides it goes on: `data-more` names them, and stage.css draws it.
import { put } from "./elements.js";

const INSIDES = ".nn-pane, .nn-own-table, .nn-tabs, .nn-words, .nn-data, .nn-drawer, .nn-code, .nn-source, .nn-formulas, .nn-scrolls, .nn-batch, .nn-scroll, .nn-beside > div, .nn-narration, .nn-failure, .nn-output, .nn-board, .nn-signal-explorer .nn-layers";

const KEYED = ".nn-board, .nn-layers, .nn-narration"; // the keys stop at these where they scroll, and only there

// Returns what is to be called when anything may have changed; it looks a moment later, once for all such calls.
export function moreSigns(stage) {
  let waits;
  const look = () => {
    waits = undefined;
    if (stage.ended) return;
    const all = [...stage.root.querySelectorAll(INSIDES)].map((node) => [node, sides(node)]); // read first: one layout
    for (const [node, told] of all) {
      put(node, { "data-more": told });
      if (node.matches(KEYED) && told) put(node, { tabindex: 0 });
      else if (node.matches(KEYED)) node.removeAttribute("tabindex");
    }
  };
  const soon = () => { waits ??= setTimeout(look, 100); };
  stage.on(stage.root, "scroll", soon, true);
  return soon;
}

function sides(node) {
  const { scrollLeft: left, scrollTop: top } = node;
  const [across, down] = [node.scrollWidth - node.clientWidth, node.scrollHeight - node.clientHeight];
  return [[left > 1, "left"], [across - left > 1, "right"], [top > 1, "up"], [down - top > 1, "down"]].flatMap(([is, name]) => (is ? [name] : [])).join(" ");
}
