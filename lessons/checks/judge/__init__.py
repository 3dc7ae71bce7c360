"""Is an answer right, and if not, what is the matter? A lesson's exercises are declared with the names below.

- `Exercise`: write a function or a class. `Answer`: work numbers out by hand. `Choice`, `Prediction`: pick a letter,
  `Order`: put lines in order.
- A mistake worth naming is a `Slip`, a change of the lesson's own solution, or a `Mistake`, a function that makes it. A
  learner's values that equal a mistake's in every case get its name. Adding an exercise takes about twenty lines.
- A `call` uses the piece through `leaves_alone`, `asks_anew`, `keeps_off`, `gives_itself` and `tried_with`, and raises
  `Spoilt` where the way a piece works is wrong, whatever its numbers are.

How one answer goes through it: `exercise` takes it, `trial` tries it in all cases, `compare` says what is wrong with a
value, `errors` what an exception says, `naming` looks for the mistake behind it (`declared`, `slips`, `probes`).
`guard` and `apart` run a learner's code so that nothing it does can hang or stop the kernel; `learner` and `seen` read
its text. `findings` lists what a finding can be called.
"""

from lessons.checks.judge.by_hand import Answer
from lessons.checks.judge.exercise import Exercise
from lessons.checks.judge.letters import Choice, Order, Prediction
from lessons.checks.judge.manners import SAME_ARRAY, asks_anew, gives_itself, keeps_off, leaves_alone, tried_with
from lessons.checks.judge.mistake import Mistake, Slip
from lessons.checks.judge.verdict import Outcome, Spoilt, Verdict

__all__ = [
    "SAME_ARRAY",
    "Answer",
    "Choice",
    "Exercise",
    "Mistake",
    "Order",
    "Outcome",
    "Prediction",
    "Slip",
    "Spoilt",
    "Verdict",
    "asks_anew",
    "gives_itself",
    "keeps_off",
    "leaves_alone",
    "tried_with",
]
