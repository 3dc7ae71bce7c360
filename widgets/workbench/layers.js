// The heads of the hidden layers, in the network's picture: units by − and +, the activation, and how many layers there are.
import { h, menuOf, put, write } from "../stage/elements.js";

const [ROOM, LITTLE, LEAST] = [124, 68, 52]; // pixels from column to column: for a layer's name, for its number, for its buttons

export function layerHeads(stage) {
  const known = (name) => stage.model.get("controls").find((control) => control.name === name);
  const [sizes, kinds] = [known("hidden"), known("activations")];
  const node = h("div", { class: "nn-heads" });
  const values = () => stage.frame.values;
  const free = (name) => values()[name] !== undefined && !stage.frame.disabled.includes(name) && known(name) !== undefined;
  const resize = (list) => stage.set("hidden", list);
  let were = []; // the sizes before a layer was taken away: + brings it back as it was
  const many = h("span", { class: "nn-count" });
  const [fewer, more] = [
    stage.smallButton("−", "Hidden layers: remove the last", () => {
      were = [...values().hidden, ...were.slice(values().hidden.length)];
      resize(values().hidden.slice(0, -1));
    }),
    stage.smallButton("+", "Hidden layers: add one", () => resize([...values().hidden, were[values().hidden.length] ?? values().hidden.at(-1) ?? 4])),
  ];
  const layers = h("div", { class: "nn-layers", role: "group", "aria-label": "Hidden layers" }, h("span", { text: "Hidden layers" }), fewer, many, more);
  const heads = [];

  function made(at) {
    const by = (step) => resize(values().hidden.map((units, k) => (k === at ? units + step : units)));
    const name = h("span", { class: "nn-layer-name" });
    const [less, plus] = [stage.smallButton("−", `A unit less in hidden layer ${at + 1}`, () => by(-1)), stage.smallButton("+", `A unit more in hidden layer ${at + 1}`, () => by(1))];
    const menu = menuOf(kinds?.options ?? [], { "aria-label": `Activation of hidden layer ${at + 1}` });
    stage.on(menu, "change", () => stage.set("activations", values().activations.map((kind, k) => (k === at ? menu.value : kind))));
    return { node: h("div", { class: "nn-layer", role: "group", "aria-label": `Hidden layer ${at + 1}` }, h("div", {}, less, name, plus), menu), name, less, plus, menu };
  }

  return {
    node,
    layers,
    // The columns whose head stands here, and not in the picture.
    show(columns) {
      const isThere = free("hidden") || free("activations");
      const wanted = isThere ? values().hidden.length : 0;
      put(layers, { hidden: !free("hidden") });
      if (free("hidden")) {
        write(many, String(wanted));
        put(fewer, { "aria-disabled": wanted === 0 });
        put(more, { "aria-disabled": wanted >= sizes.most });
      }
      while (heads.length < wanted) node.append(heads[heads.push(made(heads.length)) - 1].node);
      heads.forEach((head, at) => {
        put(head.node, { hidden: at >= wanted });
        if (at >= wanted) return;
        const units = values().hidden[at];
        head.title = columns[at + 1].title;
        for (const [button, end] of [[head.less, sizes?.low], [head.plus, sizes?.high]]) {
          put(button, { hidden: !free("hidden"), "aria-disabled": units === end });
        }
        if (document.activeElement !== head.menu) head.menu.value = head.menu.title = values().activations[at];
        head.menu.disabled = !free("activations");
      });
      columns.forEach((column, at) => { column.isHeaded = at > 0 && at <= wanted && !heads[at - 1].node.hidden; });
    },
    place({ x }) {
      const room = x(1) - x(0);
      put(node, { "data-room": room >= ROOM ? "much" : room >= LITTLE ? "some" : room >= LEAST ? "none" : "least" });
      heads.forEach((head, at) => {
        if (head.node.hidden) return;
        const fits = room >= Math.max(ROOM, 50 + 7.3 * head.title.length) || (room >= ROOM && head.title.length > 30);
        write(head.name, fits ? head.title : String(values().hidden[at]));
        put(head.name, { title: head.title });
        head.node.style.left = `${x(at + 1)}px`;
        head.node.style.maxWidth = `${Math.max(20, room - 4)}px`;
      });
    },
  };
}
