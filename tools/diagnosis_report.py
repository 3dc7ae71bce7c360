"""What `diagnose` says to networks whose mistake is known: the shares, and what escapes.

    python tools/diagnosis_report.py               the table
    python tools/diagnosis_report.py --messages    every network with its verdict and its sentence

`tests/networks` holds the networks, each with the names that are accepted. Every one runs as it is, and once more in
mixed company: behind a layer of nnlib's and a Dropout with a seed of its own.
"""

import argparse
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from nnlib import Dense, Dropout, Tanh
from nnlib.inspect import copy_of, diagnose, gradient_check
from tests import networks

_FILES = sorted(Path(networks.__file__).parent.glob("*.py"))
MODULES = [import_module(f"tests.networks.{one.stem}") for one in _FILES if one.stem not in ("__init__", "functions")]
"""What registers its cases by being imported."""


@dataclass(frozen=True)
class Judged:
    """A network with what was said of it."""

    case: networks.Case
    mixed: bool
    passed: bool
    kinds: tuple
    says: str

    @property
    def right(self):
        """Whether the verdict is the one beside the case: a name that is accepted, or silence."""
        return bool(set(self.kinds) & set(self.case.kinds)) if self.case.kinds else not self.kinds


def mixed(model, x):
    """The same parts behind a layer of nnlib's and a Dropout whose random numbers are its own."""
    front = (Dense(len(x)), Tanh(), Dropout(0.3, seed=77))
    new = type(model)((front, *model.layers), model.loss, optimizer=model.optimizer, seed=1)
    new.regularization_factor, new.l1_factor = model.regularization_factor, model.l1_factor
    return new


def judge(case, in_company=False):
    """`Judged`: one case, as it is or in mixed company."""
    model, x, y = case.make()
    if in_company:
        model = mixed(copy_of(model), x)
    found = diagnose(model, x, y)
    try:
        passed = gradient_check(model, x, y).passed
    except ValueError:  # a gradient that has another shape than its parameter
        passed = False
    if found is None:
        return Judged(case, in_company, passed, (), "")
    kinds = (found.kind, *found.also, *(kind for other in found.besides for kind in (other.kind, *other.also)))
    return Judged(case, in_company, passed, kinds, str(found))


def shares(judged):
    """{line of the table: (count, of)}."""
    wrong, right = [one for one in judged if one.case.kinds], [one for one in judged if not one.case.kinds]
    return {
        "wrong networks named": (sum(one.right for one in wrong), len(wrong)),
        "wrong networks passed over in silence": (sum(not one.kinds for one in wrong), len(wrong)),
        "wrong networks given another name": (
            sum(bool(one.kinds) and not one.right and one.kinds[0] != "unknown" for one in wrong), len(wrong)
        ),
        "right networks accused": (sum(not one.right for one in right), len(right)),
    }  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    judged = []
    for company in (False, True):
        for case in networks.CASES:
            if options.only not in case.name or (company and case.alone):
                continue
            try:
                one = judge(case, company)
            except Exception as error:
                if options.only:
                    raise
                one = Judged(case, company, False, ("raised",), f"{type(error).__name__}: {error}")
            judged.append(one)
            if options.messages or not one.right:
                mark = "  " if one.right else "! "
                print(f"{mark}{case.name}{' (mixed)' if company else ''}: {one.kinds}\n      {one.says}")
    for line, (count, of) in shares(judged).items():
        print(f"{line:40} {count:4} of {of:4}  {count / max(of, 1):6.1%}")


if __name__ == "__main__":
    main()
