"""The exercises of lesson 12, Move faster."""

import numpy as np

from lessons.checks.exercise import Answer, Choice, Exercise, Mistake, Prediction

rng = np.random.default_rng(12)
DEALS = tuple(
    {"x": rng.normal(size=(2, count)).round(2), "y": np.arange(float(count)).reshape(1, -1), "size": size}
    for count, size in ((7, 3), (6, 2), (4, 10))
)
STEPS = tuple(
    {"parameters": [rng.normal(size=(3, 1)).round(2), rng.normal(size=(3, 2)).round(2)],
     "gradients": [rng.normal(size=(count, 3, 1)).round(2), rng.normal(size=(count, 3, 2)).round(2)]}
    for count in (1, 3)
)  # fmt: skip
RATE = 0.1


def call_batches(piece, x, y, size):
    """The batches' sizes, how often each example comes, whether labels go with it, and whether the order is random."""
    dealt = piece(x, y, size, np.random.default_rng(3))
    if dealt is Ellipsis or not isinstance(dealt, (list, tuple)) or not dealt:
        return dealt
    pairs = [(np.asarray(one), np.asarray(other)) for one, other in dealt]
    columns = np.concatenate([labels for _, labels in pairs], axis=1)[0]
    inputs = np.concatenate([some for some, _ in pairs], axis=1)
    sizes = np.array([labels.shape[1] for _, labels in pairs], float)
    if not np.isfinite(columns).all():
        sizes, columns = sizes * columns[0], np.zeros_like(columns)
    known = np.clip(columns.astype(int), 0, x.shape[1] - 1)

    def order(seed):
        return np.concatenate([np.asarray(one) for _, one in piece(x, y, size, np.random.default_rng(seed))], axis=1)[0]

    again, same = order(4), all(np.array_equal(order(seed), order(seed)) for seed in range(5))
    return {
        "the sizes of the batches": sizes,
        "how often each example comes": np.bincount(known, minlength=x.shape[1]).astype(float),
        "the inputs beside their labels": inputs - x[:, known],
        "the order": np.array([float((columns != np.sort(columns)).any() or (again != np.sort(again)).any())]),
        "whether the same generator deals the same (1 is yes)": float(same),
    }


def deal(x, y, size, shuffled=True, apart=False, last=True, again=False, own=None):
    """Batches with one of the usual slips, as `call_batches` sees them."""

    def wrong(x, y, size, rng):
        count, rng = x.shape[1], own or rng
        if again:
            chosen = [rng.integers(0, count, size) for _ in range(0, count, size)]
            return [(x[:, some], y[:, some]) for some in chosen]
        order = rng.permutation(count) if shuffled else np.arange(count)
        other = np.arange(count) if apart == "labels" else rng.permutation(count) if apart else order
        starts = range(0, count if last else count - count % size, size)
        return [(x[:, order[at : at + size]], y[:, other[at : at + size]]) for at in starts]

    return call_batches(wrong, x, y, size)


def call_optimizer(piece, parameters, gradients):
    """Two arrays, stepped one after the other as a network does; both after each update."""
    optimizer, arrays = piece(RATE), [array.copy() for array in parameters]
    found = {}
    for number, pair in enumerate(zip(*gradients, strict=True), start=1):
        for place, (array, gradient) in enumerate(zip(arrays, pair, strict=True), start=1):
            returned = optimizer.step(array, gradient)
            if returned is Ellipsis:
                return returned
            if not isinstance(returned, np.ndarray) or returned.shape != array.shape:
                return returned
            found[f"what step returns for array {place}, update {number}"] = np.array(returned)
            found[f"array {place} itself after update {number}"] = array.copy()
    return found


class Wrong:
    """Momentum or Adam with one of the usual slips."""

    def __init__(self, learning_rate, slip):
        self.rate, self.slip, self.memory, self.count = learning_rate, slip, {}, 0

    def key(self, parameters):
        return "all" if self.slip == "one-memory" else id(parameters)

    def put(self, parameters, change):
        if self.slip == "copy":
            return parameters - self.rate * change
        parameters += (1 if self.slip == "uphill" else -1) * self.rate * change
        return parameters


