// The stage on which every explorer is drawn. It builds the frame around it (title, controls, failure box, narration),
// hands each frame of the kernel to the explorer's own `update`, redraws the canvases and acknowledges the frame.
// Nothing of the network is computed here. Whatever comes from Python goes through textContent.

import { assembled } from "./arrived.js";
import { canvasOn } from "./canvas.js";
import { each, h, icon, put, rebuild, write } from "./elements.js";
import { hearing, kernelEnded, sentence } from "./kernel.js";
import { Messages } from "./messages.js";
import { moreSigns } from "./more.js";
import { patienceStrip } from "./patience.js";
import { readTheme } from "./theme.js";

// `name` is its class in style sheets. `build(stage)` makes its page, and gives what draws a view on it.
// `fit`: one fixed height, whatever is shown, so that control, effect and sentence are seen together on a laptop.
export function mount(name, build, { fit = false } = {}) {
  return {
    render({ model, el }) {
      const stage = new Stage(model, el);
      stage.root.classList.add(name, ...(fit ? ["nn-fit"] : []));
      stage.begin(build);
      return () => stage.end();
    },
  };
}

class Stage extends Messages {
  constructor(model, el) {
    super(model, () => this.listen(true));
    this.ending = new AbortController();
    this.canvases = [];
    this.buttons = new Map();
    this.fields = new Map();
    this.choices = [];
    this.root = h("section", { class: "nn-explorer" });
    this.title = h("h2", { class: "nn-title" });
    this.stats = h("dl", { class: "nn-stats" });
    this.body = h("div", { class: "nn-body" });
    this.failure = h("div", { class: "nn-failure", role: "alert", tabIndex: 0, hidden: true }); // it may scroll
    this.narration = h("p", { class: "nn-narration", role: "status", "aria-live": "polite" });
    this.patience = patienceStrip(this);
    this.notice = h("p", { class: "nn-notice", role: "status" }); // what the kernel does, over the page: nothing moves
    this.state = "";
    const page = h("div", { class: "nn-page" }, this.notice,
      h("header", { class: "nn-head" }, this.title, this.stats), this.patience.node, this.failure, this.body);
    this.root.append(page);
    el.append(this.root);
  }

  begin(build) {
    this.readTheme();
    this.update = build(this);
    if (!this.root.contains(this.narration)) this.body.append(this.narration);
    this.arrived = () => this.schedule(true);
    this.heard = (message) => { if (message.kind === "running") this.patience.hear(message); };
    this.model.on("change:frame", this.arrived);
    this.model.on("msg:custom", this.heard);
    this.listening = setInterval(() => this.listen(), 500);
    this.turned = () => this.listen();
    this.model.widget_manager?.kernel?.statusChanged?.connect(this.turned); // a restart may be over before the next look
    this.on(window, "pagehide", () => this.send({ kind: "gone" })); // the page is closed or loaded anew
    this.on(window, "pageshow", (event) => event.persisted && this.send({ kind: "hello" }));
    const repaint = () => { this.readTheme(); this.schedule(false); };
    this.themes = new MutationObserver(() => { repaint(); setTimeout(repaint, 500); }); // its style sheet may come later
    const signs = { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name", "class", "theme"] };
    for (const node of [document.body, document.documentElement]) this.themes.observe(node, signs);
    this.resizes = new ResizeObserver(() => this.schedule(false));
    for (const { node } of [...this.canvases, { node: this.root }]) this.resizes.observe(node);
    this.signs = moreSigns(this);
    // JupyterLab takes single keys (x cuts the cell!) before the page sees them; not while one works in here.
    this.on(window, "keydown", (event) => {
      const command = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === "Enter");
      if (this.root.contains(event.target)) event.target.toggleAttribute("data-lm-suppress-shortcuts", !command);
    }, true);
    this.on(this.root, "keydown", (event) => { // JupyterLab keeps Enter from ending the typing in a field
      if (event.key === "Enter" && event.target.dataset.typing === "yes") event.target.dispatchEvent(new Event("change"));
    });
    this.paint(false);
    this.send({ kind: "hello" });
  }

  end() {
    this.model.off("change:frame", this.arrived);
    this.model.off("msg:custom", this.heard);
    clearInterval(this.listening);
    this.model.widget_manager?.kernel?.statusChanged?.disconnect(this.turned);
    super.end();
    this.ending.abort();
    this.themes.disconnect();
    this.resizes.disconnect();
    cancelAnimationFrame(this.request);
    this.root.remove();
  }

