"""Build the demonstrations, `instructor/demonstrations.ipynb`: workbenches with all but one or two controls locked.

    python tools/build_demonstrations.py

Each is a question to the room, a workbench in which only what answers it can be changed, and what will be seen. What
is seen stands beside the function that holds for it: `tests/test_demonstrations.py` does what the notebook says,
through the same messages that the browser sends, and asks each of them.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "instructor" / "demonstrations.ipynb"
KERNEL = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}


@dataclass
class Measured:
    """What the workbench says after an act: two losses, two parts that are right, and the ills it names."""

    loss: float
    test_loss: float
    right: float
    test_right: float
    ills: tuple


@dataclass
class Act:
    """Something to do (`change` these controls, go on to `epoch`), what it `shows`, and a function that holds then."""

    do: str
    epoch: int
    shows: str
    holds: object
    change: dict | None = None


@dataclass
class Demonstration:
    """A title, the lesson it belongs to, the question to the room, the workbench's arguments, and the acts."""

    title: str
    lesson: str
    ask: str
    settings: dict
    only: tuple
    acts: tuple
    then: str

    @property
    def code(self):
        """The cell that shows the workbench."""
        hide = ("card", "points", "parameters")
        arguments = {**self.settings, "only": self.only, "hide": hide}
        rows = [f"    {name}={value!r},".replace("'", '"') for name, value in arguments.items()]
        return "\n".join(["Workbench(", *rows, ")"])

    @property
    def text(self):
        """What stands above the cell."""
        acts = "\n".join(f"{number}. {act.do} {act.shows}" for number, act in enumerate(self.acts, 1))
        return f"## {self.title}\n\nLesson {self.lesson}. **Ask**: {self.ask}\n\n{acts}\n\n**Then**: {self.then}"


