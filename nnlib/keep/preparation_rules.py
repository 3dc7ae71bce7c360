"""The rules of a card's preparation: what stands there before a `Preparation` is made of it.

A stranger may have written it. Nothing in it is ever run; every name is text, every number finite, and together they
make as many features as the network takes.
"""

from nnlib.data.preparation import UNKNOWN
from nnlib.keep.archive import RunCardError, shown
from nnlib.keep.description import check_keys, check_list, check_number, check_text

KINDS = ("numbers", "percent", "dates", "times", "yes or no", "words")
FITTED = ("name", "kind", "words", "fill", "mean", "deviation", "unit")


def check_preparation(value, features):
    """`value`, if it is what `Preparation.fields()` writes for a network of so many `features`; else RunCardError."""
    check_keys("preparation", value, ("columns", "target", "filling", "unknown", "written"))
    if type(value["filling"]) is not bool:
        raise RunCardError(f"filling is true or false, got {shown(value['filling'])}")
    check_written(value["written"])
    if value["unknown"] not in UNKNOWN:
        raise RunCardError(f"unknown is 'refuse' or 'zeros', got {shown(value['unknown'])}")
    check_list("the preparation's columns", value["columns"])
    for column in value["columns"] or [None]:
        check_fitted("a column", column, KINDS)
        words = column["words"]
        fits = {"words": len(words) > 0, "yes or no": len(words) == 2}.get(column["kind"], not words)
        if not fits or (words and not (0 <= column["fill"] < len(words) and column["fill"] == int(column["fill"]))):
            raise RunCardError(f"column {shown(column['name'])} of {column['kind']} has the words {shown(words)}")
    check_fitted("the target", value["target"], ("classes", "numbers"))
    kind, words = value["target"]["kind"], value["target"]["words"]
    if len(words) == 1 or bool(words) != (kind == "classes"):
        raise RunCardError(f"a target of {kind} has the words {shown(words)}")
    names = [one["name"] for one in (*value["columns"], value["target"])]
    if len(set(names)) < len(names):
        raise RunCardError(f"the preparation names a column twice: {shown(sorted(names))}")
    makes = sum(len(one["words"]) if one["kind"] == "words" else 1 for one in value["columns"])
    if makes != features:
        raise RunCardError(f"the preparation makes {makes} features, the network takes {features}")


def check_written(value):
    check_keys("how cells are written", value, ("decimal", "day_first", "also_missing"))
    if value["decimal"] not in (None, ".", ","):
        raise RunCardError(f"decimal is '.', ',' or null, got {shown(value['decimal'])}")
    if value["day_first"] not in (None, True, False) or type(value["day_first"]) is int:
        raise RunCardError(f"day_first is true, false or null, got {shown(value['day_first'])}")
    check_list("also_missing", value["also_missing"])
    for gap in value["also_missing"]:
        check_text("also_missing: a gap", gap)


def check_fitted(name, value, kinds):
    check_keys(name, value, FITTED)
    check_text(f"{name}: its name", value["name"])
    check_text(f"{name}: its unit", value["unit"])
    if value["kind"] not in kinds:
        raise RunCardError(f"{name} is of {' or '.join(kinds)}, got {shown(value['kind'])}")
    check_list(f"{name}: its words", value["words"])
    for word in value["words"]:
        check_text(f"{name}: a word", word)
    if len(set(value["words"])) < len(value["words"]):
        raise RunCardError(f"{name} has a word twice: {shown(value['words'])}")
    for number in ("fill", "mean", "deviation"):
        check_number(f"{name}: its {number}", value[number])
    if value["deviation"] <= 0:
        raise RunCardError(f"{name}: its deviation is above 0, got {value['deviation']}")
