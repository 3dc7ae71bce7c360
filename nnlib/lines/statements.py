"""What may mend one line, or one block, of a learner's syntax tree.

`of_block` yields `(kind, what was the matter, line number, what comes in its place, key)`: a line that is too much, or
stands too early, outside or inside a block, or makes what nobody keeps.
"""

import ast

from nnlib.lines.syntax import OPERATORS, SIGNS, changed, name_called


def of_targets(line, known):
    """`(kind, says, the targets in their place, key)`: what fills `self.a` and not `a`, or the other way round."""
    for one in line.targets:
        name, mine = getattr(one, "attr", getattr(one, "id", "")), known.attributes.get("self", ())
        if isinstance(one, ast.Attribute) and ast.unparse(one.value) == "self" and name in known.names:
            says = f"`self.{name}` is filled, and `{name}` is what it was"
            yield "filled-elsewhere", says, [ast.Name(name, ast.Store()), one], "self"
        if isinstance(one, ast.Name) and name in known.unread and name in mine:
            says = f"`{name}` is filled, which ends with the call, and `self.{name}` is what it was"
            yield "filled-elsewhere", says, [ast.Attribute(ast.Name("self", ast.Load()), name, ast.Store())], "self"


# --- lines ---


def of_block(field, block, known):
    """`(kind, says, line number, the whole block anew, key)` of everything that may mend the lines of one block."""
    put = [_put(line) for line in block]
    if compared := [line for line, now in zip(block, put, strict=True) if now is not line]:  # all of them at once
        says = "Your line `{line}` asks whether the two are equal, and changes nothing: that is `==`. `=` puts a "
        says += "value there." + " The same goes for each `==` below it." * (len(compared) > 1)
        yield "compared-for-put", says, compared[0].lineno, put, None
    for k, line in enumerate(block):
        before, after = block[:k], block[k + 1 :]
        if isinstance(line, (ast.FunctionDef, ast.Pass)) or _is_words(line):
            continue
        for kind, says, of, made, key in (*_of_line(line, known), *_moved(before, line)):
            taken = 1 if kind == "outside-the-block" else 0
            yield kind, says, of.lineno, [*before[: len(before) - taken], *made, *after], key
        yield from _left_out_or_later(field, before, line, after)


def _is_the_gradient(line, before):
    """Whether a line is the one that fills a `self.grad_…`: without it nnlib would, and all would seem right."""
    names = {ast.unparse(target) for target in line.targets} if isinstance(line, ast.Assign) else set()
    earlier = {ast.unparse(target) for one in before if isinstance(one, ast.Assign) for target in one.targets}
    return any(name.startswith("self.grad_") for name in names - earlier)


def _left_out_or_later(field, before, line, after):
    at = "Your line `{line}`"
    if not isinstance(line, (ast.Return, ast.For)) and not _is_the_gradient(line, before):
        where = " below `else:`" if field == "orelse" and not isinstance(line, ast.If) else ""
        rest = [*before, *after] or [ast.Pass()]
        says = f"{at}{where} does not belong there."
        if isinstance(line, (ast.If, ast.Break)) and any(isinstance(one, ast.Break) for one in ast.walk(line)):
            says = f"{at} ends the loop before its last round."
        yield "line-too-much", says, line.lineno, rest, None
    if after and not isinstance(after[0], ast.Return):
        turned = [*before, after[0], line, *after[1:]]
        yield "lines-in-other-order", f"{at} comes one line too early.", line.lineno, turned, None
    for j, loop in enumerate(after):
        if isinstance(line, ast.Assign) and isinstance(loop, ast.For) and not _is_flag(line, loop):
            anew = [*before, *after[:j], changed(loop, body=[line, *loop.body]), *after[j + 1 :]]
            says = f"{at} stands before the loop, so it is done once, not anew in each round."
            yield "before-the-loop", says, line.lineno, anew, None


def _put(line):
    """`a == b`, which nobody asks for, as `a = b`; any other line as it is."""
    asked = line.value if isinstance(line, ast.Expr) else None
    if not isinstance(asked, ast.Compare) or not isinstance(asked.left, (ast.Name, ast.Attribute, ast.Subscript)):
        return line
    to = changed(asked.left, ctx=ast.Store())
    return ast.Assign([to], asked.comparators[0]) if isinstance(asked.ops[0], ast.Eq) else line