  on(target, event, act, capture = false) {
    target.addEventListener(event, act, { capture, signal: this.ending.signal });
  }

  // `act(button)` for each button in a node, those too that are not there yet.
  onButtons(node, act) {
    this.on(node, "click", ({ target }) => { if (target.closest("button")) act(target.closest("button")); });
  }

  // `act(event)` at a click on a node, and at Enter.
  onChoice(node, act) {
    this.on(node, "click", act);
    this.on(node, "keydown", (event) => { if (event.key === "Enter" && !event.shiftKey) act(event); });
  }

  // Says when the kernel does not hear: what was pressed waits for longer than a moment, or nobody is there any more.
  listen(lost = false) {
    const now = performance.now(), before = this.state;
    if (this.ended || before === "lost" && this.finished) return; // what a restart has ended does not come back
    const late = now - (this.asked ?? now) > 700 || (this.frame?.playing && now - (this.came ?? now) > 1500);
    const waits = late && this.patience.node.hidden; // where the strip says what runs, that is enough
    this.state = lost ? "lost" : hearing({ manager: this.model.widget_manager, node: this.root, waits });
    this.finished = lost || kernelEnded(this.model.widget_manager);
    if (this.state === before) return;
    write(this.notice, sentence(this.state));
    this.root.dataset.kernel = this.state;
    this.paint(false);
    if (before === "cut" && this.state !== "lost") this.send({ kind: "hello" }); // what has happened meanwhile?
  }

  schedule(isNew) {
    this.fresh ||= isNew;
    if (this.request || this.ended) return;
    const paint = () => { this.request = undefined; const fresh = this.fresh; this.fresh = false; this.paint(fresh); };
    this.request = document.hidden ? setTimeout(paint, 100) : requestAnimationFrame(paint);
  }

  paint(acknowledge) {
    if (this.ended) return;
    if (!this.theme.paper) this.readTheme(); // the page has its colours only now
    let frame = assembled(this.model.get("frame"), this.model.get("kept") ?? {});
    if (acknowledge) [this.came, this.asked] = [performance.now(), undefined];
    if (this.state === "lost" || this.state === "cut") frame = { ...frame, playing: false, disabled: [...this.buttons.keys()] };
    this.frame = frame;
    if (frame?.number) {
      if (this.stopped(frame)) return this.acknowledge(frame);
      this.frameAround(frame);
      if (frame.view) {
        this.view = frame.view;
        if (frame.view.stats) this.showStats(frame.view.stats);
        this.update(frame.view, frame);
        for (const settle of this.choices) settle();
      }
      const shown = this.canvases.filter((canvas) => canvas.node.isConnected && (!acknowledge || canvas.changed !== false));
      const sizes = shown.map(({ node }) => [node.clientWidth, node.clientHeight]); // all at once: one layout
      shown.forEach((canvas, index) => canvas.redraw(...sizes[index]));
      this.signs();
    }
    if (acknowledge) {
      this.patience.hide();
      this.acknowledge(frame);
    }
  }

  frameAround(frame) {
    put(this.root, { "data-frame": frame.number, "data-playing": frame.playing, "aria-label": frame.title });
    write(this.title, frame.title);
    for (const [name, field] of this.fields) {
      if (frame.values !== this.values || field.show.isDue()) field.show(frame.values[name]);
      const locked = frame.disabled.includes(name);
      if (locked || field.locked) for (const one of field.node.querySelectorAll("input, select, button")) one.disabled = locked;
      field.locked = locked;
    }
    this.values = frame.values;
    for (const [name, button] of this.buttons) put(button, { "aria-disabled": frame.disabled.includes(name) });
    const now = performance.now();
    const due = !frame.playing || now - (this.narrated ?? 0) > 2000;
    put(this.narration, { "aria-live": due ? "polite" : "off" }); // of a running network a reader hears every two seconds
    write(this.narration, frame.narration ?? "");
    if (due) this.narrated = now;
    put(this.failure, { hidden: !frame.failure });
    rebuild(this.failure, frame.failure ?? null, () => (frame.failure ? tellFailure(frame.failure) : []));
  }

  // A sentence for a panel, or "" if the words in sight begin with it already.
  unsaid(text) {
    return this.narration.checkVisibility() && this.narration.textContent.startsWith(text) ? "" : text;
  }

