"""Source lines for the browser to draw."""

from widgets.stage.failure import OURS, file_name, is_learners


def own_source(*found):
    """The first of these sources that is the learner's, to be drawn; None if none is."""
    return next((source(one) for one in found if one is not None and is_learners(one.file)), None)


def source(found, part=None):
    """The lines round the formula, which of them are the formula, and whose they are; `part` is what they ran for."""
    if found is None:
        return None
    start, stop = max(0, found.formula_start - 5), found.formula_stop + 3
    return {
        "where": file_name(found.file),
        "method": f"{found.owner}.{found.method}" if found.owner else found.method,
        "yours": is_learners(found.file), "whose": whose(found, part),
        "lines": [
            [found.first + number, text, found.formula_start <= number < found.formula_stop]
            for number, text in enumerate(found.lines)
            if start <= number < stop
        ],
    }


def whose(found, part):
    """Whose lines these are: the learner's, or nnlib's for a class of theirs that has none of its own."""
    if is_learners(found.file):
        return "your code"
    if not found.file.startswith(OURS):  # the solution of an exercise, say
        return ""
    kind = type(part)
    is_own = part is not None and not kind.__module__.startswith(("nnlib", "widgets", "lessons"))
    return f"nnlib's: your {kind.__name__} has no {found.method} of its own" if is_own else ""
