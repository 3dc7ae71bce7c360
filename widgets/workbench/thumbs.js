// The data sets as small pictures, below their menu: a press chooses one. By keys and by ear the menu does the same.
import { h, put, svg } from "../stage/elements.js";

export function dataPictures(stage) {
  const menu = stage.fields.get("data"), told = stage.model.get("controls").find(({ name }) => name === "data");
  if (!menu) return { show() {} };
  const buttons = Object.entries(told.pictures).map(([name, points]) => {
    const button = stage.localButton(undefined, () => stage.set("data", name), { class: "nn-data-set", title: name, "aria-label": name, tabIndex: -1 });
    button.append(...["positive", "negative"].map((colour, at) => dots(points.filter(([, , kind]) => kind === 1 - at), colour)));
    return button;
  });
  menu.node.append(h("div", { class: "nn-data-sets", role: "group", "aria-label": "Small pictures" }, ...buttons));
  return { show(chosen) { for (const button of buttons) put(button, { "aria-pressed": button.title === chosen }); } };
}

// Points from −100 to 100 as a path of lines without a length: their round ends are what is seen.
function dots(points, colour) {
  const node = svg({ viewBox: "-115 -115 230 230" }, "path", { d: points.map(([x, y]) => `M${x} ${-y}h0`).join(""), "stroke-width": 30, "stroke-linecap": "round" });
  node.firstChild.style.stroke = `var(--nn-${colour})`;
  return node;
}
