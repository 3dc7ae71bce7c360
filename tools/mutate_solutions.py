"""Every small wrong variant of every solution, put to its check: which of them does it let pass?

    python tools/mutate_solutions.py             all lessons
    python tools/mutate_solutions.py 03 04       some of them

Each variant of `lessons/checks/judge/slips.py`, but those that do something besides (most change nothing), must be
FAILED or stand in `EQUIVALENT` with the reason why nobody could tell it from the solution. What passes and does not
stand there is printed, and the exit status is 1.
"""

import contextlib
import io
import sys
from dataclasses import fields
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from answer_report import in_a_folder_of_its_own, notebook_before, run

from lessons.checks.judge import Exercise
from lessons.checks.judge.slips import slips
from lessons.checks.remember import book
from lessons.checks.remember.book import find

EXCHANGED = "the formula is the same with both exchanged"
NUMBER = "a number is never changed in place: its name gets a new one"
EQUIVALENT = {  # a part of the changed line: why nobody could tell the variant from the solution
    "01.5": {
        "np.round(labels": "labels are whole numbers",
        "reshape(1, -2)": "NumPy takes any negative number for the size that it works out",
    },
    "01.6": {"centred.std(": "moving the numbers leaves their deviation as it is"},
    "02.3": {"inputs @ weights": "two vectors have the same product both ways"},
    "02.6": {
        "point @ weights": "two vectors have the same product both ways",
        "return -weights @ point": "the minus goes through a product",
    },
    "03.4": {
        "np.maximum(0, z)": "the larger of two numbers does not depend on their order",
        "np.round((z > 0)": "0 and 1 are whole numbers",
        "/ 1.0": "divided by one is multiplied by one",
    },
    "03.7": {"z <= 0": "both forms are one half at 0"},
    "04.3": {"output * labels + (1 - output) * (1 - labels)": EXCHANGED},
    "04.4": {"output * labels + (1 - output) * (1 - labels)": EXCHANGED},
    "04.5": {"output * labels + (1 - output) * (1 - labels)": EXCHANGED},
    "05.4": {"gradients * learning_rate": "a product is the same both ways", "learning_rate *=": NUMBER},
    "06.3": {"inputs @ weights": "two vectors have the same product both ways"},
    "06.5": {
        "max(z1, 0.0)": "the larger of two numbers does not depend on their order",
        "max(z2, 0.0)": "the larger of two numbers does not depend on their order",
    },
    "06.7": {
        "(a1 > 0)": "a is positive where z is",
        "(a2 > 0)": "a is positive where z is",
        ">= 0": "at the corner the ReLU has no slope; lesson 06 takes either",
    },
    "07.3": {"m = dz.shape[1]": "inputs and dz have one column for each example, both"},
    "08.3": {
        "= up[index] +": "the same number in the same place",
        "= down[index] -": "the same number in the same place",
    },
    "08.4": {"np.abs(measured - analytic)": "the distance is the same both ways"},
    "08.5": {
        "measured = [central": "relative_error turns a list into an array",
        "len(gradients)": "there is one gradient for each parameter",
        "relative_error(measured, gradients)": "the relative error is the same both ways",
    },
    "09.4": {"np.round(2 * len(layers)": "a count is a whole number"},
    "10.3": {
        "-gradients * learning_rate": "a product is the same both ways",
        "np.abs(wanted - made)": "the distance is the same both ways",
    },
    "10.4": {
        "range(len(errors), -1, -1)": "number 0 looks at the last error again, after all others were right",
        "np.round(": "numbers of layers are whole",
        "return -0": "minus nothing is nothing",
    },
    "11.3": {"-rng.normal": "random numbers around 0 are as random with the other sign"},
    "11.4": {"-rng.uniform": "random numbers around 0 are as random with the other sign"},
    "11.5": {"np.maximum(0, ": "the larger of two numbers does not depend on their order"},
    "12.2": {"y.shape[1]": "x and y have one column for each example, both"},
    "12.7": {
        "(warm - step)": "a cosine is even",
        "(warm - steps)": "a cosine is even",
        "step -= warm": NUMBER,
        "steps -= warm": NUMBER,
        "rate *= ": NUMBER,
    },
    "13.2": {"y.shape[1]": "x and y have one column for each example, both"},
    "13.4": {"factor /= examples": NUMBER},
    "13.5": {"loss += value": NUMBER},
    "13.7": {
        "epoch -= self.best_epoch": NUMBER,
        "self.kept_epoch = epoch": "both methods are called with the same epoch, one by the other",
        "(patience, np.inf, 1)": "the first epoch is a best and sets it anew",
        "(patience, np.inf, -1)": "the first epoch is a best and sets it anew",
        "-(epoch - self.best_epoch": "any number but 0 is true",
        "np.round(self.best_epoch": "epochs are whole numbers",
    },
    "14.2": {
        "np.round(": "0 and 1 are whole numbers",
        "reshape(-2, 1)": "NumPy takes any negative number for the size that it works out",
    },
    "14.4": {
        "z.max(axis=0))": "a flat row stretches over the column as well",
        "powers.sum(axis=0)": "a flat row stretches over the column as well",
        "grad_output).sum(axis=0)": "a flat row stretches over the column as well",
    },
    "14.5": {
        "given = (output * labels": EXCHANGED,
        "np.maximum(1e-300": "the larger of two numbers does not depend on their order",
    },
    "15.3": {"np.round(": "a count is a whole number"},
    "15.4": {"np.round(": "a count is a whole number"},
    "15.5": {"np.abs(theirs - mine)": "the distance is the same both ways"},
}


class Nameless(Exercise):
    """An exercise that says whether an answer is right, and not which mistake it is: that is known here."""

    class naming:  # in the place of `Naming`
        def __init__(self, *_):
            pass

        def of_value(self, _):
            return None

        of_exception = of_value

    def _deeper(self, verdict, _):
        return verdict


def survivors(number):
    """`(how many variants, those that pass and are not known to be equivalent)` of one exercise."""
    before, told = notebook_before(number), find(number)
    task = Nameless(**{one.name: getattr(told, one.name) for one in fields(told)})
    variants = [one for one in slips(book.exercise_cell(number)[0], task.piece) if not one.is_besides]
    alive = []
    for slip in variants:
        names = dict(before)
        with contextlib.redirect_stdout(io.StringIO()), in_a_folder_of_its_own():
            try:
                run(slip.text, names)
            except SyntaxError:  # no Python: nobody can hand it in
                continue
            passed = task.judge(names).outcome == "PASSED"
        if passed and not any(line in slip.line for line in EQUIVALENT.get(number, ())):
            alive.append(slip)
    return len(variants), alive


def main():
    lessons = sys.argv[1:] or list(book.paths())
    total = escaped = 0
    for number in (number for lesson in lessons for number in book.numbers(lesson, kinds=("write",))):
        count, alive = survivors(number)
        total, escaped = total + count, escaped + len(alive)
        for slip in alive:
            print(f"{number}  {slip.kind:<20} {slip.line}")
    print(f"{total} variants, {escaped} of them pass and are not known to be equivalent")
    return bool(escaped)


if __name__ == "__main__":
    sys.exit(main())
