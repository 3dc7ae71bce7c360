"""The gallery in JupyterLab: what axe-core says of every explorer, in a light and a dark theme; whether all of it is
seen at 800 px and at 200 % zoom; and whether every control is reached with Tab, is seen to be, and lets go again.

One page a theme: it is made narrower and wider, not loaded again. The cells are the gallery's, and those that bring an
explorer to the state of its picture (tools/screenshots.py): trained, judged, with a mistake put in.
"""

import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

import widgets

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
import screenshots

EXPLORER = ".nn-explorer"
MORE = (  # states that the gallery does not show: other kinds and sizes, a pinned moment, an error in one's own class
    "step = Workbench(hidden=[3, 3], pane='Compare')\nfor _ in range(5):\n    step.next_moment()\nstep.pin()\n"
    "step.whole_update()\nstep",
    "Workbench(x=np.random.default_rng(0).normal(size=(4, 60)), y=np.arange(60) % 3, hidden=[3])",
    "Workbench(hidden=[3], show=('network', 'map', 'chain'))",
    "BackpropBoard(inputs=3, hidden=[3, 3])",
    "BugLab()",
    "Predict('Which rate arrives soonest?', choose=['0.1', '0.5', '0.9'])",
    "Predict('How many weights?', number='weights', truth=54465, scale='ratio')",
    "Predict('Sketch the loss', sketch=('epoch', 1, 50, 'loss', 0, 1), truth=lambda x: 1 / x)",
    "Parsons(['a = 1', 'b = a'], run=lambda text: text)",
    "ShapeTracer(operation='A + B', a=(3, 2), b=(2, 5))",
    "SignalExplorer(start_from='size 1', depth=20)",
    "class Broken:\n    def __call__(self, z):\n        raise ValueError('no')\nActivationExplorer(activation=Broken)",
)
LIGHT = {"theme": "light", "subshells": "perCommTarget"}
DARK = {"theme": "dark"}
HEIGHT = 900

# What is folded is looked at too.
OPEN = f"document.querySelectorAll('{EXPLORER} details').forEach(details => {{ details.open = true; }})"

# axe takes whatever lies outside a box that hides its overflow for unseen, and JupyterLab's <body> is such a box,
# without any height: the contrast of no text would be measured.
IN_VIEW = "body, .jp-LabShell { overflow: visible !important; }"

# What stands out of its explorer or is cut off, each as a sentence. An area that scrolls is one on purpose where it can
# be focused and has a name. Text is measured as it is set, so a word that runs over its neighbour is found as well.
CUT_OFF = """root => {
    const told = [];
    const style = getComputedStyle;
    const words = node => (node.getAttribute("aria-label") || node.textContent || node.value || "").trim();
    const tell = (node, what) => told.push(`${node.tagName.toLowerCase()}.${node.className} "${
        words(node).slice(0, 40)}" ${what}`);
    const clips = (node, axis) => /hidden|clip/.test(style(node)[`overflow${axis}`]);
    const unseen = node => node.closest(".nn-hidden, [hidden], svg") || !node.getClientRects().length
        || style(node).clipPath === "inset(50%)";  // for screen readers alone
    const scroller = node => {
        for (let at = node; at && at !== root; at = at.parentElement)
            if (/auto|scroll/.test(style(at).overflowX) && at.scrollWidth > at.clientWidth) return at;
    };
    const pen = document.createElement("canvas").getContext("2d");
    const page = root.querySelector(".nn-page").getBoundingClientRect();
    for (const node of [root, ...root.querySelectorAll("*")]) {
        if (unseen(node)) continue;
        const scrolls = scroller(node);
        const named = node.getAttribute("aria-label") || node.labels?.length;
        const reached = node.tabIndex >= 0 || node.querySelector('button, [tabindex="0"]');
        if (scrolls === node && !(reached && named)) tell(node, "scrolls without tabindex or label");
        if (scrolls) continue;

        const [box, wide, high] = [node.getBoundingClientRect(), node.clientWidth, node.clientHeight];
        if (node !== root && (box.right > page.right + 1 || box.left < page.left - 1))
            tell(node, `stands ${Math.round(Math.max(box.right - page.right, page.left - box.left))} px out`);
        if ((node === root || clips(node, "X") || node.matches("input")) && node.scrollWidth > wide + 1)
            tell(node, `needs ${node.scrollWidth} px across and has ${wide}`);
        // A number that has no room in the row of time goes whole to a line below its edge: the words say it.
        const whole = node.matches(".nn-time-row .nn-stats") && [...node.children].every(one => {
            const [part, edge] = [one.getBoundingClientRect(), box.bottom + 1];
            return part.top >= edge - 2 || part.bottom <= edge;
        });
        if (clips(node, "Y") && !whole && !node.matches("input, select") && node.scrollHeight > high + 1)
            tell(node, `needs ${node.scrollHeight} px down and has ${high}`);
        if (node.matches("select")) {
            pen.font = style(node).font;
            const needed = Math.round(pen.measureText(node.selectedOptions[0]?.text ?? "").width) + 30; // its arrow
            if (needed > wide) tell(node, `needs ${needed} px across and has ${wide}`);
        }
        if (node.matches("option, select, textarea")) continue;
        let block = node;
        while (style(block).display === "inline") block = block.parentElement;
        for (const text of node.childNodes) {
            if (text.nodeType !== Node.TEXT_NODE || !text.data.trim()) continue;
            const range = document.createRange();
            range.selectNodeContents(text);
            const right = Math.max(...[...range.getClientRects()].map(one => one.right));
            const over = Math.round(right - block.getBoundingClientRect().right);
            if (over > 1) tell(node, `has text that runs ${over} px over its box`);
        }
    }
    return told;
}"""

