// The theme: whether the notebook is dark, and the colours that canvases draw with.
const NAMES = ["paper", "ink", "soft", "faint", "line", "positive", "negative", "accent", "middle", "strange", "alert"];

// Each colour as the style sheet has it, and as numbers, `inkChannels`. A new object each time: pictures that were made for
// another theme are known by it.
export function readTheme(root) {
  root.classList.toggle("nn-dark", isDark(root));
  const style = getComputedStyle(root);
  const read = (name) => style.getPropertyValue(`--nn-${name}`).trim();
  const theme = { font: read("font"), code: read("code-font") };
  for (const name of NAMES) Object.assign(theme, { [name]: read(name), [`${name}Channels`]: channels(read(name)) });
  return theme;
}

// As JupyterLab and Colab say it, or else by the colour that stands behind the explorer.
function isDark(root) {
  if (document.body.dataset.jpThemeLight) return document.body.dataset.jpThemeLight === "false";
  if (document.documentElement.getAttribute("theme") === "dark") return true;
  const paper = getComputedStyle(root).getPropertyValue("--jp-layout-color0").trim();
  if (paper) return light(channels(paper)) < 0.5;
  for (let node = root.parentElement; node; node = node.parentElement) {
    const behind = getComputedStyle(node).backgroundColor;
    if (behind && !/, 0\)$|^transparent$/.test(behind)) return light(channels(behind)) < 0.5;
  }
  return false;
}

// [r, g, b] of a CSS colour written as #rrggbb or rgb(…).
export function channels(colour) {
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

// The colour, as CSS takes it, for a value from -1 (negative) over 0 (middle) to 1 (positive), at most `depth` of the way.
export const shade = (theme, value, depth = 1) => `rgb(${shadeChannels(theme, value, depth).join(" ")})`;

export function shadeChannels(theme, value, depth) {
  if (!Number.isFinite(value)) return theme.strangeChannels;
  const end = value < 0 ? theme.negativeChannels : theme.positiveChannels;
  const part = Math.min(1, Math.abs(value)) * depth;
  return theme.middleChannels.map((from, index) => Math.round(from + (end[index] - from) * part));
}
