"""The exercises of lesson 10, Hunt bugs."""

import ast
import inspect

import numpy as np

from lessons.checks.judge import Answer, Choice, Exercise, Mistake, Prediction, Slip, Spoilt
from lessons.checks.judge.compare import Finding, close, short

STEPS = (
    {  # of the right size, and uphill
        "before": np.array([1.0, 2.0]),
        "gradients": np.array([0.5, -0.25]),
        "after": np.array([1.05, 2.025]),
        "learning_rate": 0.1,
    },
    {
        "before": np.array([1.0, -2.0]),
        "gradients": np.array([0.4, 0.1]),
        "after": np.array([0.99, -2.01]),
        "learning_rate": 0.1,
    },
    {
        "before": np.array([0.5, 3.0, -1.0]),
        "gradients": np.array([-2.0, 0.5, 4.0]),
        "after": np.array([2.0, 3.125, -4.0]),
        "learning_rate": 0.25,
    },
    {  # the largest ratio, difference, wanted step and made step stand in four places
        "before": np.array([0.125, 0.25, -1.5, 2.0, 0.75, 0.5]),
        "gradients": np.array([8.0, 0.01, -3.0, 0.7, -5.0, 1.3]),
        "after": np.array([-0.1153, 0.2612, -1.41, 1.979, 1.05, 0.461]),
        "learning_rate": 0.03,
    },
    {  # one gradient is 0, and so is one step; the sums are 0
        "before": np.array([0.0, 1.0, -0.5]),
        "gradients": np.array([0.0, 0.5, -0.5]),
        "after": np.array([0.25, 1.0, -0.75]),
        "learning_rate": 0.5,
    },
    {  # the largest difference stands where the gradient is 0
        "before": np.array([2.0, 1.0, -1.0, 0.5]),
        "gradients": np.array([1.0, 0.0, 0.5, -0.25]),
        "after": np.array([1.75, 3.0, -1.125, 0.5]),
        "learning_rate": 0.25,
    },
    {  # many, of which the last is the most wrong
        "before": np.linspace(-1.0, 1.0, 120),
        "gradients": np.resize([0.5, -0.25, 1.0], 120),
        "after": np.linspace(-1.0, 1.0, 120) + np.linspace(0.0, 0.5, 120) ** 2,
        "learning_rate": 0.1,
    },
    {  # all go up, and so no gradient is above 0
        "before": np.array([1.0, 2.0]),
        "gradients": np.array([-0.5, -0.25]),
        "after": np.array([1.0, 1.975]),
        "learning_rate": 0.1,
    },
    {  # the largest gradient has a minus, and another stands beside it
        "before": np.array([0.5, -1.0, 2.0]),
        "gradients": np.array([0.5, -2.0, 0.25]),
        "after": np.array([0.4, -0.5, 2.0]),
        "learning_rate": 0.25,
    },
    {  # steps that are small, and as wrong as large ones
        "before": np.zeros(2),
        "gradients": np.array([2e-6, -1e-6]),
        "after": np.array([-1e-13, 2e-13]),
        "learning_rate": 1e-7,
    },
    {  # an error that is small, and none of rounding
        "before": np.zeros(2),
        "gradients": np.array([0.5, 0.25]),
        "after": np.array([-0.25 - 2.0**-24, -0.125]),
        "learning_rate": 0.5,
    },
)
USUAL = 1e-6  # the limit that `where_to_look` takes where nobody gives one


def run_look(where_to_look, errors, limit):
    """The layer; with the usual limit the function is left to take its own, which is that."""
    if limit != USUAL:
        return where_to_look(errors, limit)
    asked = inspect.signature(where_to_look).parameters.get("limit")
    if asked and asked.default is asked.empty:
        raise Spoilt(Finding("no-default", "Called without a `limit` your function stops. In the exercise its first "
                             "line says `limit=1e-6`: so much counts where nobody says otherwise."))  # fmt: skip
    value = where_to_look(errors)
    if asked and asked.default != USUAL and not close(value, look(errors, USUAL)):
        text = f"Called without a `limit` your function takes {short(asked.default)}, and for errors {short(errors)} "
        text += f"says {short(value)}. In the exercise its first line says `limit=1e-6`."
        raise Spoilt(Finding("other-default", text))
    return value


def look(errors, limit, order="last", counted=1, none=0):
    wrong = [number for number, one in enumerate(errors) if one > limit]
    if not wrong:
        return none
    chosen = {"last": wrong[-1], "first": wrong[0], "how many": len(wrong) - 1,
              "largest": int(np.argmax(errors)), "last of the largest": len(errors) - 1 - int(np.argmax(errors[::-1]))}
    return chosen[order] + counted


def by_value(errors, limit):
    """The layer is looked up by its error, and the first of equal ones is found."""
    last = look(errors, limit)
    return 1 + list(errors).index(errors[last - 1]) if last else 0


def of_few(errors, limit, count):
    """Somebody looks at no more layers than so many."""
    return look(errors[:count], limit)


def divides_first(lines):
    """Is a quotient multiplied, `a / b * c`?"""
    return any(isinstance(getattr(one, "op", None), ast.Mult) and isinstance(getattr(one.left, "op", None), ast.Div)
               for one in lines.every)  # fmt: skip


