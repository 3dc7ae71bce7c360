// Held: what the hand is at stays as it is, whatever frames come.
const TYPED = "input:is([type=number], [type=text])";

// `shows(value)` shows what the kernel says, but not in a box that is typed in or has the focus, nor before the kernel has
// answered what was last said under `name`. That answer is shown, in a box with the focus too.
export function held(stage, name, node, show) {
  let last, answered;
  const shows = (value) => {
    last = value;
    const box = node.querySelector(`${TYPED}:focus`) ?? (node.matches(`${TYPED}:focus`) ? node : null);
    if (stage.awaits(name) || (box && (box.dataset.typing === "yes" || !shows.isDue()))) return;
    answered = stage.asking.get(name);
    show(value);
  };
  shows.isDue = () => stage.asking.get(name) !== answered;
  stage.on(node, "input", ({ target }) => { if (target.matches(TYPED)) target.dataset.typing = "yes"; });
  stage.on(node, "focusout", () => { if (last !== undefined) shows(last); });
  return shows;
}

// What is typed into a box is said once: at Enter, or when the box is left.
export function onTyped(stage, input, say) {
  stage.on(input, "change", () => {
    if (input.dataset.typing !== "yes") return;
    input.dataset.typing = "";
    say(input.value);
  });
}