def _is_flag(line, loop):
    """`first = True` before a loop that says `first = False`: that it is done once is what it is for."""
    stored = {one.id for one in ast.walk(loop) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    return isinstance(getattr(line.value, "value", None), bool) and getattr(line.targets[0], "id", "") in stored


def _moved(before, line):
    """A line into the block before it."""
    if before and isinstance(before[-1], (ast.For, ast.If)):
        what = "loop" if isinstance(before[-1], ast.For) else "`if`"
        inside = changed(before[-1], body=[*before[-1].body, line])
        yield "outside-the-block", f"Your line `{{line}}` stands outside of the {what} before it.", line, [inside], None


def _of_line(line, known):
    """`(kind, says, the line that it is about, the lines in its place, key)`"""
    at = "Your line `{line}`"
    if isinstance(line, (ast.For, ast.If)):
        yield from _of_holder(line, at)
    if isinstance(line, ast.For):
        yield from _of_loop(line)
    if isinstance(line, (ast.Assign, ast.Return)) and isinstance(line.value, ast.BinOp):
        for name in known.unread:
            for sign in (ast.Add(), ast.Sub()):
                more = changed(line, value=ast.BinOp(line.value, sign, ast.parse(name, mode="eval").body))
                yield "term-missing", f"In your line `{{line}}` `{name}` is missing.", line, [more], None
    if isinstance(line, ast.Expr) and isinstance(line.value, ast.Attribute):
        says = f"{at} names what is to be done, and does not do it: the brackets of the call are missing, `()`."
        yield "not-called", says, line, [ast.Expr(ast.Call(line.value, [], []))], None
    if isinstance(line, ast.Expr) and not isinstance(line.value, (ast.Call, ast.Yield, ast.Await)):
        says = f"{at} works something out, and nobody gets it: `return` is missing before it."
        yield "return-missing", says, line, [ast.Return(line.value)], None
    if isinstance(line, ast.Expr) and isinstance(line.value, ast.Call) and isinstance(line.value.func, ast.Attribute):
        base = line.value.func.value
        if isinstance(base, ast.Name) and base.id != "np":
            kept = ast.Assign([ast.Name(base.id, ast.Store())], line.value)
            says = f"{at} makes something new, and nobody keeps it: `{base.id}` is what it was."
            yield "not-kept", says, line, [kept], None
    if isinstance(line, ast.Assign) and len(line.targets) == 1:
        yield from _of_assignment(line, at, known)
    if isinstance(line, ast.Assign) and len(line.targets) > 1 and isinstance(line.value, ast.Call):
        says = f"{at} makes one object, and gives it several names."
        yield "one-for-two", says, line, [changed(line, targets=[one]) for one in line.targets], None
    if isinstance(line, ast.AugAssign):
        says = f"{at} works on what was there, where it should take its place."
        yield "added-to-the-old", says, line, [ast.Assign([line.target], line.value)], None
        placed = isinstance(line.target, ast.Subscript) and isinstance(line.target.slice, (ast.Name, ast.Attribute))
        if placed and isinstance(line.op, ast.Add) and known.around is not None:
            base, place = ast.unparse(line.target.value), ast.unparse(line.target.slice)
            each = ast.parse(f"np.add.at({base}, {place}, {ast.unparse(line.value)})").body
            says = f"{at} adds once where `{place}` names a place several times: `np.add.at` adds each time."
            yield "repeated-places", says, line, each, None
        by_one = ast.unparse(line.value) == "1"
        counts = known.around is not None and by_one  # who counts the other way round?
        for other in () if counts else OPERATORS.get(type(line.op), ()):
            if by_one and other in (ast.Mult, ast.Div, ast.Pow):
                continue  # a line that does nothing then is one too many
            says = f"In your line `{{line}}` `{SIGNS[type(line.op)]}=` stands where another sign belongs."
            yield "operator", says, line, [changed(line, op=other())], type(line.op)


def _of_holder(line, at):
    """What stands inside a loop or an `if`, and should not."""
    what, last = ("loop" if isinstance(line, ast.For) else "`if`"), line.body[-1]
    if len(line.body) > 1:
        says = f"{at} stands inside the {what}."
        yield "inside-the-block", says, last, [changed(line, body=line.body[:-1]), last], None
    leaves = any(isinstance(one, (ast.Return, ast.Break, ast.Continue, ast.Raise)) for one in ast.walk(line))
    if isinstance(line, ast.If) and not line.orelse and not leaves:
        says = f"{at} leaves out what belongs there: what stands inside it is to be done each time."
        yield "condition-too-many", says, line, line.body, None
    if isinstance(line, ast.For) and isinstance(last, ast.If) and len(last.orelse) == 1:
        other = last.orelse[0]
        if isinstance(other, ast.Return):
            says = f"{at} stands inside the loop: it ends the function in the first round."
            inside = changed(line, body=[*line.body[:-1], changed(last, orelse=[])])
            yield "inside-the-block", says, other, [inside, other], None
    if isinstance(line, ast.If) and len(line.orelse) == 1 and isinstance(line.orelse[0], ast.If):
        other = line.orelse[0]
        says = f"{at} is only asked where the one before it was not true: `elif` is `else` and `if` together."
        yield "elif-for-if", says, other, [changed(line, orelse=[]), other], None


def _another_kind(value):
    """Does it make an array of another kind? To fill the old one with that would keep the old kind."""
    return isinstance(value, ast.Call) and getattr(value.func, "attr", "") in ("astype", "array", "asarray")


def _of_assignment(line, at, known):
    target = line.targets[0]
    if isinstance(target, ast.Name) and not _another_kind(line.value):
        into = ast.Subscript(ast.Name(target.id, ast.Load()), ast.Constant(...), ast.Store())
        says = f"{at} gives the name `{target.id}` to something else, in place of filling what it stood for."
        yield "renamed-for-filled", says, line, [changed(line, targets=[into])], None
    if isinstance(target, (ast.Name, ast.Attribute, ast.Subscript)):
        says = f"{at} takes the place of what was there, where it should be added."
        yield "overwritten", says, line, [ast.AugAssign(target, ast.Add(), line.value)], None
    if isinstance(target, ast.Subscript) and known.around is not None:
        says = f"{at} takes the place of what was there, where that should be multiplied by it."
        yield "overwritten", says, line, [ast.AugAssign(target, ast.Mult(), line.value)], None
    if isinstance(line.value, (ast.Name, ast.Attribute)):
        copied = ast.Call(ast.Attribute(line.value, "copy", ast.Load()), [], [])
        says = f"{at} makes no copy: both names mean one and the same object."
        yield "not-copied", says, line, [changed(line, value=copied)], None


def _of_loop(loop):
    name, over, at = ast.unparse(loop.target), ast.unparse(loop.iter), "In your line `{line}`"
    if isinstance(loop.iter, (ast.Name, ast.Attribute)) and isinstance(loop.target, ast.Name):
        places = ast.parse(f"range(len({over}))", mode="eval").body
        says = f"{at} `{name}` runs through what `{over}` holds. You use it as a place: 0, 1, 2, …"
        yield "values-for-places", says, loop, [changed(loop, iter=places)], None
    if over.startswith("range(len(") and isinstance(loop.iter.args[0], ast.Call):
        says = f"{at} `{name}` runs through the places 0, 1, 2, …; you use it as what stands there."
        yield "places-for-values", says, loop, [changed(loop, iter=loop.iter.args[0].args[0])], None
    if isinstance(loop.target, ast.Tuple) and len(loop.target.elts) == 2:
        turned = changed(loop.target, elts=loop.target.elts[::-1])
        says = f"{at} the names `{'` and `'.join(map(ast.unparse, loop.target.elts))}` have changed places."
        yield "names-exchanged", says, loop, [changed(loop, target=turned)], None
    if not isinstance(loop.body[-1], ast.Return):  # else it has one round, and that is what is wrong with it
        turned = ast.Call(ast.Name("reversed", ast.Load()), [loop.iter], [])
        yield "not-reversed", f"{at} the loop runs in the other direction.", loop, [changed(loop, iter=turned)], None
    for k, line in enumerate(loop.body):
        rest = [*loop.body[:k], *loop.body[k + 1 :]]
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name) and rest:
            says = "Your line `{line}` stands inside the loop, so it is done anew in each round."
            yield "anew-in-each-round", says, line, [line, changed(loop, body=rest)], None
    for k in range(1, len(loop.body)):
        first, later = loop.body[:k], loop.body[k:]
        inner = [one for line in later for one in ast.walk(line)]
        filled = {name for line in first for one in ast.walk(line) for name in _grown(one)} - {"self"}
        here = {id(one.value) for one in inner if isinstance(one, ast.Subscript) and ast.unparse(one.slice) == name}
        read = [one.id for one in inner if isinstance(one, ast.Name) and one.id in filled and id(one) not in here]
        if read and not any(isinstance(one, (ast.Return, ast.Break)) for one in inner):
            says = f"Your line `{{line}}` reads `{read[0]}` too early: it stands in the loop that `{read[0]}` grows in."
            yield "filled-too-late", says, later[0], [changed(loop, body=first), changed(loop, body=later)], None


def _grown(node):
    """The names of what a line adds to: `n += 1`, `n = n + 1`, `a[k] = 1`, `a.append(1)`."""
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp):
        sides = (node.value.left, node.value.right)
        return [one.id for one in node.targets if isinstance(one, ast.Name) and any(
            isinstance(side, ast.Name) and side.id == one.id for side in sides)]  # fmt: skip
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        return [getattr(node.value, "id", "")]
    if isinstance(node, ast.Call) and name_called(node) in ("append", "extend", "add", "update"):
        return [getattr(node.func.value, "id", "")] if isinstance(node.func, ast.Attribute) else []
    return []


def _is_words(line):
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)
