// The stage on which every explorer is drawn. It builds the frame around it (title, controls, failure box, narration),
// hands each frame of the kernel to the explorer's own `update`, redraws the canvases and acknowledges the frame.
// Nothing of the network is computed here. Whatever comes from Python goes through textContent.

import { hearing, kernelEnded, sentence } from "./kernel.js";
import { patienceStrip } from "./patience.js";

export function h(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key === "class") node.className = value;
    else if (key === "text") node.textContent = value;
    else if (key in node && !key.startsWith("aria")) node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// Replaces text only where it changed: a screen reader hears no repetition, a selection is kept.
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const ICONS = {
  play: "M5 3l9 5.5L5 14z",
  pause: "M4 3h3v11H4zM10 3h3v11h-3z",
  step: "M4 3l7 5.5L4 14zM11.5 3H14v11h-2.5z",
  back: "M13 3L6 8.5 13 14zM3 3h2.5v11H3z",
  update: "M2 3l5.5 5.5L2 14zM8 3l5.5 5.5L8 14zM14 3h2v11h-2z",
  full: "M2 2h5v2H4v3H2zM10 2h5v5h-2V4h-3zM2 10h2v3h3v2H2zM13 10h2v5h-5v-2h3z",
  dock: "M1 2h15v13H1zM3 4v9h5V4zM10 4v9h4V4z",
  settings: "M2 4h7v2H2zM12 4h3v2h-3zM9 2.5h2v5H9zM2 11h2v2H2zM7 11h8v2H7zM4.5 9.5h2v5h-2z",
  reset: "M8.5 3V.8L4.6 4l3.9 3.2V5a4.2 4.2 0 1 1-4.2 4.2h-2A6.2 6.2 0 1 0 8.5 3z",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 17 17");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

// Sets attributes only where they changed: one that is set anew to what it was makes the browser style the page anew.
export function put(node, values) {
  for (const [name, value] of Object.entries(values)) {
    if (name === "hidden" ? node.hidden !== value : node.getAttribute(name) !== String(value)) {
      if (name === "hidden") node.hidden = value;
      else node.setAttribute(name, value);
    }
  }
}

// The numbers of an array packed by `packed` of base.py.
export function numbers({ data, type }) {
  const kinds = { float32: Float32Array, uint8: Uint8Array, int8: Int8Array };
  const view = ArrayBuffer.isView(data) ? data : new DataView(data);
  return new kinds[type](view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

// `fit`: one fixed height, whatever is shown, so that control, effect and sentence are seen together on a laptop.
export function mount(build, { fit = false } = {}) {
  return {
    render({ model, el }) {
      const stage = new Stage(model, el);
      stage.root.classList.toggle("nn-fit", fit);
      stage.begin(build);
      return () => stage.end();
    },
  };
}

// A frame with the parts that it has in common with those before it (lean.py): these are the same objects each time.
function assembled(told, kept) {
  if (told === null || typeof told !== "object" || ArrayBuffer.isView(told) || told instanceof ArrayBuffer) return told;
  if (Array.isArray(told)) return told.map((one) => assembled(one, kept));
  if (typeof told.kept === "string") return kept[told.kept];
  return Object.fromEntries(Object.entries(told).map(([name, one]) => [name, assembled(one, kept)]));
}

class Stage {
  constructor(model, el) {
    this.model = model;
    this.id = Math.random().toString(36).slice(2);
    this.ending = new AbortController();
    this.canvases = [];
    this.buttons = new Map();
    this.fields = new Map();
    this.pending = new Map();
    this.root = h("section", { class: "nn-explorer" });
    this.title = h("h2", { class: "nn-title" });
    this.stats = h("dl", { class: "nn-stats" });
    this.body = h("div", { class: "nn-body" });
    this.failure = h("div", { class: "nn-failure", role: "alert", hidden: true });
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
    for (const { node } of this.canvases) this.resizes.observe(node);
    // JupyterLab takes single keys (x cuts the cell!) before the page sees them; not while one works in here.
    this.on(window, "keydown", (event) => {
      const command = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === "Enter");
      if (this.root.contains(event.target)) event.target.toggleAttribute("data-lm-suppress-shortcuts", !command);
    }, true);
    this.on(this.root, "keydown", (event) => { // JupyterLab keeps Enter from ending the typing in a field
      const unsent = event.target.matches("input[type=number], input[data-typing]") && event.target.dataset.typing !== ""; // "" is: sent
      if (event.key === "Enter" && unsent) event.target.dispatchEvent(new Event("change"));
    });
    this.paint(false);
    this.send({ kind: "hello" });
  }

  end() {
    this.model.off("change:frame", this.arrived);
    this.model.off("msg:custom", this.heard);
    clearInterval(this.listening);
    this.model.widget_manager?.kernel?.statusChanged?.disconnect(this.turned);
    this.send({ kind: "gone" });
    this.ending.abort();
    this.themes.disconnect();
    this.resizes.disconnect();
    cancelAnimationFrame(this.request);
    clearTimeout(this.sending);
    this.ended = true;
    this.root.remove();
  }

  on(target, event, act, capture = false) {
    target.addEventListener(event, act, { capture, signal: this.ending.signal });
  }

  // Every message says which frame has been drawn last, so that a message for that alone is seldom needed.
  send(message) {
    clearTimeout(this.late);
    this.late = undefined;
    if (message.kind === "set" || message.kind === "press") this.asked ??= performance.now();
    try {
      this.model.send({ ...message, view: this.id, seen: this.drawn ?? 0 });
    } catch {
      this.listen(true); // the kernel has gone; the last picture stays
    }
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

  press(name, detail) {
    this.flush();
    if (name === "pause") this.pausing = performance.now();
    this.send({ kind: "press", name, detail });
  }

  set(name, value) {
    this.soon(name, { kind: "set", name, value });
  }

  aim(name, detail) {
    this.soon(name, { kind: "press", name, detail });
  }

  // Moves by a little: those that wait are added up, so that no key press is lost while the kernel is busy.
  nudge(name, by) {
    const before = this.pending.get(name)?.detail;
    this.aim(name, before === undefined ? by : Array.isArray(by) ? by.map((part, index) => part + before[index]) : by + before);
  }

  // A moving slider sends its newest value when the frame for the one before has come, or after 300 ms.
  soon(name, message) {
    this.pending.set(name, message);
    this.sending ??= setTimeout(() => this.flush(), this.awaiting ? 300 : 0);
  }

  flush() {
    clearTimeout(this.sending);
    this.sending = undefined;
    this.awaiting = this.pending.size > 0;
    for (const message of this.pending.values()) this.send(message);
    this.pending.clear();
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
        this.update(frame.view, frame);
      }
      const shown = this.canvases.filter((canvas) => canvas.node.isConnected && (!acknowledge || canvas.changed !== false));
      const sizes = shown.map(({ node }) => [node.clientWidth, node.clientHeight]); // all at once: one layout
      shown.forEach((canvas, index) => canvas.redraw(...sizes[index]));
    }
    if (acknowledge) {
      this.patience.hide();
      this.acknowledge(frame);
    }
  }

  // From the press of Pause on, frames of Play that are still under way are not drawn: the picture stands at once.
  stopped(frame) {
    if (!frame.playing || performance.now() - (this.pausing ?? -Infinity) > 1000) this.pausing = undefined;
    return this.pausing !== undefined;
  }

  // JupyterLab draws its toolbar anew for every message, so five a second are enough.
  acknowledge(frame) {
    this.drawn = frame.number;
    this.late ??= setTimeout(() => { if (!this.ended) this.send({ kind: "seen" }); }, 200);
    this.awaiting = false;
    if (this.pending.size) this.flush();
  }

  frameAround(frame) {
    put(this.root, { "data-frame": frame.number, "data-playing": frame.playing, "aria-label": frame.title });
    write(this.title, frame.title);
    for (const [name, field] of this.fields) {
      if (frame.values !== this.values) field.show(frame.values[name]);
      const locked = frame.disabled.includes(name);
      if (locked || field.locked) for (const one of field.node.querySelectorAll("input, select, button")) one.disabled = locked;
      field.locked = locked;
    }
    this.values = frame.values;
    for (const [name, button] of this.buttons) put(button, { "aria-disabled": frame.disabled.includes(name) });
    const now = performance.now();
    if (!frame.playing || now - (this.narrated ?? 0) > 2000) { // a running network is told of every two seconds
      write(this.narration, frame.narration ?? "");
      this.narrated = now;
      if (this.narration.scrollHeight > this.narration.clientHeight + 1) this.narration.tabIndex = 0; // keys scroll it
      else this.narration.removeAttribute("tabindex");
    }
    const failure = JSON.stringify(frame.failure);
    if (failure !== this.shownFailure) {
      this.shownFailure = failure;
      this.failure.hidden = !frame.failure;
      this.failure.replaceChildren(...(frame.failure ? tellFailure(frame.failure) : []));
    }
  }

  // Numbers at the top right: [["Update", "12"], …].
  showStats(pairs) {
    while (this.stats.children.length > pairs.length) this.stats.lastChild.remove();
    pairs.forEach(([name, value], index) => {
      const box = this.stats.children[index] ?? this.stats.appendChild(h("div", {}, h("dt"), h("dd")));
      write(box.firstChild, name);
      write(box.lastChild, value);
    });
  }

  button(name, label, { symbol, primary = false, hint } = {}) {
    const button = h("button", { type: "button", class: primary ? "nn-button nn-primary" : "nn-button", title: hint },
      symbol ? icon(symbol) : null, h("span", { text: label }));
    this.on(button, "click", () => {
      if (button.getAttribute("aria-disabled") !== "true") this.press(button.dataset.press ?? name);
    });
    this.buttons.set(name, button);
    return button;
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
    const node = h("div", { class: kind }, h("div", { class: "nn-tabs", role: "group", "aria-label": "Show" }, ...tabs), ...panels);
    node.open = open;
    return node;
  }

  // A part that scrolls inside itself, with keys too.
  scrolling(name, ...children) {
    return h("div", { class: "nn-scroll", role: "group", "aria-label": name, tabIndex: 0 }, ...children);
  }

  // Whether the notebook is dark: as JupyterLab and Colab say it, or else by the colour that stands behind the explorer.
  isDark() {
    if (document.body.dataset.jpThemeLight) return document.body.dataset.jpThemeLight === "false";
    if (document.documentElement.getAttribute("theme") === "dark") return true;
    const paper = getComputedStyle(this.root).getPropertyValue("--jp-layout-color0").trim();
    if (paper) return light(channels(paper)) < 0.5;
    for (let node = this.root.parentElement; node; node = node.parentElement) {
      const behind = getComputedStyle(node).backgroundColor;
      if (behind && !/, 0\)$|^transparent$/.test(behind)) return light(channels(behind)) < 0.5;
    }
    return false;
  }

  readTheme() { // a new object each time: pictures that were made for another theme are known by it
    this.root.classList.toggle("nn-dark", this.isDark());
    const style = getComputedStyle(this.root);
    const read = (name) => style.getPropertyValue(`--nn-${name}`).trim();
    this.theme = { font: read("font"), code: read("code-font") };
    for (const name of ["paper", "ink", "soft", "faint", "line", "positive", "negative", "accent", "middle", "strange", "alert"]) {
      this.theme[name] = read(name);
      this.theme[`${name}Channels`] = channels(read(name));
    }
  }

  // A canvas that follows its box, the screen's density and the theme. With `cursor` ({at, move, tell, chosen}) the pointer and
  // the arrow keys choose a place in it, `tell` says in words what is there, and `chosen` hears of it.
  canvas({ label, draw, cursor, ...rest }) {
    const node = h("canvas", { class: "nn-canvas", role: cursor ? "application" : "img", "aria-label": label, ...rest });
    const canvas = { node, place: null };
    canvas.redraw = (width = node.clientWidth, height = node.clientHeight) => {
      if (!width || !height) return;
      const ratio = window.devicePixelRatio || 1;
      const [w, t] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (node.width !== w || node.height !== t) [node.width, node.height] = [w, t];
      const pen = node.getContext("2d");
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, width, height);
      draw(pen, width, height, this.theme, canvas.place);
      if (canvas.place && cursor) write(canvas.readout, cursor.tell(canvas.place) ?? "");
    };
    canvas.readout = h("output", { class: "nn-readout" });
    if (cursor) {
      node.tabIndex = 0;
      node.setAttribute("aria-roledescription", "picture, arrow keys move");
      const go = (place) => {
        canvas.place = place;
        if (!place) write(canvas.readout, "");
        canvas.redraw();
        cursor.chosen?.(place);
      };
      this.on(node, "pointermove", (event) => go(cursor.at(event.offsetX, event.offsetY, node.clientWidth, node.clientHeight)));
      this.on(node, "pointerdown", (event) => { // a finger does not hover, and what it has tapped stays
        if (event.pointerType === "touch") go(cursor.at(event.offsetX, event.offsetY, node.clientWidth, node.clientHeight));
      });
      this.on(node, "pointerleave", (event) => { if (event.pointerType !== "touch") go(null); });
      this.on(node, "blur", () => go(null));
      this.on(node, "keydown", (event) => {
        const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
        if (!step) return;
        event.preventDefault();
        go(cursor.move(canvas.place, ...step));
      });
    }
    this.canvases.push(canvas);
    this.resizes?.observe(node);
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

// [r, g, b] of a CSS colour written as #rrggbb or rgb(…).
function channels(colour) {
  if (colour.startsWith("#")) {
    const hex = colour.length === 4 ? [...colour.slice(1)].map((c) => c + c).join("") : colour.slice(1);
    return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
  }
  return (colour.match(/[\d.]+/g) ?? [128, 128, 128]).slice(0, 3).map(Number);
}

// How light a colour looks, from 0 to 1.
function light([red, green, blue]) {
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

// The colour for a value from -1 (negative) over 0 (middle) to 1 (positive), at most `depth` of the way.
export function shade(theme, value, depth = 1) {
  if (!Number.isFinite(value)) return theme.strangeChannels;
  const end = value < 0 ? theme.negativeChannels : theme.positiveChannels;
  const part = Math.min(1, Math.abs(value)) * depth;
  return theme.middleChannels.map((from, index) => Math.round(from + (end[index] - from) * part));
}
