// Workbench: transport, data, network, map with loss, the strip of moments and the panes, in one fixed height.
import { numbers } from "../stage/arrived.js";
import { networkDiagram } from "../stage/diagram.js";
import { h, headed, icon, put, rebuild, write } from "../stage/elements.js";
import { field, fields } from "../stage/fields.js";
import { over } from "../stage/handle.js";
import { kindsLegend, legend } from "../stage/kinds.js";
import { linesPlot, swatch } from "../stage/lines.js";
import { showEnd, showTrack } from "../stage/moment.js";
import { ring } from "../stage/pen.js";
import { planePlot } from "../stage/plane.js";
import { mount } from "../stage/stage.js";
import { dockButton } from "./dock.js";
import { flowOver } from "./flow.js";
import { layerHeads } from "./layers.js";
import { workbenchPanes } from "./panes.js";
import { dataPictures } from "./thumbs.js";
import { weightEditor } from "./weight.js";

const LOOKING = ["Chain", "Activation"]; // panes in which a click in the network asks for something, and edits nothing
const APART = 9; // pixels between two points of one stroke

export default mount("nn-workbench", (stage) => {
  stage.title.classList.add("nn-hidden");
  const page = stage.body.parentNode;
  page.tabIndex = -1;
  let told = null, last = null, unit = null;

  const play = stage.playButton();
  const small = (name, label, symbol, hint) => {
    const button = stage.button(name, label, { symbol, hint: `${label}: ${hint}` });
    button.classList.add("nn-compact");
    button.lastChild.className = "nn-hidden";
    return button;
  };
  const scrubber = h("input", { type: "range", class: "nn-range", min: 0, step: 1 });
  const where = h("span", { class: "nn-where" });
  stage.on(scrubber, "input", () => stage.aim("go_update", Number(scrubber.value)));
  const local = (label, symbol, act = () => {}) => {
    const button = stage.localButton(undefined, act, { class: "nn-button nn-compact", title: label, "aria-label": label });
    button.append(icon(symbol));
    return button;
  };
  const dock = dockButton(stage, local("Beside the notebook", "dock"));
  const fullButton = local("Full screen", "full", () => (document.fullscreenElement ? document.exitFullscreen() : stage.root.requestFullscreen?.()));
  fullButton.classList.add("nn-full");
  const drawerButton = local("All settings", "settings", () => drawer());
  const time = h("div", { class: "nn-time-row", role: "group", "aria-label": "Time", "data-place": "time" },
    play, small("back", "Back", "back", "to the moment before"), small("moment", "Step", "step", "to the next moment"),
    small("update", "Update", "update", "to the end of this update, or of the next"),
    small("reset", "Reset", "reset", "a new network, the same seed"),
    h("div", { class: "nn-when" }, where, h("label", { class: "nn-scrubber" }, h("span", { class: "nn-hidden", text: "Recorded update" }), scrubber)),
    field(stage, "learning_rate"), stage.stats, dock,
    fullButton, drawerButton);

  const flow = flowOver(stage);
  const heads = layerHeads(stage);
  const editor = weightEditor(stage, () => diagram.node.focus({ preventScroll: true }));
  const edit = (place, byKeys) => {
    stage.press("choose", place);
    editor.open(place, byKeys);
  };
  let panes = null;
  const diagram = networkDiagram(stage, "The network: units as maps, weights as lines; click one to change it", {
    over(pen, theme, layout) {
      flow.over(pen, theme, layout);
      heads.place(layout);
      editor.place(pen, theme, layout, told.diagram.columns);
    },
    pointed: (place) => { panes.pointed(place); look(place?.kind === "units" ? place : null); },
    choose(place, byKeys) {
      if (!place) return editor.close();
      if (!LOOKING.includes(told?.pane)) return edit(place, byKeys);
      editor.close();
      stage.press("choose", place);
    },
  });
  panes = workbenchPanes(stage, diagram, edit);
  const plane = planePlot(stage, "What the network answers over the plane, with the points", { over: marks, known });
  const loss = linesPlot(stage, "The loss of each part of the data, update by update");
  const rates = linesPlot(stage, "The learning rate by update");
  const key = h("span", { class: "nn-legend" });
  const mapTitle = h("h3", { text: "Output" });
  const flowing = h("p", { class: "nn-flowing" });
  const classes = h("span", { class: "nn-legend" });
  const track = h("ol", { class: "nn-track", "aria-label": "The moments of this update" });
  stage.onButtons(track, ({ dataset }) => stage.press("go", Number(dataset.at)));

  const group = (name, names, ...more) =>
    h("div", { class: "nn-group", role: "group", "aria-label": name }, h("h3", { text: name }), ...fields(stage, names), ...more);
  const clear = stage.button("clear", "Clear", { hint: "An empty plane to draw on" });
  const data = h("div", { class: "nn-data", "data-place": "data", tabIndex: 0, role: "group", "aria-label": "Data" },
    ...fields(stage, ["data", "noise", "pointer"]), clear, ...fields(stage, ["across", "up"]));
  const dataSets = dataPictures(stage);
  const settings = h("div", { class: "nn-drawer", role: "group", "aria-label": "All settings", tabIndex: 0, hidden: true },
    group("Data", ["examples", "test", "validation", "learn_from", "dots", "colours", "seed", "features", "formula"]),
    group("Network", ["initializer", "dropout", "edges"]), group("Training", ["loss", "optimizer", "batch", "l2", "l1", "patience", "until", "mode"]),
    group("Schedule", ["schedule", "stage", "span"], rates.node, rates.readout));
  function drawer(open = settings.hidden) {
    settings.hidden = !open;
    page.classList.toggle("nn-drawn", open);
    drawerButton.setAttribute("aria-expanded", open);
  }
  const tour = h("div", { class: "nn-tour", role: "status", hidden: true });
  const said = h("p");
  tour.append(said, stage.button("tour", "Go on"));
  const network = stage.panel("Network", headed("Network", heads.layers, legend(["plus", "positive"], ["minus", "negative"], ["bias", "bias"])),
    over(diagram, heads, editor), h("div", { class: "nn-under-network" }, flowing, diagram.readout));
  const map = stage.panel("Decision map", h("div", { class: "nn-heading" }, mapTitle, classes), plane.node, plane.readout);
  const curve = stage.panel("Loss", headed("Loss", key), loss.node, loss.readout);
  for (const [name, node] of [["network", network], ["map", map], ["loss", curve]]) node.dataset.place = name;

  stage.body.append(time, h("div", { class: "nn-stage" }, data, network, h("div", { class: "nn-effect" }, map, curve), settings),
    h("div", { class: "nn-strip", "data-place": "moments" }, track,
      h("div", { class: "nn-words", role: "group", "aria-label": "In words", tabIndex: 0 }, stage.narration)), panes.node, tour);

  // The keys of time: not where a field, a picture or a tab has keys of its own.
  stage.on(page, "keydown", (event) => {
    if (event.key === "Escape") return editor.close() || drawer(false);
    if (event.target.matches("input, select, textarea, canvas, [role=tab], [role=grid], [role=grid] *, .nn-formula, .nn-formula *, .nn-code, .nn-code *")) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const name = { ArrowLeft: "back", ArrowRight: "moment", Home: "first", End: "last", " ": stage.frame?.playing ? "pause" : "play" }[event.key];
    if (!name || (event.key === " " && event.target.matches("button"))) return;
    event.preventDefault();
    if (!stage.frame?.disabled.includes(name)) stage.press(name);
  });

  function marks(pen, pixel, theme) {
    const isPointed = plane.place || told?.pane === "Point" || !told?.whose.startsWith("example");
    for (const [place, radius] of [[told?.followed?.at, 7], [isPointed && told?.probe?.point, 4]]) {
      if (place) ring(pen, ...pixel(place), radius, theme.ink, 2.5);
    }
  }

  // What the kernel has worked out at a place: the number that stands in the unit, too.
  function known(place) {
    const { point, layers } = told?.probe ?? {};
    if (!point?.every((one, k) => Math.abs(one - place[k]) < 1e-6)) return null;
    return unit ? layers[unit.column]?.[1][unit.unit] : layers.at(-1)[1][0];
  }

  // The unit under the pointer is shown large in place of the output.
  function look(place) {
    unit = place;
    if (!told) return;
    showMap();
    plane.redraw();
  }

  function showMap() {
    const column = unit && told.diagram.columns[unit.column];
    const row = column ? column.shown.indexOf(unit.unit) : -1;
    write(mapTitle, row < 0 ? "Output" : `Map of ${diagram.named(unit.column, unit.unit)}`);
    if (row < 0) return plane.show(told.plane);
    const [, tall, wide] = column.maps.shape;
    const all = numbers(column.maps);
    plane.show({ ...told.plane, what: "value", map: { shape: [tall, wide], type: "int8", data: all.slice(row * tall * wide, (row + 1) * tall * wide) } });
  }

  const drawing = () => told && told.pointer !== "look" && !told.locked.includes("draw");
  const free = (name) => told && !told.locked.includes(name);
  stage.on(plane.node, "pointermove", (event) => {
    if (!plane.place) return;
    if (!drawing()) { if (free("probe")) stage.aim("probe", plane.place); return; }
    if (event.buttons !== 1 || !last || Math.hypot(event.offsetX - last[0], event.offsetY - last[1]) < APART) return;
    last = [event.offsetX, event.offsetY];
    stage.press("draw", plane.place);
  });
  const act = () => { if (plane.place) stage.press(drawing() ? "draw" : "nearest", plane.place); };
  stage.on(plane.node, "pointerdown", (event) => {
    if (event.button || !told) return;
    last = [event.offsetX, event.offsetY];
    act();
  });
  stage.on(plane.node, "keydown", (event) => {
    if (["Enter", " "].includes(event.key)) { event.preventDefault(); act(); }
    else if (event.key.startsWith("Arrow") && plane.place && free("probe")) stage.aim("probe", plane.place);
  });

  return (view, frame) => {
    told = view;
    play.show(frame.playing);
    dock.show(view.dock);
    dataSets.show(frame.values.data);
    put(scrubber, { max: Math.max(view.timeline.count - 1, 1), "aria-valuetext": view.timeline.label });
    if (!stage.pending.has("go_update")) scrubber.value = view.timeline.at;
    scrubber.style.setProperty("--nn-filled", `${(100 * view.timeline.at) / Math.max(1, view.timeline.count - 1)}%`);
    write(where, view.timeline.short);
    where.classList.toggle("nn-past", view.past);
    for (const [name, node] of [["network", network], ["plane", map], ["loss", curve]]) put(node, { hidden: view.hidden.includes(name) });
    for (const [name, button] of stage.buttons) if (view.hidden.includes(name)) put(button, { hidden: true });
    for (const [name, { node }] of stage.fields) put(node, { hidden: view.hidden.includes(name) });
    for (const name of ["across", "up"]) stage.fields.get(name)?.offer(view.axes, frame.values[name]);
    put(clear, { hidden: view.hidden.includes("clear") });
    if (view.track) showTrack(track, view.track);
    else showEnd(track); // while it runs, what is told is told of the last moment
    heads.show(view.diagram.columns);
    editor.show(view.chosen, view.locked.includes("value"), !view.hidden.includes("parameters"));
    diagram.show(view.diagram);
    const runs = flow.show(view.flow, diagram, view.followed?.example);
    const happens = view.standing || runs, isSaid = happens.endsWith(view.whose);
    write(flowing, [happens, isSaid ? "" : `in the units: ${view.whose}`].filter(Boolean).join("; "));
    put(flowing, { title: flowing.textContent });
    plane.node.style.touchAction = drawing() ? "none" : ""; // a finger draws, and does not scroll the page
    showMap();
    const isHeld = view.plane.hollow > 0;
    rebuild(classes, [view.plane.kind, view.names, isHeld], () =>
      [kindsLegend(view.plane.kind, view.names), isHeld && legend(["hollow", "held back"])].filter(Boolean));
    if (view.rates) rates.show(view.rates);
    loss.show(view.loss);
    rebuild(key, view.loss.curves.map(({ name }) => name), () => view.loss.curves.map(({ name, look }) => h("span", {}, swatch(look), name)));
    panes.show(view);
    if (frame.failure && view.inside?.why === frame.failure.message) put(stage.failure, { hidden: true }); // the pane says it, beside what mends it
    const [place, sentence, isOn] = view.tour;
    put(tour, { hidden: !isOn });
    write(said, sentence);
    for (const node of stage.root.querySelectorAll("[data-place]")) {
      node.classList.toggle("nn-toured", isOn && node.dataset.place === place);
      if (view.away.includes(node.dataset.place)) put(node, { hidden: true });
    }
  };
});
