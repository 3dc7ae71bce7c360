// What the page says while Python loads, while its site does not answer, and while a cell cannot be stopped.
(() => {
  const PYTHON = __MEGABYTES__; // MB that a kernel loads the first time
  const TESTED = "Tested with __VERSIONS__.";
  const LONG = 20; // seconds after which a running cell may be one that never ends
  const PULSE = 500; // ms between two looks
  const TRY = 3; // seconds between two questions to the site
  const PATIENCE = 6; // seconds that the site has for an answer

  const style = document.createElement("style");
  style.textContent = `
    #nn-site { position: fixed; right: 16px; bottom: 36px; z-index: 10000; width: 300px; padding: 12px 16px;
      font: 14px/1.45 system-ui, sans-serif; color: #1b1b1b; background: #fff; border: 1px solid #757575;
      border-radius: 6px; box-shadow: 0 2px 10px #0004; }
    #nn-site[hidden] { display: none; }
    #nn-site p { margin: 0 0 6px; } #nn-site small { color: #555; }
    #nn-site progress { width: 100%; } #nn-site button { font: inherit; margin: 4px 8px 0 0; padding: 3px 10px; }
    [data-jp-theme-light="false"] #nn-site { color: #eee; background: #222; }
    [data-jp-theme-light="false"] #nn-site small { color: #bbb; }`;
  const card = document.createElement("aside");
  card.id = "nn-site";
  card.setAttribute("aria-label", "State of the site");
  card.innerHTML = `<p role="status"></p><p><progress></progress> <span></span></p><p class="do"></p><small></small>`;
  const [text, bar, number, does, small] = ["[role]", "progress", "span", ".do", "small"].map(
    one => card.querySelector(one));

  const start = performance.now();
  const ready = new Set(); // kernels that have been idle once
  let bytes = 0, moved = start, // of Python: how many have come, and when the last did
    kernels = 1, // that load at once: each lesson that was open is opened again, with a Python of its own
    broken = null, gone = false, asked = start, stopped = false, said = "";
  let begun = {kernel: null, at: start}, busy = {since: null, hidden: false};

  new BroadcastChannel("nn-site").onmessage = ({data}) => {
    if (data.bytes) [bytes, moved, broken] = [bytes + data.bytes, performance.now(), null];
    if (data.failed) broken = data.failed;
  };

  async function ask() {
    try {
      const url = `../jupyter-lite.json?${Date.now()}`;
      const answer = await fetch(url, {cache: "no-store", signal: AbortSignal.timeout(PATIENCE * 1000)});
      if (gone && answer.ok && !window.jupyterapp) location.reload();
      gone = !answer.ok;
    } catch {
      gone = performance.now() - moved > 1000 * TRY; // a slow line that still brings something is none that is gone
    }
  }

  function show(state, sentence, buttons = {}) {
    card.hidden = !state;
    card.dataset.state = state;
    bar.parentNode.hidden = state !== "loading";
    small.textContent = state === "loading" ? TESTED : "";
    if (said === state + sentence) return; // a screen reader hears a sentence once
    said = state + sentence;
    text.textContent = sentence;
    does.replaceChildren(...Object.entries(buttons).map(([label, press]) => {
      const button = document.createElement("button");
      button.textContent = label;
      button.onclick = press;
      return button;
    }));
  }

  function loading(now) {
    const whole = PYTHON * kernels, seconds = Math.round((now - begun.at) / 1000);
    if (!window.jupyterapp?.shell.currentWidget) {
      bar.removeAttribute("value");
      number.textContent = `${seconds} s`;
      return "Loading the page.";
    }
    bar.value = Math.min(bytes / 1e6 / whole, 1);
    number.textContent = `${(bytes / 1e6).toFixed(1)} of about ${whole} MB, ${seconds} s`;
    return "Python is being made ready. The next visit finds it in the browser's cache. You can read on meanwhile.";
  }

  function look() {
    const now = performance.now();
    const context = window.jupyterapp?.shell.currentWidget?.sessionContext;
    const kernel = context?.session?.kernel;
    const status = kernel?.status;
    if (kernel && status === "restarting") ready.delete(kernel.id);
    if (kernel && begun.kernel !== kernel.id || status === "restarting") {
      begun = {kernel: kernel.id, at: begun.kernel ? now : start};
      if (begun.at === now) [bytes, kernels] = [0, 1];
    }
    const open = [...window.jupyterapp?.shell.widgets("main") ?? []].map(one => one.sessionContext?.session?.kernel);
    for (const one of open) if (one?.status === "idle") ready.add(one.id);
    kernels = Math.max(kernels, open.filter(one => one && !ready.has(one.id)).length);
    const quiet = kernel ? ready.has(kernel.id) : window.jupyterapp?.shell.currentWidget && !context;
    if (!quiet && now - asked > 1000 * TRY) {
      asked = now;
      ask();
    }
    if (status !== "busy" || !quiet) [busy, stopped] = [{since: null, hidden: false}, false];
    else busy.since ??= now;
    if (quiet) gone = false;
    if (gone) {
      return show("gone", "The site does not answer. What you wrote is kept in this browser, and nothing of it is lost.",
        {"Try again": () => location.reload()});
    }
    if (broken && !quiet) {
      return show("gone", `Python cannot be loaded: ${broken} does not answer.`, {"Try again": () => location.reload()});
    }
    if (!quiet) return show("loading", loading(now));
    if (busy.since && !busy.hidden && (stopped || now - busy.since > 1000 * LONG)) {
      const why = stopped ? "Python in a browser has no Stop." : `A cell has been running for more than ${LONG} s.`;
      return show("busy", `${why} If the cell never ends, press Restart: values are forgotten, what you wrote stays.`,
        {Restart: () => { ready.delete(kernel.id); begun.kernel = "ended"; context.restartKernel(); }, "Let it run": () => { busy.hidden = true; look(); }});
    }
    return show("", "");
  }

  function listen() {
    if (!window.jupyterapp) return setTimeout(listen, PULSE);
    jupyterapp.commands.commandExecuted.connect((_, {id}) => {
      if (!/interrupt/.test(id)) return;
      [stopped, busy.hidden] = [true, false];
      look();
    });
  }

  document.head.append(style);
  const put = () => document.body.append(card);
  if (document.body) put(); else addEventListener("DOMContentLoaded", put);
  listen();
  look();
  setInterval(look, PULSE);
})();
