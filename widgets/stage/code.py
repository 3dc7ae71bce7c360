"""Source lines for the browser to draw."""

from widgets.stage.failure import file_name, is_learners


def own_source(*found):
    """The first of these sources that is the learner's, to be drawn; None if none is."""
    return next((source(one) for one in found if one is not None and is_learners(one.file)), None)


def source(found):
    """The lines round the formula, which of them are the formula, and whose file they stand in."""
    if found is None:
        return None
    start, stop = max(0, found.formula_start - 5), found.formula_stop + 3
    return {
        "where": file_name(found.file),
        "method": f"{found.owner}.{found.method}" if found.owner else found.method,
        "yours": is_learners(found.file),
        "lines": [
            [found.first + number, text, found.formula_start <= number < found.formula_stop]
            for number, text in enumerate(found.lines)
            if start <= number < stop
        ],
    }