# The controls that Tab must reach, of radio buttons one in each group; then, after each press of Tab, where one is;
# then what was never reached.
CONTROLS = """root => {
    const shown = node => node.getClientRects().length && getComputedStyle(node).visibility === "visible";
    const group = node => [...root.querySelectorAll("input[type=radio]")].filter(one => one.name === node.name);
    const apart = node => node.type !== "radio" || node === (group(node).find(one => one.checked) ?? group(node)[0]);
    window.controls = [...root.querySelectorAll("button, input, select, textarea, summary, a[href], [tabindex]")]
        .filter(node => shown(node) && !node.disabled && node.tabIndex >= 0 && apart(node));
    window.reached = new Set();
    const before = document.createElement("button");
    root.before(before);
    before.focus();
    return window.controls.length;
}"""
FOCUSED = """root => {
    const node = document.activeElement;
    if (!root.contains(node)) return null;
    window.reached.add(node);
    const [style, box] = [getComputedStyle(node), node.getBoundingClientRect()];
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    return {
        name: node.outerHTML.slice(0, 160),
        inSight: box.width > 0 && box.height > 0 && x > 0 && x < innerWidth && y > 0 && y < innerHeight,
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
    };
}"""
MISSED = """root => {
    root.previousElementSibling.remove();
    return window.controls.filter(node => !window.reached.has(node)).map(node => node.outerHTML.slice(0, 160));
}"""


@pytest.fixture(scope="module")
def gallery(request, new_lab):
    """The gallery, run, in one theme."""
    lab = new_lab(width=1280, height=HEIGHT, **request.param)
    try:
        page = lab.run_cells(*screenshots.cells(), *MORE)
        count = len(widgets.__all__) + len(MORE)
        page.wait_for_function(f"document.querySelectorAll('{EXPLORER}[data-frame]').length === {count}")
        page.evaluate(OPEN)
        page.wait_for_timeout(1000)
        yield lab
        lab.check()
    finally:
        lab.close()


def explorers(page):
    """(name, locator) of every explorer on the page."""
    found = page.locator(EXPLORER)
    return [(found.nth(k).get_attribute("aria-label"), found.nth(k)) for k in range(found.count())]


@pytest.mark.parametrize("gallery", [LIGHT, pytest.param(DARK, marks=pytest.mark.costly)], indirect=True,
                         ids=["light", "dark"])  # fmt: skip
def test_axe_finds_nothing(gallery):
    gallery.page.add_style_tag(content=IN_VIEW)
    response = Axe().run(gallery.page, context={"include": [[EXPLORER]]}, options={}).response
    read = {rule["id"]: len(rule["nodes"]) for rule in response["passes"]}
    assert read["color-contrast"] > 30 * len(widgets.__all__), f"axe has looked at few texts: {read}"
    # Two explorers of one kind have one name, here as in a lesson that shows it twice.
    told = [f"{rule['id']} ({rule['impact']}): {node['html'][:200]}\n    {node['failureSummary']}"
            for rule in response["violations"] for node in rule["nodes"]
            if not (rule["id"] == "landmark-unique" and 'class="nn-explorer' in node["html"])]  # fmt: skip
    assert not told, "\n".join(told)


@pytest.mark.parametrize("gallery", [LIGHT], indirect=True, ids=["light"])
@pytest.mark.parametrize("width", [1280, 800, 640])  # 640 px is what 200 % leaves of 1280
def test_nothing_is_cut_off(gallery, width):
    page = gallery.page
    page.set_viewport_size({"width": width, "height": HEIGHT // (2 if width == 640 else 1)})
    page.wait_for_timeout(500)
    told = [f"{name}: {one}" for name, explorer in explorers(page) for one in explorer.evaluate(CUT_OFF)]
    assert not told, "\n".join(told)


@pytest.mark.costly
@pytest.mark.parametrize("gallery", [LIGHT], indirect=True, ids=["light"])
def test_every_control_is_reached_with_tab_seen_and_left(gallery):
    page = gallery.page
    page.set_viewport_size({"width": 1280, "height": HEIGHT})
    told = []
    for name, explorer in explorers(page):
        count = explorer.evaluate(CONTROLS)
        for _ in range(count + 1):
            page.keyboard.press("Tab")
            focused = explorer.evaluate(FOCUSED)
            if focused is None:
                break
            told += [f"{name}: no focus ring on {focused['name']}"] * (not focused["ring"])
            told += [f"{name}: {focused['name']} is focused out of sight"] * (not focused["inSight"])
        else:
            told.append(f"{name}: Tab does not leave it")
        told += [f"{name}: Tab does not reach {one}" for one in explorer.evaluate(MISSED)]
    assert not told, "\n".join(told)
