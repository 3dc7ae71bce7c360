"""What the Workbench writes in and beside its pictures: the words of moments, names of axes, numbers, failures."""

import re

import pytest

# The networks of the lessons, with the classes of nnlib.
NETWORKS = {
    "00": "Workbench(data='moons', hidden=[4])",
    "02": "Workbench(hidden=[], initializer='Normal, 1', learning_rate=0.5, seed=3)",
    "07": "Workbench(activation='ReLU', hidden=(4, 3), learning_rate=0.1, numbers='all examples')",
    "09": "Workbench(data='xor', hidden=(2,), activation='ReLU', loss='MSE', learning_rate=0.5, seed=19)",
    "12": "Workbench(hidden=[8], noise=0.2, test=0, batch='8', optimizer='Adam', learning_rate=0.5)",
    "13": "Workbench(hidden=[16, 16], activation='ReLU', validation=0.6, optimizer='Adam', dropout=0.5, l2=1)",
    "gallery": "Workbench(data='circles')",
    "three classes": "Workbench(x=np.eye(3).repeat(20, axis=1), y=np.repeat(list('abc'), 20))",
}
# Every moment in its turn; the words of which are not seen whole.
SCROLLED = """async root => {
    const told = [], sleep = ms => new Promise(done => setTimeout(done, ms));
    const said = root.querySelector(".nn-narration"), words = root.querySelector(".nn-words");
    const dots = [...root.querySelectorAll(".nn-dot")];
    for (const [at, dot] of dots.entries()) {
        const begins = `, ${at + 1} of ${dots.length}: `;
        dot.click();
        for (let wait = 0; wait < 400 && !said.textContent.includes(begins); wait += 1) await sleep(20);
        if (words.scrollHeight > words.clientHeight + 1) told.push(`${words.scrollHeight} px: ${said.textContent}`);
    }
    return [dots.length, told];
}"""


@pytest.mark.costly
@pytest.mark.parametrize(("width", "shown"), [(1280, 848), (619, 515)])
def test_the_words_of_every_moment_of_every_lessons_network_are_seen_whole(new_lab, width, shown):
    lab = new_lab(width=width, height=768)
    cells = [f"bench = {made}\nbench.whole_update()\nbench" for made in NETWORKS.values()]
    lab.open(lab.write("import numpy as np\nfrom widgets import Workbench", *cells), "doc" if shown < 600 else "lab")
    page = lab.run_all()
    told = []
    for number, name in enumerate(NETWORKS):
        root = page.locator(".nn-workbench").nth(number)
        assert abs(root.bounding_box()["width"] - shown) < 4
        moments, scrolled = root.evaluate(SCROLLED)
        assert moments >= 6
        told += [f"{name}: {one}" for one in scrolled]
    assert not told, "\n".join(told)
    lab.check()
    lab.close()


WRITTEN = """() => {
    window.written = new Map();
    const pen = CanvasRenderingContext2D.prototype, {fillText} = pen;
    pen.fillText = function (text, x, y) {
        if (!written.has(this.canvas)) written.set(this.canvas, {});
        const wide = this.measureText(text).width;
        const left = {left: 0, center: wide / 2, right: wide}[this.textAlign];
        written.get(this.canvas)[text] = [x - left, x - left + wide, y];
        return fillText.apply(this, arguments);
    };
}"""
TEXTS = """(label) => [...written].filter(([one]) => one.getAttribute("aria-label").startsWith(label))
    .map(([, texts]) => texts)"""


@pytest.mark.parametrize("lab", [{"width": 800}], indirect=True)
def test_a_low_picture_has_the_name_of_its_axis_beside_its_numbers(lab):
    page = lab.run_cells("from widgets import Workbench",
                         "Workbench(hidden=[6, 6], batch='16', show=('network', 'compare'))")  # fmt: skip
    page.evaluate(WRITTEN)
    page.get_by_role("button", name="Run both").click()
    for label, name in (("The loss of both runs", "epoch"), ("The largest difference", "update")):
        lab.wait_for(f"({TEXTS})({label!r}).some(one => {name!r} in one)", f"the word {name}")
        (texts,) = page.evaluate(TEXTS, label)
        left, _, row = texts[name]
        beside = [text for text, (_, _, y) in texts.items() if y == row and text != name]
        assert beside and all(texts[text][1] < left for text in beside), texts
    lab.check()


@pytest.mark.parametrize("lab", [{"height": 768}], indirect=True)
def test_the_number_of_a_small_unit_is_seen_where_one_points_or_goes_by_keys(lab):
    page = lab.run_cells("from widgets import Workbench", "bench = Workbench()\nbench.go('forward', 2)\nbench",
                         "print(*(f'{one:.4f}' for one in bench.moment.values['output'][:, 0]))")  # fmt: skip
    outputs = [float(one) for one in lab.text_of(2).split()]
    picture, readout = page.locator(".nn-network canvas"), page.locator(".nn-under-network output")
    page.evaluate(WRITTEN)
    picture.focus()
    for _ in range(40):
        page.keyboard.press("ArrowDown")
        if readout.inner_text().startswith("unit "):
            break
    unit, of, number = re.match(r"unit (\d) of layer (\d) has ([−\d.]+), bias", readout.inner_text()).groups()
    assert of == "1" and abs(float(number.replace("−", "-")) - outputs[int(unit)]) < 1e-4
    (texts,) = page.evaluate(TEXTS, "The network")
    shown = [text.replace("−", "-") for text in texts if re.fullmatch(r"[+−][\d.]+", text)]
    assert any(abs(float(one) - outputs[int(unit)]) < 1e-3 for one in shown), texts
    lab.check()


FAILS = """
from nnlib import Tanh
from widgets import Workbench
class Mine(Tanh):
    pass
bench = Workbench(hidden=[4, 3], activation=Mine)
bench.whole_update()
def broken(self, z):
    raise ArithmeticError("not yet written")
bench.model.layers[1][1].__class__ = type("Mine", (Tanh,), {"__call__": broken})
bench
"""


def test_the_units_of_the_block_that_fails_are_marked(lab):
    page = lab.run_cells(FAILS)
    page.evaluate(WRITTEN)
    page.get_by_role("button", name="Update", exact=True).click()
    page.get_by_text("not yet written").first.wait_for()
    lab.wait_for(f"({TEXTS})('The network').some(texts => '!' in texts)", "a mark on the units")
    (texts,) = page.evaluate(TEXTS, "The network")
    across = {text: (left + right) / 2 for text, (left, right, _) in texts.items()}
    assert across["Inputs"] < across["!"] < across["Dense(1)"]
