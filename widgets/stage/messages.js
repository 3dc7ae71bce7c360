// What is said to the kernel: at once, or of what moves the newest alone. Every message says which frame has been drawn last,
// so that a message for that alone is seldom needed.

export class Messages {
  constructor(model, lost) {
    Object.assign(this, { model, lost, id: Math.random().toString(36).slice(2), pending: new Map(), count: 0, asking: new Map() });
  }

  send(message) {
    clearTimeout(this.late);
    this.late = undefined;
    if (message.kind === "hello") this.asking.clear(); // what was under way may be lost
    if (message.kind === "set" || message.kind === "press") {
      this.asked ??= performance.now();
      this.asking.set(message.name, ++this.count);
    }
    try {
      this.model.send({ ...message, view: this.id, seen: this.drawn ?? 0, count: this.count });
    } catch {
      this.lost(); // the kernel has gone; the last picture stays
    }
  }

  // Has the kernel still to answer what was last said under this name?
  awaits(name) {
    return this.pending.has(name) || this.asking.get(name) > (this.frame?.answered?.[this.id] ?? 0);
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

  // JupyterLab draws its toolbar anew for every message, so five a second are enough.
  acknowledge(frame) {
    this.drawn = frame.number;
    this.late ??= setTimeout(() => { if (!this.ended) this.send({ kind: "seen" }); }, 200);
    this.awaiting = false;
    if (this.pending.size) this.flush();
  }

  // From the press of Pause on, frames of Play that are still under way are not drawn: the picture stands at once.
  stopped(frame) {
    if (!frame.playing || performance.now() - (this.pausing ?? -Infinity) > 1000) this.pausing = undefined;
    return this.pausing !== undefined;
  }

  end() {
    this.send({ kind: "gone" });
    clearTimeout(this.sending);
    this.ended = true;
  }
}
