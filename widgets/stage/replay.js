// Replay: plays a recorded run in place of a kernel. The explorer's own module draws; this is the `model` that it asks.
import { h } from "./elements.js";

const FREE = ["play", "pause", "back", "moment", "step", "update", "first", "last", "go", "go_update", "pane"];

async function opened(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const arrays = unpacked(head.arrays, bytes, 4 + length);
  const columns = head.columns.map((told) => (Array.isArray(told) ? told
    : told.added.reduce((all, by) => [...all, all.at(-1) + by], [told.first])));
  const array = ([type, shape, at]) => {
    const [all, size] = arrays(type, shape);
    return { type, shape, data: all.subarray(at * size, (at + 1) * size) };
  };
  const literal = (told) => {
    if (told === null || typeof told !== "object") return told;
    if (Array.isArray(told)) return told.map(literal);
    return told[""] ? array(told[""]) : Object.fromEntries(Object.entries(told).map(([key, one]) => [key, literal(one)]));
  };
  const value = (tree, row) => {
    if (typeof tree === "number") return literal(columns[tree][row]);
    if (Array.isArray(tree)) return tree.map((one) => value(one, row));
    if (tree.dict) return Object.fromEntries(Object.entries(tree.dict).map(([key, one]) => [key, value(one, row)]));
    if (tree.array) return array([...tree.array.slice(0, 2), columns[tree.array[2]][row]]);
    return literal(tree["="]);
  };
  // The moments of an update, each a function of the pane that gives its frame.
  const lengths = [];
  for (const { updates } of head.moments) for (const at of updates) lengths[at] = (lengths[at] ?? 0) + 1;
  const rows = head.moments.map(({ updates }) => new Map(updates.map((at, row) => [at, row])));
  return { controls: head.controls, every: head.every, pace: head.pace, lengths, panes: Object.keys(head.moments[0].panes),
    frameOf: (at, k, pane) => value(head.moments[k].panes[pane], rows[k].get(at)) };
}

// The arrays of one length: what changed from each to the next is added up, and their bytes are put together again.
function unpacked(sizes, bytes, from) {
  const arrays = new Map();
  for (const [type, size, count] of sizes) {
    const width = type === "float32" ? 4 : 1, each = size / width, plane = each * count;
    const all = new Uint8Array(size * count);
    for (let byte = 0; byte < width; byte += 1) {
      for (let k = 0; k < plane; k += 1) {
        const at = k * width + byte;
        all[at] = bytes[from + byte * plane + k] + (at >= size ? all[at - size] : 0);
      }
    }
    arrays.set(`${type} ${size}`, [all, size]);
    from += size * count;
  }
  return (type, shape) => arrays.get(`${type} ${shape.reduce((a, b) => a * b, type === "float32" ? 4 : 1)}`);
}

class Recording {
  constructor(told) {
    Object.assign(this, told, { at: 0, k: told.lengths[0] - 1, pane: told.panes[0], number: 0, heard: new Map() });
    this.make();
  }

  get(name) { return this[name]; }
  on(event, act) { this.heard.set(event, [...(this.heard.get(event) ?? []), act]); }
  off(event, act) { this.heard.set(event, (this.heard.get(event) ?? []).filter((one) => one !== act)); }

  make() {
    const told = this.frameOf(this.at, this.k, this.pane);
    const disabled = { includes: (name) => !FREE.includes(name) };
    this.number += 1;
    this.frame = { ...told, number: this.number, playing: this.playing === true, disabled, answered: this.answered };
    if (told.view?.timeline) {
      const timeline = { ...told.view.timeline, at: this.at, count: this.lengths.length };
      this.frame.view = { ...told.view, timeline };
    }
    for (const act of this.heard.get("change:frame") ?? []) act();
    for (const act of this.heard.get("moved") ?? []) act();
  }

  to(at, k) {
    this.at = Math.min(this.lengths.length - 1, Math.max(0, at));
    this.k = Math.min(this.lengths[this.at] - 1, Math.max(0, k));
    this.make();
  }