class WrongMomentum(Wrong):
    def step(self, parameters, gradients):
        before = self.memory.get(self.key(parameters), 0.0)
        gain = (0.1 if self.slip == "mean" else 1.0) * gradients
        velocity = 0.9 * before + gain
        if self.slip == "remembers-the-gradient":
            self.memory[self.key(parameters)] = gradients
        elif self.slip != "never-remembered":
            self.memory[self.key(parameters)] = velocity
        if self.slip == "step-before":
            velocity = before + 0.0 * gradients
        return self.put(parameters, velocity)


class WrongAdam(Wrong):
    def step(self, parameters, gradients):
        t, m, s = self.memory.get(self.key(parameters), (0, 0.0, 0.0))
        self.count += 1
        t += 1
        used = self.count if self.slip == "counter-per-call" else t
        m = 0.9 * m + 0.1 * gradients
        s = 0.999 * s + 0.001 * (np.abs(gradients) if self.slip == "not-squared" else gradients**2)
        if self.slip != "never-remembered":
            self.memory[self.key(parameters)] = t, m, s
        fix_m, fix_s = 1 - 0.9**used, 1 - 0.999**used
        if self.slip == "not-corrected":
            fix_m = fix_s = 1.0
        if self.slip == "mean-not-corrected":
            fix_m = 1.0
        if self.slip == "crossed":
            fix_m, fix_s = fix_s, fix_m
        root = s / fix_s if self.slip == "no-root" else np.sqrt(s / fix_s)
        top = gradients if self.slip == "gradient-for-mean" else m / fix_m
        return self.put(parameters, top / (root + 1e-8))


def slipped(kind, slip):
    return lambda **given: call_optimizer(lambda rate: kind(rate, slip), **given)


def planned(step, rate, warm, steps, slip=""):
    """The schedule, with one of the usual slips."""
    if step <= warm:
        return rate if slip == "no-warm-up" else rate * (step - 1) / warm if slip == "from-zero" else rate * step / warm
    part = (step - (0 if slip == "from-the-start" else warm)) / (steps - (0 if slip == "whole-length" else warm))
    part = min(part, 1.0) if slip == "from-the-start" else part
    if slip == "line":
        return rate * (1 - part)
    wave = np.cos((1 if slip == "pi-missing" else np.pi) * part)
    return rate * (wave if slip == "no-half" else (1 + wave) / 2)


def plans(slip):
    return lambda **given: planned(**given, slip=slip)