LITTLE = (
    *(lambda first, last, part=part, above=above: above(last, first * part)
      for part in (0.9, 0.95, 0.99, 0.999) for above in (np.greater, np.greater_equal)),
    *(lambda first, last, part=part, above=above: above(last, first - part)
      for part in (0.01, *(10.0**-k for k in range(3, 9))) for above in (np.greater, np.greater_equal)),
    *(lambda first, last, part=part: round(last, part) >= round(first, part) for part in range(2, 9)),
    lambda first, last: last >= first or np.isclose(last, first),
)
ON_THE_WAY = (
    ("best-for-last", lambda losses: losses[1:].min() >= losses[0],
     "on the way it was lower once. The last loss is what you keep."),
    ("best-for-last", lambda losses: np.nanmin(losses[1:]) >= losses[0],
     "on the way it was lower once. The last loss is what you keep."),
    ("worst-for-last", lambda losses: losses.max() > losses[0],
     "on the way it was higher once. The last loss is what you keep."),
    ("every-step", lambda losses: (np.diff(losses) >= 0).any(),
     "it rose once on the way. Only the first and the last count here."),
    ("best-for-first", lambda losses: losses[-1] > losses.min(),
     "you compare the last with the smallest on the way. Compare it with the first."),
    ("worst-for-first", lambda losses: losses[-1] >= losses.max(),
     "you compare the last with the largest on the way. Compare it with the first."),
    ("mean-for-first", lambda losses: losses[-1] >= losses.mean(),
     "you compare the last with the mean of all. Compare it with the first."),
    ("mean-for-last", lambda losses: losses.mean() >= losses[0],
     "you compare the mean of all with the first. Compare the last with it."),
    *(("mean-for-last", lambda losses, few=few: losses[-few:].mean() >= losses[0],
       "you compare a mean of the last few with the first. Compare the last alone with it.") for few in (2, 3, 4, 5)),
    ("means-of-halves", lambda losses: losses[len(losses) // 2:].mean() >= losses[:len(losses) // 2].mean(),
     "you compare the mean of the later half with that of the earlier. Compare the last with the first."),
)  # fmt: skip


EXERCISES = (
    Prediction(
        number="10.1",
        title="Six broken networks",
        right="c",
        options={
            "a": "A wrong gradient need not point uphill. Lesson 08 had one whose loss fell.",
            "b": "More than that: a step in a somewhat wrong direction still goes somewhat down.",
            "c": "four of the six losses end lower than they began.",
        },
        hints=(
            "Lesson 08 had a wrong line. Did its loss fall?",
            "A direction that is a little wrong still leads down, like a path that is not the steepest.",
            "Which mistakes turn the direction round, and which only bend it?",
        ),
        praise="A loss that falls is what most bugs look like.",
    ),
    Exercise(
        number="10.2",
        title="The loss alarm",
        piece="does_not_learn",
        what="your answer",
        cases=(
            {"losses": np.array([0.7, 0.9, 0.4])},
            {"losses": np.array([0.7, 0.2, 0.71])},
            {"losses": np.array([0.7, 0.5, np.nan])},
            {"losses": np.array([0.7, 3.0, np.inf])},
            {"losses": np.array([0.7, 0.6, 0.7])},
            {"losses": np.array([0.7, 0.8, 0.69])},
            {"losses": np.array([0.7, 0.2, 0.5])},
            {"losses": np.array([0.7, 0.4, 0.8, 0.6])},
            {"losses": np.array([0.7, np.nan, 0.5])},
            {"losses": np.array([0.7, 0.9, 0.8])},
            {"losses": np.array([0.7, 0.4, 0.1, 0.3])},
            {"losses": np.array([0.7, 0.5, -np.inf])},
            {"losses": np.array([0.7, 0.6, 0.5, 0.3])},
            {"losses": np.array([1.5, 1.25, 1.125])},  # not every first loss is 0.7
            {"losses": np.array([0.25, 0.125, 0.375])},
            {"losses": np.array([0.75, 0.5, 0.875, 0.5])},  # the last one stood there before
            {"losses": np.array([0.75, 3.5, 0.5, 0.5, 0.5, 0.5, 0.25])},  # the mean of all is higher
            {"losses": np.array([0.75, 0.5, 1.5, 1.5, 1.5, 1.5, 0.5])},  # that of the last few too
            {"losses": np.array([0.5, 0.75, 0.4998])},
            {"losses": np.array([0.5, 0.75, 0.5 - 1e-9])},
            {"losses": np.array([2e9, 1e9])},
            {"losses": np.array([0.0, 0.25, 0.0])},
        ),
        mistakes=(
            *(Mistake(
                "fixed-threshold",
                lambda losses, least=least: bool(not losses[-1] < least or np.isneginf(losses[-1])),
                "For `losses` = {losses} you say {yours}: the last loss is measured by a number that you have chosen. "
                "It is measured by the first loss.",
                shows=lambda lines: not lines.times("losses[0]"),
            ) for least in (0.1, 0.35, 0.5, 0.65, 0.7, 1.0, 1.2)),
            Mistake(
                "nan-is-silent",
                lambda losses: bool(losses[-1] >= losses[0]),
                "For `losses` = {losses} you say {yours}. Compare nan with anything, and the answer is False: ask "
                "for it by name.",
                shows=lambda lines: not lines.uses("isfinite", "isnan", "isinf"),
            ),
            Mistake(
                "nan-is-silent",
                lambda losses: bool(losses[-1] > losses[0]),
                "For `losses` = {losses} you say {yours}. Compare nan with anything, and the answer is False: ask "
                "for it by name.",
                shows=lambda lines: not lines.uses("isfinite", "isnan", "isinf"),
            ),
            Mistake(
                "nan-is-silent",
                lambda losses: bool(losses[-1] >= losses[0] or np.isinf(losses[-1])),
                "For `losses` = {losses} you say {yours}: `np.isinf` asks for the two infinities alone, and nan is "
                "none of them.",
                shows=lambda lines: lines.uses("isinf"),
            ),
            *(
                Mistake(
                    "not-compared",
                    lambda losses, asked=asked: not np.isfinite(asked(losses)).all(),
                    "For `losses` = {losses} you say {yours}: you ask only whether losses are finite. The other reason "
                    "to ring is a last loss that is not lower than the first.",
                )
                for asked in (lambda losses: losses[-1], lambda losses: losses)
            ),
            Mistake(
                "best-for-first",
                lambda losses: bool(not np.isfinite(losses[-1]) or losses[-1] >= losses.min()),
                "For `losses` = {losses} you say {yours}: you compare the last with the smallest of all, and it is "
                "never below that. Compare it with the first.",
                shows=lambda lines: lines.uses("min"),
            ),
            Mistake(
                "minus-infinity-is-silent",
                lambda losses: bool(losses[-1] >= losses[0] or np.isnan(losses[-1])),
                "For `losses` = {losses} you say {yours}: minus infinity is below the first loss, and no finite number "
                "either. `np.isnan` asks for nan alone.",
                shows=lambda lines: lines.uses("isnan"),
            ),
            Mistake(
                "minus-infinity-is-silent",
                lambda losses: not losses[-1] < losses[0],
                "For `losses` = {losses} you say {yours}: minus infinity is below the first loss, and no finite number "
                "either. `np.isfinite` asks for nan and both infinities.",
                shows=lambda lines: not lines.uses("isnan"),
            ),
            *(Mistake(
                "minus-infinity-is-silent",
                lambda losses, least=least: bool(np.isnan(losses[-1]) or losses[-1] >= losses[0] or losses[-1] > least),
                "For `losses` = {losses} you say {yours}: minus infinity is no finite number either. And a large "
                "number is one: `np.isfinite` asks for nan and both infinities, and for nothing else.",
                shows=lambda lines: not lines.uses("isfinite"),
            ) for least in (10.0**k for k in range(1, 10))),
            Mistake(
                "any-or-all",
                lambda losses: bool(losses[-1] >= losses[0] or not np.isfinite(losses).any()),
                "For `losses` = {losses} you say {yours}: `any` asks whether at least one loss is finite. It is the "
                "last that counts.",
                shows=lambda lines: lines.uses("any"),
            ),
            Mistake(
                "turned-round",
                lambda losses: not (not np.isfinite(losses[-1]) or losses[-1] >= losses[0]),
                "For `losses` = {losses} you say {yours}: the alarm rings for a network that learns.",
            ),
            Mistake(
                "turned-round",
                lambda losses: bool(losses[-1] < losses[0]),
                "For `losses` = {losses} you say {yours}: the alarm rings for a network that learns.",
            ),
            *(
                Mistake(
                    "turned-round",
                    lambda losses, turned=turned: bool(not np.isfinite(losses[-1]) or turned(losses[-1], losses[0])),
                    "For `losses` = {losses} you say {yours}: the comparison is turned round. The alarm rings where "
                    "the last loss is *not* lower than the first.",
                )
                for turned in (np.less, np.less_equal)
            ),
            Mistake(
                "turned-round",
                lambda losses: bool(losses[-1] < losses[0] or np.isfinite(losses[-1])),
                "For `losses` = {losses} you say {yours}: both conditions are turned round. The alarm rings where the "
                "last loss is *not* lower, and where it is *no* finite number.",
            ),
            Mistake(
                "equal-is-silent",
                lambda losses: bool(not np.isfinite(losses[-1]) or losses[-1] > losses[0]),
                "For `losses` = {losses} you say {yours}: it ends where it began. Is that lower?",
            ),
            Mistake(
                "equal-is-silent",
                lambda losses: bool(np.isnan(losses[-1]) or losses[-1] > losses[0]),
                "For `losses` = {losses} you say {yours}: it ends where it began. Is that lower?",
                shows=lambda lines: lines.uses("isnan"),
            ),
            Mistake(
                "first-and-last-crossed",
                lambda losses: bool(not np.isfinite(losses[0]) or losses[0] >= losses[-1]),
                "For `losses` = {losses} you say {yours}: the first and the last loss are in each other's place. The "
                "first is `losses[0]`, the last `losses[-1]`.",
            ),
            Mistake(
                "how-many",
                lambda losses: bool(not np.isfinite(losses[-1]) or len(losses) >= losses[0]),
                "For `losses` = {losses} you say {yours}: how many losses there are is not the last of them. That one "
                "is `losses[-1]`.",
                shows=lambda lines: lines.uses("shape", "len", "size"),
            ),
            Mistake(
                "how-many",
                lambda losses: bool(len(losses) >= losses[0]),
                "For `losses` = {losses} you say {yours}: how many losses there are is not the last of them. That one "
                "is `losses[-1]`.",
                shows=lambda lines: lines.uses("shape", "len", "size"),
            ),
            Mistake(
                "not-for-both",
                lambda losses: not np.isfinite(losses[-1]) >= losses[0],
                "For `losses` = {losses} you say {yours}: Python reads `not (np.isfinite(…) >= losses[0])`, one "
                "question about True or False. Ask two, with `or` between them.",
                shows=lambda lines: lines.uses("isfinite"),
            ),
            Slip(
                "not-missing",
                (("not np.isfinite", "np.isfinite"),),
                "For `losses` = {losses} you say {yours}: `np.isfinite` is True for a finite number. The alarm rings "
                "for one that is *not*.",
                shows=lambda lines: lines.uses("isfinite"),
            ),
            *(
                Mistake(
                    name,
                    lambda losses, rule=rule, asked=asked: bool(
                        not np.isfinite(asked(losses)).all() or rule(losses)),
                    f"For `losses` = {{losses}} you say {{yours}}: {says}",
                )
                for name, rule, says in ON_THE_WAY
                for asked in (lambda losses: losses, lambda losses: losses[-1], lambda losses: 0)
            ),
            Mistake(
                "return-in-the-loop",
                lambda losses: bool(not np.isfinite(losses[0]) or losses[-1] >= losses[0]),
                "For `losses` = {losses} you say {yours}: a `return` inside the loop ends the function in its first "
                "round, so only the first loss was asked whether it is finite.",
                shows=lambda lines: lines.returns_in_a_loop(),
            ),
            Mistake(
                "nan-on-the-way",
                lambda losses: bool(not np.isfinite(losses).all() or losses[-1] >= losses[0]),
                "For `losses` = {losses} you say {yours}: you ask whether *all* losses are finite. Only the first and "
                "the last count here.",
            ),
            Mistake(
                "nan-on-the-way",
                lambda losses: bool(np.isnan(losses).any() or losses[-1] >= losses[0]),
                "For `losses` = {losses} you say {yours}: you ask whether *any* loss is nan. Only the first and the "
                "last count here.",
            ),
            *(
                Mistake(
                    "second-for-first",
                    rings,
                    "For `losses` = {losses} you say {yours}: you compare the last with the second. The first is "
                    "`losses[0]`.",
                )
                for rings in (lambda losses: bool(not np.isfinite(losses[-1]) or losses[-1] >= losses[1]),
                              lambda losses: not losses[-1] < losses[1])
            ),
            *(
                Mistake(
                    "second-for-last",
                    lambda losses, asked=asked: bool(not np.isfinite(losses[asked]) or losses[1] >= losses[0]),
                    "For `losses` = {losses} you say {yours}: you take the second loss for the last. The last is "
                    "`losses[-1]`, however many there are.",
                )
                for asked in (1, -1)
            ),
            Mistake(
                "before-last",
                lambda losses: bool(not np.isfinite(losses[-1]) or losses[-1] >= losses[-2]),
                "For `losses` = {losses} you say {yours}: compare the last with the first, not with the one before it.",
            ),
            *(
                Mistake(
                    "best-for-last",
                    lambda losses, least=least: bool(losses[-1] >= least(losses)),
                    "For `losses` = {losses} you say {yours}: you compare the last with the smallest, which the last "
                    "may be itself. Compare it with the first.",
                    shows=lambda lines: lines.uses("min", "nanmin", "amin", "argmin", "sort", "sorted"),
                )
                for least in (np.min, np.nanmin)
            ),
            *(
                Mistake(
                    "little-is-lower-too",
                    lambda losses, rule=rule: bool(not np.isfinite(losses[-1]) or rule(losses[0], losses[-1])),
                    "The last loss is a little lower than the first, and you say True. Lower is lower, by however "
                    "little: compare the two as they are.",
                )
                for rule in LITTLE
            ),
            Mistake(
                "ratio-for-comparison",
                lambda losses: bool(not np.isfinite(losses[-1]) or losses[-1] >= losses[0] > 0),
                "For `losses` = {losses} you say {yours}: 0 divided by 0 is nan, and a comparison with nan is False. "
                "Compare the two losses themselves.",
                shows=lambda lines: lines.has(ast.Div),
            ),
        ),
        hints=(
            "Two reasons to ring: no finite number, or not lower.",
            "`losses[-1]` is the last, `losses[0]` the first.",
            "`not np.isfinite(last) or last >= first`.",
        ),
        praise="The plainest of all alarms. Now see how much it misses.",
    ),
    Exercise(
        number="10.3",
        title="The update alarm",
        piece="step_error",
        what="your step error",
        cases=STEPS,
        mistakes=(
            Slip(
                "uphill",
                (("-learning_rate", "learning_rate"),),
                "One of the two steps is turned round. Made is after minus before; wanted goes *down* the gradient.",
            ),
            Slip(
                "signs-off-too-soon",
                (
                    ("after - before,", "np.abs(after - before),"),
                    ("-learning_rate * gradients", "np.abs(learning_rate * gradients)"),
                ),
                "You take the signs away before you compare: a step of the right size that goes uphill would pass. "
                "First the difference, then its size.",
            ),
            *(
                Slip(
                    "signed-below",
                    (("np.abs(wanted).max()", below),),
                    "You get {yours}: below the line stands the largest of the wanted steps with their signs. A size "
                    "has none: take the signs off, and then look for the largest.",
                )
                for below in ("wanted.max()", "(-wanted).max()", "abs(wanted.max())", "abs(wanted.min())")
            ),
            Slip(
                "count-for-size",
                (("np.abs(wanted).max()", "wanted.size"),),
                "You divide by the number of parameters. The size of a step is meant: the step without its sign, of "
                "all of them the largest.",
            ),
            *(
                Slip(
                    "brackets-missing",
                    (("np.abs(wanted).max()", below),),
                    "In `a / b * c` Python divides by b, and then multiplies by c. Brackets around `b * c` make one "
                    "number of them.",
                    shows=divides_first,
                )
                for below in (f"learning_rate * {one}" for one in ("np.abs(gradients).max()", "gradients.max()"))
            ),
            Slip(
                "squared",
                (
                    (
                        "np.abs(made - wanted).max() / np.abs(wanted).max()",
                        "((made - wanted) ** 2).max() / (wanted**2).max()",
                    ),
                ),
                "Both are squared: a step that is wrong by a thousandth would be wrong by a millionth with you. The "
                "size of a number is the number without its sign.",
            ),
            Slip(
                "signed",
                (("np.abs(made - wanted).max()", "abs((made - wanted).min())"),),
                "You look for the smallest difference before you take the signs off, so large ones with a plus are "
                "lost. First each difference without its sign, then the largest.",
            ),
            Slip(
                "at-the-largest-step",
                (
                    (
                        "np.abs(made - wanted).max() / np.abs(wanted).max()",
                        "(np.abs(made - wanted) / np.abs(wanted))[np.abs(wanted).argmax()]",
                    ),
                ),
                "You look at one parameter alone, the one whose wanted step is the largest. The largest difference may "
                "stand at another.",
            ),
            Slip(
                "rate-missing",
                (("-learning_rate * ", "-"),),
                "The learning rate is not in the wanted step.",
            ),
            Slip(
                "by-the-made-step",
                (("np.abs(wanted)", "np.abs(made)"),),
                "You divide by the step that was made. It may be the wrong one: divide by the one that was wanted.",
            ),
            Slip(
                "by-the-gradient",
                (("np.abs(wanted)", "np.abs(gradients)"),),
                "You divide by the largest gradient. The step that was wanted is the gradient times the rate.",
            ),
            Slip(
                "step-for-difference",
                (("np.abs(made - wanted)", "np.abs(made)"),),
                "Above the line stands the size of the step that was made. How far is it from the one that was "
                "wanted?",
            ),
            Slip(
                "by-the-parameters",
                (("np.abs(wanted)", "np.abs(before)"),),
                "You divide by the size of the parameters. Which step's size is to stand below the line?",
            ),
            Slip(
                "by-the-parameters",
                (("np.abs(wanted)", "np.abs(before + wanted)"),),
                "You divide by the size of the parameters that were wanted. Which step's size is to stand below the "
                "line?",
            ),
            Mistake(
                "place-for-step",
                lambda before, gradients, after, learning_rate: np.abs(
                    after - 2 * before + learning_rate * gradients).max()
                / np.abs(before - learning_rate * gradients).max(),
                "You compare the step that was made with the parameters that were wanted. The wanted *step* is minus "
                "the learning rate times the gradients, without the parameters of before.",
            ),
            Slip(
                "not-divided",
                ((" / np.abs(wanted).max()", ""),),
                "You return the difference itself. It is to be divided: by the size of which step?",
            ),
            Slip(
                "signed",
                (("np.abs(made - wanted)", "(made - wanted)"),),
                "Differences with a minus are lost. How large is a difference without its sign?",
            ),
            Slip(
                "mean",
                (("wanted).max() /", "wanted).mean() /"),),
                "You take a mean of the differences. One wrong parameter would vanish among the others.",
            ),
            Slip(
                "quotient-for-difference",
                (("np.abs(made - wanted).max() / np.abs(wanted).max()", "np.abs(made / wanted).max()"),),
                "You divide the step that was made by the one that was wanted. How far is it from the wanted one? "
                "First the difference, then the division.",
            ),
            Slip(
                "smallest-below",
                (("np.abs(wanted).max()", "np.abs(wanted).min()"),),
                "You divide by the smallest wanted step. The largest was asked for.",
            ),
            Slip(
                "smallest-below",
                (
                    (
                        "np.abs(made - wanted).max() / np.abs(wanted).max()",
                        "(np.abs(made - wanted).max() / np.abs(wanted)).max()",
                    ),
                ),
                "You divide by the smallest wanted step. The largest was asked for.",
            ),
            Slip(
                "summed-with-signs",
                (("np.abs(made - wanted).max()", "abs((made - wanted).sum())"),),
                "You add the differences up before you take the signs off: two that are wrong may cancel. First each "
                "difference without its sign, then the largest.",
            ),
            Slip(
                "means",
                ((".max()", ".mean()"),),
                "You add up, or take means. One wrong parameter would vanish among the others.",
            ),
            Slip(
                "ratio-first",
                (
                    (
                        "np.abs(made - wanted).max() / np.abs(wanted).max()",
                        "(np.abs(made - wanted) / np.abs(wanted)).max()",
                    ),
                ),
                "Each difference is divided by its own wanted step, and the largest of these is taken. A step that is "
                "nearly 0 would then weigh most. First both largest, then one division.",
            ),
            Slip(
                "at-that-place",
                (
                    (
                        "np.abs(made - wanted).max() / np.abs(wanted).max()",
                        "(np.abs(made - wanted) / np.abs(wanted))[np.abs(made - wanted).argmax()]",
                    ),
                ),
                "The largest difference is divided by the wanted step at its own place. The largest wanted step may "
                "stand elsewhere.",
            ),
            Slip(
                "of-the-largest-steps",
                (("np.abs(made - wanted).max()", "abs(np.abs(made).max() - np.abs(wanted).max())"),),
                "You compare the two largest steps. Compare place by place, then take the largest difference.",
            ),
            *(Slip(
                "of-the-largest-steps",
                (("np.abs(made - wanted).max() / np.abs(wanted).max()", f"abs(made.max() - wanted.max()) / {size}"),),
                "You compare the two largest steps, with their signs. Compare place by place, then take the largest "
                "difference without its sign.",
            ) for size in ("abs(wanted.max())", "np.abs(wanted).max()")),
            Slip(
                "lengths",
                (
                    (
                        "np.abs(made - wanted).max() / np.abs(wanted).max()",
                        "np.linalg.norm(made - wanted) / np.linalg.norm(wanted)",
                    ),
                ),
                "You divide lengths, roots of sums of squares. The largest difference was asked for.",
            ),
            Slip(
                "where-no-gradient",
                (("np.abs(made - wanted).max()", "np.abs(made - wanted)[gradients != 0].max()"),),
                "You leave out the parameters whose gradient is 0. They should stay where they are: that one of them "
                "has moved is a mistake too.",
            ),
            *(
                Slip(
                    "size-from-below",
                    (("np.abs(wanted).max()", text.format(small)),),
                    f"{says.format(small)}. Small steps can be as wrong as large ones, and so they are here. At least "
                    "one gradient is not 0, so nothing has to be kept from 0.",
                )
                for small in ("1e-6", "1e-7", "1e-8", "1e-9", "1e-10", "1e-12")
                for text, says in (
                    ("(np.abs(wanted).max() + {})", "{} is added to what you divide by"),
                    ("max(np.abs(wanted).max(), {})", "What you divide by is never less than {}"),
                )
            ),
            *(
                Slip(
                    "small-is-0",
                    (
                        ("return np.abs(made - wanted).max() / np.abs(wanted).max()",
                         "error = np.abs(made - wanted).max() / np.abs(wanted).max()\n    "
                         f"return error if error > {least} else 0.0"),
                    ),
                    "Your step error is {yours} here, and the step is wrong, by a little: so small an error counts as "
                    "none with you. Return it as it is; who asks decides what is small.",
                )
                for least in ("1e-3", "1e-4", "1e-5", "1e-6")
            ),
        ),
        hints=(
            "Two arrays first: the step that was made, and the step that was wanted.",
            "Made is after minus before. Wanted is minus the learning rate times the gradients.",
            "The largest of `np.abs(made - wanted)`, by the largest of `np.abs(wanted)`.",
        ),
        praise="An alarm for the last phase, which the gradient check never looks at.",
    ),
    Exercise(
        number="10.4",
        title="Where to look first",
        piece="where_to_look",
        what="your layer",
        call=run_look,
        cases=(
            {"errors": np.array([0.9, 0.7, 1e-10, 1e-10]), "limit": 1e-6},
            {"errors": np.array([0.2, 1e-9, 0.1]), "limit": 1e-6},
            {"errors": np.array([1e-9, 1e-8]), "limit": 1e-6},
            {"errors": np.array([0.5, 0.5, 0.6, 0.2, 1e-12]), "limit": 1e-6},
            {"errors": np.array([1e-4, 1e-3, 1e-5]), "limit": 5e-4},
            {"errors": np.array([0.3, 1e-9, 1e-8]), "limit": 1e-6},
            {"errors": np.array([0.25, 0.5, 0.125]), "limit": 0.125},
            {"errors": np.array([0.5, 0.25, 0.5, 1e-9]), "limit": 1e-6},  # two that are equal
            {"errors": np.resize([0.5, 0.25, 1e-9], 120), "limit": 1e-6},
            {"errors": np.array([0.0, 1e-12, 0.0]), "limit": 0.0},
            {"errors": np.array([1e-9, 1.004e-6, 1e-9]), "limit": 1e-6},  # hardly above it, and hardly below
            {"errors": np.array([0.2, 0.996e-6]), "limit": 1e-6},
            {"errors": np.array([0.2, 3.0, np.inf, 1e-9]), "limit": 1e-6},
            {"errors": np.array([0.2]), "limit": 1e-6},
            {"errors": np.array([1e-9]), "limit": 1e-6},
        ),
        mistakes=(
            Mistake(
                "first-wrong",
                lambda errors, limit: look(errors, limit, order="first"),
                "For `errors` = {errors} you say {yours}: the wrong layer that is furthest from the loss. Errors "
                "travel backwards: who made it wrong?",
            ),
            Mistake(
                "first-wrong",
                lambda errors, limit: look(errors, limit, order="first", none=1),  # as `argmax` has it
                "For `errors` = {errors} you say {yours}: the wrong layer that is furthest from the loss. Errors "
                "travel backwards: who made it wrong?",
            ),
            Mistake(
                "first-right",
                lambda errors, limit: max(np.flatnonzero(errors <= limit), default=len(errors)),
                "For `errors` = {errors} you say {yours}: coming from the end you stop at the first layer that is "
                "*right*. Wrong is an error above the limit.",
            ),
            *(Mistake(
                "largest",
                lambda errors, limit, which=which: look(errors, limit, order=which),
                "For `errors` = {errors} you say {yours}: the layer with the largest error. A small error near the "
                "loss grows on its way.",
            ) for which in ("largest", "last of the largest")),
            Mistake(
                "counted-from-zero",
                lambda errors, limit: look(errors, limit, counted=0),
                "For `errors` = {errors} you say {yours}: counted from 0. The first layer has the number 1.",
            ),
            Mistake(
                "counted-from-the-end",
                lambda errors, limit: len(errors) - look(errors, limit) + 1 if look(errors, limit) else 0,
                "For `errors` = {errors} you say {yours}: counted from the last layer. The first has number 1.",
            ),
            Mistake(
                "how-many",
                lambda errors, limit: look(errors, limit, order="how many"),
                "For `errors` = {errors} you say {yours}: that is how many are wrong. Which one is nearest to the "
                "loss?",
            ),
            Mistake(
                "found-and-forgotten",
                lambda errors, limit: len(errors) if errors[-1] > limit else 0,
                "For `errors` = {errors} you say {yours}: a right layer sets back to 0 what an earlier round has "
                "found. Begin with 0 before the loop, and change it only where an error is above the limit.",
                shows=lambda lines: lines.in_a_loop("limit") and not lines.returns_in_a_loop(),
            ),
            Mistake(
                "smallest",
                lambda errors, limit: 1 + list(errors).index(min(errors[errors > limit], default=errors[0]))
                if (errors > limit).any() else 0,
                "For `errors` = {errors} you say {yours}: the wrong layer with the smallest error. Nearest to the loss "
                "is a place, the last of the wrong ones, whatever its size.",
            ),
            Slip(
                "turned-round",
                (("> limit", "<= limit"),),
                "For `errors` = {errors} and `limit` = {limit} you say {yours}: the layer nearest to the loss that is "
                "right. Wrong is an error *above* the limit.",
            ),
            Slip(
                "limit-is-wrong-too",
                (("> limit", ">= limit"),),
                "For `errors` = {errors} and `limit` = {limit} you say {yours}: an error of exactly the limit is not "
                "*more* than it.",
            ),
            Slip(
                "first-layer-never-seen",
                (("range(len(errors), 0, -1)", "range(len(errors), 1, -1)"),),
                "For `errors` = {errors} you say {yours}: the first layer alone is wrong here, and it goes "
                "unnoticed. `range` ends one before its end.",
            ),
            Slip(
                "last-layer-never-seen",
                (("range(len(errors), 0, -1)", "range(len(errors) - 1, 0, -1)"),),
                "For `errors` = {errors} you say {yours}: you never look at the last layer, the one nearest to the "
                "loss.",
            ),
            Slip(
                "right-for-wrong",
                (("> limit", "< limit"),),
                "For `errors` = {errors} you say {yours}: that is a layer whose error is below the limit.",
            ),
            Slip(
                "printed",
                (("            return number\n", "            print(number)\n"),),
                "For `errors` = {errors} you say {yours}: your loop prints the numbers, goes on to its end, and what "
                "stands behind it is returned. `return` hands over the first that you meet.",
                shows=lambda lines: lines.has_call("print"),
            ),
            Slip(
                "first-look-decides",
                (("            return number\n    return 0", "            return number\n        return 0"),),
                "For `errors` = {errors} you say {yours}: only the last layer was looked at. `return 0` stands inside "
                "the loop.",
                shows=lambda lines: lines.returns_in_a_loop(),
            ),
            *(Mistake(
                "stops-at-the-first-right",
                lambda errors, limit, is_right=is_right: next(
                    (at for at, one in enumerate(errors) if is_right(one, limit)), len(errors)),
                "For `errors` = {errors} you say {yours}: you stop at the first layer that is right. A wrong one may "
                "come after it.",
            ) for is_right in (np.less_equal, np.less)),
            *(
                Mistake(
                    "stops-at-the-first-right",
                    lambda errors, limit, first=first: first(errors <= limit),
                    "For `errors` = {errors} you say {yours}: you look for the first layer that is right. A wrong one "
                    "may come after it.",
                )
                for first in (lambda right: int(right.argmax()), lambda right: int(right.argmax()) + 1,
                              lambda right: int(right.argmax()) + int(right.any()),
                              lambda right: int(right.argmax()) if right.any() else 0)
            ),
            Mistake(
                "last-layer-alone",
                lambda errors, limit: len(errors) if errors[-1] > limit else 0,
                "For `errors` = {errors} you say {yours}: only the last layer was looked at.",
                shows=lambda lines: not lines.has(ast.For),
            ),
            Mistake(
                "first-layer-decides",
                lambda errors, limit: look(errors, limit) if errors[0] > limit else 0,
                "For `errors` = {errors} and `limit` = {limit} you say {yours}: your first layer is right, and with "
                "you that decides for all. A layer behind it may be wrong.",
            ),
            Mistake(
                "all-for-any",
                lambda errors, limit: len(errors) if (errors > limit).all() else 0,
                "For `errors` = {errors} you say {yours}: you ask whether *all* layers are wrong. One is enough.",
            ),
            Mistake(
                "last-for-none",
                lambda errors, limit: look(errors, limit, none=len(errors)),
                "For `errors` = {errors} no layer is wrong, and you say {yours}. The number for none is 0.",
            ),
            *(
                Mistake(
                    "every-wrong-one",
                    lambda errors, limit, none=none: (
                        1 + np.flatnonzero(wrong) if (wrong := errors > limit).any() else none),
                    "For `errors` = {errors} you say {yours}: those are all that are wrong. Which one is nearest to "
                    "the loss?",
                )
                for none in (np.zeros(0), 0)
            ),
            Mistake(
                "last-layer-always",
                lambda errors, limit: len(errors) if max(errors) > limit else 0,
                "For `errors` = {errors} you say {yours}: the last layer, and its own error is small. Which of the "
                "*wrong* ones is nearest to the loss?",
            ),
            Mistake(
                "error-for-number",
                lambda errors, limit: errors[look(errors, limit) - 1] if look(errors, limit) else 0,
                "For `errors` = {errors} you say {yours}: that is the error of the layer. Its number is asked for.",
            ),
            Mistake(
                "limit-ignored",
                lambda errors, limit: look(errors, 1e-6),
                "For `errors` = {errors} and `limit` = {limit} you say {yours}: the limit was not the usual one here.",
            ),
            Mistake(
                "found-by-value",
                by_value,
                "For `errors` = {errors} you say {yours}: the layer is looked up by its error, and the first of two "
                "equal ones is found. Keep its number from the beginning.",
            ),
            Mistake(
                "found-by-value+counted-from-zero",
                lambda errors, limit: max(by_value(errors, limit) - 1, 0),
                "For `errors` = {errors} you say {yours}: counted from 0, and the first layer has the number 1. And "
                "who looks a layer up by its error finds the first of two equal ones.",
            ),
            *(
                Mistake(
                    "first-few",
                    lambda errors, limit, count=count: of_few(errors, limit, count),
                    f"You say {{yours}}: of 120 layers you look at no more than {count}. A network has any number.",
                )
                for count in (*range(4, 13), 15, 16, 20, 25, 30, 32, 50, 64, 100)
            ),
            Mistake(
                "limit-0-for-none",
                lambda errors, limit: look(errors, limit or USUAL),
                "For `errors` = {errors} and `limit` = 0 you say {yours}: 0 is a limit like any other, and `or` and "
                "`if` take it for none.",
            ),
            *(
                Mistake(
                    "limit-moved",
                    lambda errors, limit, moved=moved: look(errors, moved(limit)),
                    "For `errors` = {errors} and `limit` = {limit} you say {yours}: the error is a little more than "
                    "the limit, and more is wrong. Compare the two as they are.",
                )
                for moved in (lambda limit: limit * 1.01, lambda limit: limit + 1e-8, lambda limit: limit + 5e-7)
            ),
            Mistake(
                "large-is-right",
                lambda errors, limit: max((at for at, one in enumerate(errors, 1) if limit < one <= 1), default=0),
                "For `errors` = {errors} you say {yours}: an error of more than 1 is more than the limit too, and so "
                "is an infinite one.",
            ),
        ),
        hints=(
            "Begin at the last layer, the one nearest to the loss.",
            "`range(len(errors), 0, -1)` counts 4, 3, 2, 1 for four layers.",
            "The first wrong one that you meet on this way is it. If you meet none, return 0.",
        ),
        praise="One number instead of a hundred: you know where to put the magnifying glass.",
    ),
    Answer(
        number="10.5",
        title="Three ratios",
        names=("times_p", "times_q", "times_r"),
        wrong={
            "times_p": (
                (0.8, "not-divided", "`times_p` = {yours} is what the backward pass says. It is to be divided by what "
                 "was measured."),
                (1.0, "divided-by-examples", "`times_p` = {yours}: the ratio, divided by the 20 examples once more. "
                                             "The "
                 "ratio alone is asked for."),
                (0.04, "measured-itself", "`times_p` = {yours} is what was measured, and 0.8 / 20 too. Asked for is "
                                          "0.8 "
                 "divided by what was measured."),
                (0.032, "multiplied", "`times_p` = {yours}: the two are multiplied. How many times the one is the "
                                      "other is "
                 "a division."),
                (0.05, "turned", "`times_p` = {yours}: the other way round. The measured slope goes below the line."),
                (0.9048, "relative-error", "`times_p` = {yours} is the relative error of lesson 08. Asked for is how "
                 "many times the one is the other."),
                (0.76, "difference", "`times_p` = {yours} is a difference. How many times?"),
                (19.0, "difference", "`times_p` = {yours} is the difference, divided by what was measured. The ratio "
                 "takes nothing away."),
            ),
            "times_q": (
                (
                    0.0,
                    "cut-off",
                    "`times_q` = {yours}: has it been cut to a whole number? `/` keeps the part, `//` does not.",
                ),
                (
                    -20.0,
                    "minus-for-smaller",
                    "`times_q` = {yours}: a minus means the other direction. Too small is a ratio below 1.",
                ),
                (20.0, "turned", "`times_q` = {yours}: the other way round. What the backward pass says is smaller."),
                (-0.038, "difference", "`times_q` = {yours} is a difference. How many times?"),
                (-0.95, "difference", "`times_q` = {yours} is the difference, divided by what was measured. The ratio "
                 "takes nothing away."),
                (0.0025, "number-of-p", "`times_q` = {yours} is divided by 0.8, which P's backward pass says. What was "
                 "measured is 0.04."),
            ),
            "times_r": (
                (0.0, "added", "`times_r` = {yours}: 0 times 0.04 would be 0, and the backward pass says −0.04. How "
                 "many times the one is the other is a division, no sum."),
                (1.0, "sign-lost", "`times_r` = {yours}: the minus is the whole point."),
                (-0.08, "difference", "`times_r` = {yours} is a difference. How many times?"),
                (-2.0, "difference", "`times_r` = {yours} is the difference, divided by what was measured. The ratio "
                 "takes nothing away."),
            ),
        },
        hints=(
            "What the backward pass says, divided by what was measured.",
            "0.8 / 0.04.",
            "0.002 / 0.04, and −0.04 / 0.04.",
        ),
        praise="20, one twentieth, and −1: three mistakes that introduce themselves.",
    ),
    Prediction(
        number="10.6",
        title="Who hears it?",
        right="c",
        options={
            "a": "The check looks at one batch only. There the remembered inputs are the right ones.",
            "b": "The loss ends a little lower than it began. That is enough for it to be silent.",
            "c": "the accuracy and the frozen layers hear it; the check and the loss do not.",
        },
        hints=(
            "What does a gradient check do between two measurements? Does it change the batch?",
            "It needs an alarm that watches a whole training.",
            "The last layer still learns a little.",
        ),
        praise="What goes wrong between batches is heard by whoever listens to a whole training.",
    ),
    Choice(
        number="10.7",
        title="Recall: from both sides",
        right="a",
        options={
            "a": "Lesson 08: 0.61 too much from one side, 0.01 from both.",
            "b": "One side would cost less.",
            "c": "They must, but that is not the reason for two sides.",
        },
        hints=(
            "Lesson 08 measured w³ at w = 2 in two ways.",
            "12.61 and 12.01, and the slope is 12.",
            "That curve bends away upwards on both sides.",
        ),
        praise="What is too much on the one side is too little on the other.",
    ),
    Choice(
        number="10.8",
        title="Recall: the four phases",
        right="b",
        options={
            "a": "The loss of which output?",
            "b": "The loss and the backward pass need the output, the update needs the gradients.",
            "c": "Update with which gradients?",
        },
        hints=(
            "The loss needs an output.",
            "The update needs the gradients.",
            "Exercise 09.2 had them in order.",
        ),
        praise="Forward, loss, backward, update. The backward pass needs the slope of the loss and not its number: so "
        "that may be noted before or after it, as long as no weight has moved.",
    ),
)