  // A moment on or back, over the ends of updates.
  moment(by) {
    const k = this.k + by, last = this.lengths.length - 1;
    if (k >= 0 && k < this.lengths[this.at]) this.to(this.at, k);
    else if (by > 0 && this.at < last) this.to(this.at + 1, 0);
    else if (by < 0 && this.at > 0) this.to(this.at - 1, Infinity);
  }

  // The moment that has number `index`, counted over those of the update that is shown and all before it, as recorded.
  go(index) {
    const track = this.frame.view.track?.flatMap(({ moments }) => moments) ?? [];
    const k = track.findIndex(({ at }) => at === index);
    this.to(this.at, k < 0 ? this.k : k);
  }

  play() {
    if (this.playing) return;
    this.playing = true;
    if (this.at === this.lengths.length - 1) this.at = -1;
    const next = () => {
      if (!this.playing) return;
      if (this.at === this.lengths.length - 1) return this.pause();
      this.to(this.at + 1, Infinity);
      this.timer = setTimeout(next, this.pace);
    };
    next();
  }

  pause() {
    this.playing = false;
    clearTimeout(this.timer);
    this.make();
  }

  send({ kind, name, detail, value, view, count }) {
    this.answered = { [view]: count };
    if (kind === "set" && name === "pane" && this.panes.includes(value)) {
      this.pane = value;
      this.make();
    }
    if (kind !== "press" || !FREE.includes(name)) return;
    if (name === "play") return this.play();
    if (this.playing) this.pause();
    const last = this.lengths[this.at] - 1;
    const acts = {
      back: () => this.moment(-1), moment: () => this.moment(1), first: () => this.to(0, Infinity),
      step: () => this.to(this.at + 1, Infinity), go: () => this.go(detail), go_update: () => this.to(detail, Infinity),
      update: () => this.to(this.k < last ? this.at : this.at + 1, Infinity), last: () => this.to(Infinity, Infinity),
    };
    acts[name]?.();
  }
}

// The bar below the explorer: where in time; with buttons and a slider, unless the explorer has its own.
function bar(recording) {
  const said = h("output");
  const slider = h("input", { type: "range", min: 0, max: recording.lengths.length - 1, value: 0, "aria-label": "Recorded update" });
  slider.addEventListener("input", () => recording.send({ kind: "press", name: "go_update", detail: Number(slider.value) }));
  const press = (name, text, label) => {
    const button = h("button", { type: "button", text, title: label, "aria-label": label });
    button.addEventListener("click", () => recording.send({ kind: "press", name: name === "play" && recording.playing ? "pause" : name }));
    return button;
  };
  const play = press("play", "▶", "Play the recording");
  const node = h("nav", { "aria-label": "Recording" });
  if (!recording.frame.view?.timeline) node.append(play, press("back", "◀", "Back in the recording"), press("moment", "▶▏", "On in the recording"), slider);
  node.append(said);
  recording.on("moved", () => {
    slider.value = recording.at;
    play.textContent = recording.playing ? "❚❚" : "▶";
    const thinned = recording.every > 1 ? `, every ${recording.every} updates kept` : "";
    said.textContent = `A recorded run: ${recording.at + 1} of ${recording.lengths.length}${thinned}`;
  });
  return node;
}

// In a frame of its own site that asks for it (`data-fits`), the frame's style hears how high the page is. It only grows,
// so that nothing that is pressed moves what stands below; another width begins anew.
function fit() {
  const frame = window.frameElement; // null where it is another site's
  if (!frame?.hasAttribute("data-fits")) return;
  let width = 0, height = 0;
  new ResizeObserver(() => {
    if (innerWidth !== width) [width, height] = [innerWidth, 0];
    height = Math.max(height, document.body.offsetHeight);
    frame.style.setProperty("--height", `${height + frame.offsetHeight - frame.clientHeight}px`);
  }).observe(document.body);
}

opened(document.querySelector("#recording").textContent).then((told) => {
  const recording = new Recording(told);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const theme = () => { document.body.dataset.jpThemeLight = String(!dark.matches); };
  theme();
  dark.addEventListener("change", theme);
  const main = document.querySelector("main");
  const place = main.appendChild(document.createElement("div"));
  explorer.render({ model: recording, el: place });
  main.append(bar(recording));
  recording.make();
  fit();
});
