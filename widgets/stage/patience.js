// Patience: a strip that says what of the learner's does not come back, with a button that interrupts the kernel.
import { h, put, write } from "./elements.js";

export function patienceStrip(stage) {
  let kernel = "";
  const said = h("span");
  const button = stage.localButton("Interrupt", async () => {
    if (!(await interrupted(kernel))) write(said, "It cannot be stopped from here: press ■ in the notebook's toolbar.");
  });
  const node = h("div", { class: "nn-patience", role: "alert", hidden: true }, said, button);
  return {
    node,
    hear({ text, kernel: id }) {
      node.hidden = !text;
      kernel = id ?? kernel;
      if (text) write(said, text);
    },
    hide: () => put(node, { hidden: true }),
  };
}

// The server's own door, as JupyterLab uses it; elsewhere there is none.
async function interrupted(kernel) {
  try {
    const config = JSON.parse(document.querySelector("#jupyter-config-data").textContent);
    const cookie = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] ?? "";
    const headers = { "X-XSRFToken": cookie, ...(config.token ? { Authorization: `token ${config.token}` } : {}) };
    const answer = await fetch(`${config.baseUrl}api/kernels/${encodeURIComponent(kernel)}/interrupt`, { method: "POST", headers });
    return answer.ok;
  } catch {
    return false;
  }
}