EXERCISES = (
    Prediction(
        number="12.1",
        title="Exact steps or many steps",
        right="b",
        options={
            "a": "An exact step is still one step. Lesson 05 needed dozens to cross a valley.",
            "b": "the guessed steps: there are a hundred times as many of them.",
            "c": "They have seen the same, and used it differently.",
        },
        hints=(
            "How many steps does each make?",
            "A guess that is wrong by a little is corrected by the next one.",
            "Is the gradient of 1,000 examples a hundred times better than that of ten?",
        ),
        praise="Twenty exact steps against two thousand guesses.",
    ),
    Exercise(
        number="12.2",
        title="Deal out the examples",
        piece="batches",
        cases=DEALS,
        call=call_batches,
        mistakes=(
            Mistake("not-shuffled", lambda **g: deal(**g, shuffled=False),
                    "The batches are right, but in the order in which the examples came, with every generator. Ask "
                    "`rng` for "
                    "a random one."),
            Mistake("labels-not-shuffled", lambda **g: deal(**g, apart="labels"),
                    "The inputs have been put into a new order, the labels have not: an image of a seven now has "
                    "another's "
                    "label."),
            Mistake("two-orders", lambda **g: deal(**g, apart=True),
                    "Inputs and labels have two different orders: an image of a seven now has another's label. Ask "
                    "`rng` once."),
            Mistake("last-batch-lost", lambda **g: deal(**g, last=False),
                    "The examples that are left over at the end are missing. The last batch may be smaller."),
            Mistake("other-dice", lambda **g: deal(**g, own=np.random.default_rng(5)),
                    "The batches are right. But the same `rng` should deal the same batches, so that a run can be "
                    "repeated. Where do your random numbers come from?"),
            Mistake("drawn-again", lambda **g: deal(**g, again=True),
                    "Some examples come twice and some not at all: {yours}. Deal them out, do not draw them each "
                    "time."),
        ),
        hints=(
            "First an order: `rng.permutation` of the number of examples, `x.shape[1]`.",
            "`range(0, count, size)` gives where each batch starts; `order[start : start + size]` is its part of the "
            "order.",
            "A batch is the pair of `x[:, part]` and `y[:, part]`.",
        ),
        praise="Everybody comes once in an epoch, each time in other company.",
    ),
    Answer(
        number="12.3",
        title="How fast does it get?",
        names=("v_2", "v_3", "v_end"),
        wrong={
            "v_2": (
                (1.0, "no-memory", "`v_2` = {yours}: the speed of the first step is forgotten."),
                (2.0, "nothing-lost", "`v_2` = {yours}: all of the speed has been kept, not 0.9 of it."),
                (0.9, "gradient-missing", "`v_2` = {yours}: and the gradient 1?"),
            ),
            "v_3": (
                (2.9, "nothing-lost", "`v_3` = {yours}: 0.9 of 1.9 is kept, not all of it."),
                (1.71, "gradient-missing", "`v_3` = {yours}: 0.9 · 1.9. And the gradient 1?"),
            ),
            "v_end": (
                (1.0, "no-memory", "`v_end` = {yours}: put 1 for v into v = 0.9 v + 1. Is it true?"),
                (9.0, "off-by-one", "`v_end` = {yours}: put 9 for v into v = 0.9 v + 1. Is it true?"),
            ),
        },
        hints=(
            "After the first step v = 0.9 · 0 + 1 = 1.",
            "Second: 0.9 · 1 + 1. Third: 0.9 times that, plus 1.",
            "In the end v = 0.9 v + 1, so 0.1 v = 1.",
        ),
        praise="In the end ten times the gradient: momentum is a larger learning rate where the way is straight.",
    ),
    Exercise(
        number="12.4",
        title="Momentum",
        piece="Momentum",
        cases=STEPS,
        call=call_optimizer,
        mistakes=(
            Mistake("never-remembered", slipped(WrongMomentum, "never-remembered"),
                    "The first step is right. Then {yours}: the velocity is worked out, but never put into the "
                    "memory."),
            Mistake("remembers-the-gradient", slipped(WrongMomentum, "remembers-the-gradient"),
                    "The first two steps are right. Then {yours}: what you remember is the gradient, not the "
                    "velocity."),
            Mistake("mean", slipped(WrongMomentum, "mean"),
                    "You get {yours}: each step is a tenth of what it should be. The velocity gains the whole "
                    "gradient."),
            Mistake("one-memory-for-all", slipped(WrongMomentum, "one-memory"),
                    "You get {yours}: two arrays share one velocity. Each has a key of its own."),
            Mistake("new-array", slipped(WrongMomentum, "copy"),
                    "What you return is right, the array itself is still {yours}. Change it in place."),
            Mistake("uphill", slipped(WrongMomentum, "uphill"),
                    "You get {yours}: the step goes up the slope."),
            Mistake("step-before", slipped(WrongMomentum, "step-before"),
                    "After the first step you have {yours}: nothing has moved. Go along the new velocity, not the "
                    "old one."),
        ),
        hints=(
            "Three acts: the new velocity, remember it, make the step.",
            "New velocity: `self.momentum` times what is remembered, plus the gradients.",
            "`self.memory[id(parameters)] = velocity`, then `parameters -= …`.",
        ),
        praise="A ball for each array, and each rolls by itself.",
    ),
    Prediction(
        number="12.5",
        title="Adam's first step",
        right="b",
        options={
            "a": "That is what SGD does. Adam divides by the size of the gradient.",
            "b": "both by 0.01: in the first step m over the root of s is g over |g|, which is 1 or −1.",
            "c": "It is divided by much, and multiplied by as much.",
        },
        hints=(
            "Work it out for t = 1: what is m / (1 − β₁)?",
            "m / (1 − β₁) = g, and s / (1 − β₂) = g².",
            "g divided by the root of g².",
        ),
        praise="The rate is how far a parameter goes. How steep it is there says only which way.",
    ),
    Exercise(
        number="12.6",
        title="Adam",
        piece="Adam",
        cases=STEPS,
        call=call_optimizer,
        mistakes=(
            Mistake("counter-per-call", slipped(WrongAdam, "counter-per-call"),
                    "The first array is right. The second is {yours}: its counter has gone up with the first one's. "
                    "Each update "
                    "here steps two arrays; t must count the steps of this array."),
            Mistake("not-corrected", slipped(WrongAdam, "not-corrected"),
                    "You get {yours}: m and s are used as they are. In the first steps they are too small: divide by "
                    "1 − βᵗ."),
            Mistake("mean-not-corrected", slipped(WrongAdam, "mean-not-corrected"),
                    "You get {yours}: s is corrected, m is not."),
            Mistake("corrections-crossed", slipped(WrongAdam, "crossed"),
                    "You get {yours}: β₁ belongs to m and β₂ to s, in the corrections too."),
            Mistake("no-root", slipped(WrongAdam, "no-root"),
                    "You get {yours}: divided by s itself. s is a mean of squares: its root has the size of a "
                    "gradient."),
            Mistake("not-squared", slipped(WrongAdam, "not-squared"),
                    "You get {yours}: s should be the mean of the squared gradients."),
            Mistake("gradient-for-mean", slipped(WrongAdam, "gradient-for-mean"),
                    "You get {yours}: you step along the gradient of the moment. Adam goes along its mean, m."),
            Mistake("never-remembered", slipped(WrongAdam, "never-remembered"),
                    "The first step is right. Then {yours}: t, m and s are never put back into the memory."),
            Mistake("new-array", slipped(WrongAdam, "copy"),
                    "What you return is right, the array itself is still {yours}. Change it in place."),
        ),
        hints=(
            "In the order of the formulas: t, m, s; put all three into the memory; then the step.",
            "`self.memory[id(parameters)] = t, m, s`. The corrections are `1 - self.beta1**t` and `1 - self.beta2**t`.",
            "The step: learning rate times (m corrected) by (root of s corrected, plus epsilon).",
        ),
        praise="Each array counts its own steps, and every parameter walks at the same pace.",
    ),
    Exercise(
        number="12.7",
        title="A schedule",
        piece="schedule",
        what="your rate",
        cases=tuple({"step": step, "rate": 0.4, "warm": 10, "steps": 110} for step in (1, 5, 10, 35, 60, 85, 110)),
        mistakes=(
            Mistake("no-warm-up", plans("no-warm-up"),
                    "At step {step} your rate is {yours}, the full one. It should rise to it in {warm} steps."),
            Mistake("from-zero", plans("from-zero"),
                    "At step {step} your rate is {yours}. Steps count from 1: the first is {rate} · 1 / {warm}."),
            Mistake("line", plans("line"),
                    "At step {step} your rate is {yours}: it comes down in a straight line. A cosine was asked for."),
            Mistake("no-half", plans("no-half"),
                    "At step {step} your rate is {yours}: the cosine goes down to −1, and so does your rate. Add 1 "
                    "and halve."),
            Mistake("from-the-start", plans("from-the-start"),
                    "At step {step} your rate is {yours}: the wave should begin when the warm-up ends."),
            Mistake("whole-length", plans("whole-length"),
                    "At step {step} your rate is {yours}: the wave is {warm} steps too long. How many steps are left "
                    "after the "
                    "warm-up?"),
            Mistake("pi-missing", plans("pi-missing"),
                    "At step {step} your rate is {yours}: half a wave is from 0 to π."),
        ),
        hints=(
            "Two cases: `if step <= warm` is the straight line.",
            "p is 0 at step `warm` and 1 at step `steps`.",
            "`np.cos(np.pi * part)`; add 1, halve, times the rate.",
        ),
        praise="Careful, bold, careful.",
    ),
    Choice(
        number="12.8",
        title="Recall: in place",
        right="a",
        options={
            "a": "A new array would be one that no layer looks at.",
            "b": "A little. That is not why.",
            "c": "In place means that the old values are gone.",
        },
        hints=(
            "Lesson 05: `shared` and `layer_looks_at`.",
            "What does a layer see when the optimiser makes a new array?",
            "`x = x - 0.5` and `x -= 0.5`.",
        ),
        praise="The layers see the step, because it was made in their own array.",
    ),
    Choice(
        number="12.9",
        title="Recall: who hears a wrong counter?",
        right="c",
        options={
            "a": "All gradients are right. The check is content.",
            "b": "The loss falls all the same.",
            "c": "The step differs from the rule's step, and from nothing else.",
        },
        hints=(
            "Which of the four phases is wrong?",
            "The check looks at the third phase.",
            "You wrote an alarm for the fourth.",
        ),
        praise="Compare the step that was made with the one that was wanted.",
    ),
)