DEMONSTRATIONS = (
    Demonstration(
        "Right is not the same as sure", "00",
        "every point is on its right side. Is there anything left to learn?",
        {"data": "blobs", "noise": 0.1, "hidden": [4]}, (),
        (
            Act("Press **Update** (▸▸|) ten times.", 10,
                "All points are right, and the training loss is still above 0.2.",
                lambda seen: seen.right == 1 and seen.test_right == 1 and seen.loss > 0.2),
            Act("Press **Play**, and **Pause** near epoch 500.", 500,
                "Nothing has changed in what is right. The loss is less than a twentieth of what it was.",
                lambda seen: seen.right == 1 and seen.loss < 0.2 / 20),
        ),
        "point at the border, and at a place far from it. What has become different is how sure the network is.",
    ),
    Demonstration(
        "The right inputs make a line enough", "01",
        "a network without hidden layers draws one line. Can it tell a disc from the ring around it?",
        {"data": "circles", "hidden": []}, ("features",),
        (
            Act("**Play** to epoch 300.", 300, "At most 60 % are right, no better than a guess.",
                lambda seen: max(seen.right, seen.test_right) <= 0.6),
            Act("Untick x₁ and x₂, tick x₁² and x₂², and **Play** to epoch 300.", 300,
                "At least 98 % are right. There is still one line, but in x₁² and x₂².",
                lambda seen: min(seen.right, seen.test_right) >= 0.98, {"features": ["x₁²", "x₂²"]}),
        ),
        "somebody had to know that a circle is x₁² + x₂². What if nobody knows? That is what hidden layers are for.",
    ),
    Demonstration(
        "No bend, no use", "03",
        "this network has two hidden layers of eight. How much better is it than one line?",
        {"data": "circles", "hidden": [8, 8], "activations": ["Linear", "Linear"]}, ("activations",),
        (
            Act("**Play** to epoch 300.", 300, "At most 60 % are right: not better at all.",
                lambda seen: max(seen.right, seen.test_right) <= 0.6),
            Act("Choose Tanh for both layers, press **Reset** (a round arrow), and **Play** to epoch 300.", 300,
                "At least 98 % are right, with the same 8 + 8 units.",
                lambda seen: min(seen.right, seen.test_right) >= 0.98, {"activations": ["Tanh", "Tanh"]}),
        ),
        "go back to Linear in one of the two layers only. Let the room vote first.",
    ),
    Demonstration(
        "Bigger is faster, until it is not", "05",
        "the learning rate is 0.003. What will happen at ten times that, at a thousand times, and beyond?",
        {"data": "moons", "learning_rate": 0.003}, ("learning_rate",),
        (
            Act("**Play** to epoch 300.", 300, "The training loss falls, and is still above 0.4.",
                lambda seen: seen.loss > 0.4),
            Act("Set the rate to 0.3, **Reset** (a round arrow), **Play** to epoch 300.", 300, "It is below 0.2.",
                lambda seen: seen.loss < 0.2, {"learning_rate": 0.3}),
            Act("Set it to 3, **Reset**, **Play** to epoch 300.", 300,
                "The curve shakes at first, and then the loss is below 0.01.",
                lambda seen: seen.loss < 0.01, {"learning_rate": 3.0}),
            Act("Set it to 10, **Reset**, **Play** to epoch 300.", 300,
                "The loss is above 5, and stays there. The workbench names the ills: a saturated layer, vanishing "
                "gradients.",
                lambda seen: seen.loss > 5 and {"layer saturated", "vanishing gradients"} <= set(seen.ills),
                {"learning_rate": 10.0}),
        ),
        "the best rate was the last one before the worst. How would you look for it?",
    ),
    Demonstration(
        "How many units does XOR take?", "09",
        "two lines cut the plane into the four corners of XOR. So how many hidden units are enough?",
        {"data": "xor", "hidden": [1], "activations": ["Tanh"], "optimizer": "Adam", "learning_rate": 0.03},
        ("hidden", "seed"),
        (
            Act("**Play** to epoch 1,000.", 1000, "One unit: fewer than 80 % of the training points are right.",
                lambda seen: seen.right < 0.8),
            Act("Set two units and **Play** to epoch 1,000.", 1000,
                "Two: still fewer than 80 %. Enough to say it is not enough to find it.",
                lambda seen: seen.right < 0.8, {"hidden": [2]}),
            Act("Set eight units and **Play** to epoch 1,000.", 1000, "Eight: at least 98 %.",
                lambda seen: seen.right >= 0.98, {"hidden": [8]}),
        ),
        "let the room call out seeds for two units. Each is another beginning, and some come further than others.",
    ),
    Demonstration(
        "Zeros stay zeros", "11",
        "all weights begin at 0, and every gradient is exact. What is learnt in 300 epochs?",
        {"data": "moons", "initializer": "Zeros"}, ("initializer",),
        (
            Act("**Play** to epoch 300.", 300, "Nothing: the loss is 0.693, which is the loss of a coin.",
                lambda seen: round(seen.loss, 3) == 0.693),
            Act("Choose *Normal, 0.01* and **Play** to epoch 300.", 300, "Almost the same: 0.693.",
                lambda seen: round(seen.loss, 3) == 0.693, {"initializer": "Normal, 0.01"}),
            Act("Choose *Glorot* and **Play** to epoch 300.", 300, "Below 0.2.",
                lambda seen: seen.loss < 0.2, {"initializer": "Glorot"}),
        ),
        "with zeros, look at the edges: show *gradients*. Why do all of them but the last bias have no colour?",
    ),
    Demonstration(
        "The same slopes, another rule", "12",
        "200 epochs of gradient descent on a spiral. How far does it come, and how far does Adam?",
        {"data": "spiral", "hidden": [16, 16], "learning_rate": 0.03}, ("optimizer", "learning_rate"),
        (
            Act("**Play** to epoch 200.", 200, "SGD: at most 70 % of the training points are right.",
                lambda seen: seen.right <= 0.7),
            Act("Choose Momentum, **Reset** (a round arrow), **Play** to epoch 200.", 200, "At most 70 % as well.",
                lambda seen: seen.right <= 0.7, {"optimizer": "Momentum"}),
            Act("Choose Adam, **Reset**, **Play** to epoch 200.", 200, "At least 98 %.",
                lambda seen: seen.right >= 0.98, {"optimizer": "Adam"}),
        ),
        "a rate of 0.03 does not mean the same to each of them. Give SGD ten times as much, and let it go on to 500.",
    ),
    Demonstration(
        "Twenty points, learnt by heart", "13",
        "twenty points to learn from, twenty to be tested on, and much noise. What will the two losses do?",
        {"data": "moons", "noise": 0.3, "examples": 40, "test": 0.5, "hidden": [16, 16], "optimizer": "Adam",
         "learning_rate": 0.03}, ("l2", "dropout", "examples"),
        (
            Act("**Play** to epoch 500.", 500,
                "All training points are right, and at most 60 % of the others. The test loss is above 3: wrong, and "
                "sure.",
                lambda seen: seen.right == 1 and seen.test_right <= 0.6 and seen.test_loss > 3),
            Act("Set the L2 factor to 1, **Reset** (a round arrow), **Play** to epoch 500.", 500,
                "Fewer training points are right, and the test loss is below 1.",
                lambda seen: seen.right < 1 and seen.test_loss < 1, {"l2": 1.0}),
            Act("Set the L2 factor back to 0, the points to 1,000, and **Play** to epoch 500.", 500,
                "More points do what no factor does: at least 80 % of the test points are right.",
                lambda seen: seen.test_right >= 0.8, {"l2": 0.0, "examples": 1000}),
        ),
        "one of the three could be had for nothing. Which would you ask for first, and what does it cost in real life?",
    ),
)  # fmt: skip


def notebook():
    """The notebook, as JSON text."""
    first = """# Demonstrations

Workbenches for the projector. Each begins with a question to the room: ask it, let them vote, and only then press a
button. All but what answers the question is locked, so that nothing goes wrong in front of everybody. What you will see
is written beside what you do; it has been tried, with these seeds.

Run the first cell, then the one that you need."""
    cells = [
        nbformat.v4.new_markdown_cell(first, id="demonstrations"),
        nbformat.v4.new_code_cell("from widgets import Workbench", id="demonstrations-import"),
    ]
    for number, one in enumerate(DEMONSTRATIONS, 1):
        cells += [
            nbformat.v4.new_markdown_cell(one.text, id=f"demonstration-{number}"),
            nbformat.v4.new_code_cell(one.code, id=f"demonstration-{number}-workbench"),
        ]
    made = nbformat.v4.new_notebook(cells=cells, metadata=KERNEL)
    nbformat.validate(made)
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    NOTEBOOK.write_text(notebook(), encoding="utf-8")
    print(NOTEBOOK.relative_to(ROOT))