  // A button that has a file chosen; `take` gets it.
  fileButton(text, accept, take, title) {
    const file = h("input", { type: "file", accept, hidden: true, tabIndex: -1 });
    this.on(file, "change", () => { if (file.files[0]) take(file.files[0]); file.value = ""; });
    const button = this.localButton(text, () => file.click(), { title });
    button.append(file);
    return button;
  }

  // Numbers at the top right: [["Update", "12"], …].
  showStats(pairs) {
    each(this.stats, pairs, () => h("div", {}, h("dt"), h("dd")), (box, [name, value]) => {
      write(box.firstChild, name);
      write(box.lastChild, value);
    });
  }

  button(name, label, { symbol, primary = false, hint } = {}) {
    const button = this.localButton(undefined, () => this.press(button.dataset.press ?? name), { title: hint });
    button.classList.toggle("nn-primary", primary);
    button.append(...[symbol && icon(symbol), h("span", { text: label })].filter(Boolean));
    this.buttons.set(name, button);
    return button;
  }

  // A button that acts on this page.
  localButton(text, act, properties = {}) {
    const button = h("button", { type: "button", class: "nn-button", text, ...properties });
    this.on(button, "click", () => { if (button.getAttribute("aria-disabled") !== "true") act(); });
    return button;
  }

  // A small one, of a sign that `label` puts in words.
  smallButton(text, label, act) {
    return this.localButton(text, act, { class: "nn-small", title: label, "aria-label": label });
  }

  playButton() {
    const button = this.button("play", "Play", { symbol: "play", primary: true });
    button.show = (playing) => {
      const press = playing ? "pause" : "play";
      if (button.dataset.press === press) return;
      button.dataset.press = press;
      button.replaceChildren(icon(press), h("span", { text: playing ? "Pause" : "Play" }));
    };
    return button;
  }

  panel(name, ...children) {
    // A group, not a region: with a dozen panels a page, a screen reader's list of landmarks would be of no use.
    return h("div", { class: `nn-panel nn-${name.toLowerCase().replaceAll(" ", "-")}`, role: "group", "aria-label": name }, ...children);
  }

  // Panels side by side; where it is narrow, one at a time, chosen by the buttons above them.
  panes(...panels) {
    return this.oneOf("nn-panes", panels);
  }

  // Panels of which one is seen at a time, wherever. `open(at)` shows one.
  tabbed(...panels) {
    return this.oneOf("nn-tabbed", panels);
  }

  oneOf(kind, panels) {
    const tabs = panels.map((panel) => h("button", { type: "button", class: "nn-tab", text: panel.getAttribute("aria-label") }));
    const open = (at) => panels.forEach((panel, k) => {
      panel.classList.toggle("nn-open", k === at);
      tabs[k].setAttribute("aria-pressed", k === at);
    });
    tabs.forEach((tab, at) => this.on(tab, "click", () => { open(at); this.schedule(false); }));
    open(0);
    this.choices.push(() => { // a panel that is not there now has no button, and leaves its place to the first that is
      panels.forEach((panel, at) => { tabs[at].hidden = panel.hidden; });
      if (panels.some((panel) => panel.hidden && panel.classList.contains("nn-open"))) open(panels.findIndex((panel) => !panel.hidden));
    });
    const node = h("div", { class: kind }, h("div", { class: "nn-tabs", role: "group", "aria-label": "Show" }, ...tabs), ...panels);
    node.open = open;
    return node;
  }

  // A part that scrolls inside itself, with keys too.
  scrolling(name, ...children) {
    return h("div", { class: "nn-scroll", role: "group", "aria-label": name, tabIndex: 0 }, ...children);
  }

  readTheme() {
    this.theme = readTheme(this.root);
  }

  // See canvas.js.
  canvas(told) {
    const canvas = canvasOn(this, told);
    this.canvases.push(canvas);
    this.resizes?.observe(canvas.node);
    return canvas;
  }

  // Forget canvases that have been taken off the page.
  tidy() {
    this.canvases = this.canvases.filter(({ node }) => this.root.contains(node) || this.resizes?.unobserve(node));
  }
}

function tellFailure({ kind, message, where, line, source, yours }) {
  const place = where ? `${yours ? "In your code" : "In"} ${yours ? `(${where})` : where}, line ${line}:` : null;
  return [
    h("strong", { text: `${kind}: ` }), h("span", { text: message }),
    place ? h("p", { class: "nn-failure-place", text: place }) : null,
    source ? h("pre", {}, h("code", { text: source })) : null,
  ].filter(Boolean);
}
