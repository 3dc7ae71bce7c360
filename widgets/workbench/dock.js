// Beside the notebook: a button that shows the explorer once more, in a panel to its right, where JupyterLab has `sidecar`.

const MODULE = "@jupyter-widgets/jupyterlab-sidecar";

// `button.show(panel)` with each view: the model of the panel, "" before there is one, null where there can be none.
export function dockButton(stage, button) {
  const manager = stage.model.widget_manager;
  let has = false, panel = null;
  Promise.resolve(manager?.loadClass?.("SidecarView", MODULE, "*")).then((view) => { has = Boolean(view); show(); }, () => {});
  // Side by side is in JupyterLab's whole window alone: not in Notebook 7, and not where one document fills the window.
  const room = () => document.querySelector(".jp-LabShell:not([data-shell-mode=single-document])");
  const show = () => { button.hidden = panel === null || !has || !room() || stage.root.closest(".jupyterlab-sidecar"); };
  button.show = (told) => { panel = told; show(); };
  stage.on(button, "click", async () => {
    if (!panel) return stage.press("dock");
    const model = await manager.get_model(panel);
    const views = await Promise.all(Object.values(model.views ?? {}));
    const open = views.map((view) => view._outputView).find((output) => output.parent);
    if (open) return open.parent.activateWidget(open);
    for (const view of views) view.remove(); // it was closed: a view of its own opens it anew
    return manager.create_view(model, {});
  });
  return button;
}
