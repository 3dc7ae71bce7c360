// Whether the kernel can hear an explorer: "" (it can), "lost" (its model is gone), "cut" (no line to the server) or
// "busy" (it does something else, and what was pressed waits).
const ENDED = ["restarting", "autorestarting", "dead", "terminating"];
const SAID = {
  lost: "The kernel no longer holds this explorer: run its cell again.",
  cut: "The server does not answer: this is the last picture that came.",
  busy: "The kernel is busy: what you press waits until it is free.",
};

export const kernelEnded = (manager) => ENDED.includes(manager?.kernel?.status);

export function hearing({ manager, node, waits }) {
  const kernel = manager?.kernel; // of JupyterLab's manager of widgets; elsewhere nothing is known of it
  if (kernelEnded(manager)) return "lost";
  if (kernel?.connectionStatus && kernel.connectionStatus !== "connected") return "cut";
  if (node.closest(".jupyter-widgets-disconnected")) return "lost";
  return waits && kernel?.status === "busy" ? "busy" : "";
}

export const sentence = (state) => SAID[state] ?? "";
