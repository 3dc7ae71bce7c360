"""Update rules, right and wrong, as formulas: how each moves the parameters along given gradients."""

import itertools

import numpy as np

from nnlib.inspect.motion import MOMENTUMS, RATES, STEPS, number
from nnlib.lines import functions_of
from nnlib.lines.anew import named_by
from nnlib.parts.part import attributes

NUMBERS = {
    "rate": (RATES, 0.0), "beta": ((*MOMENTUMS, "gamma", "beta1"), 0.9),
    "decay": (("decay", "rho", "beta", "beta2", "gamma"), 0.99),
    "beta1": (("beta1", "beta_1", "b1", "first_decay"), 0.9),
    "beta2": (("beta2", "beta_2", "b2", "second_decay"), 0.999), "epsilon": (("epsilon", "eps"), 1e-8),
    "says_so": ((*MOMENTUMS, "gamma"), 0.0),
}  # fmt: skip
"""The numbers of a rule: what they are called, and what each usually is. `says_so`: its momentum, if it has one."""
OF_A_NAME = {"learning_rate_squared", "learning_rate_missing", "velocity_forgotten", "velocity_late"}
"""Mistakes with a number that has a name: one that stands in the lines alone may mean anything."""


def numbers_of(optimizer):
    """Lists of the numbers of `NUMBERS`: as the optimiser holds them; then with those that stand in its lines alone.

    A rate that has no name is 1 there.
    """
    functions = functions_of(getattr(optimizer, "lines", optimizer.step))
    named = {name: one for each in functions for name, one in named_by(each) if isinstance(one, float)}
    for each in functions:
        names, given = each.__code__.co_varnames[: each.__code__.co_argcount], each.__defaults__ or ()
        named |= {name: one for name, one in zip(names[::-1], given[::-1], strict=False) if isinstance(one, float)}
    held = {name: number(optimizer, names, None) for name, (names, _) in NUMBERS.items()}
    for name, (names, _) in NUMBERS.items():
        its = [named[one] for one in (*names, *map(str.upper, names)) if one in named]
        held[name] = its[0] if held[name] is None and its else held[name]
    first = [usual if held[name] is None else held[name] for name, (_, usual) in NUMBERS.items()]
    written = {one for each in functions for one in each.__code__.co_consts if type(one) is float and 0 < one < 1}
    kept = sorted({round(part, 12) for one in written if one > 1e-3 for part in (one, 1 - one)}, reverse=True)
    unnamed = {"rate": [1.0], "beta": kept, "decay": kept, "epsilon": [one for one in written if one <= 1e-4]}

    def choices(name):
        return [held[name]] if held[name] is not None else unnamed[name][:6] or [NUMBERS[name][1]]

    sets = [first]
    for rate, beta, decay, epsilon in itertools.product(*map(choices, unnamed)):
        pair = (beta if held["beta1"] is None else held["beta1"]), (decay if held["beta2"] is None else held["beta2"])
        sets.append([rate, beta, decay, *pair, epsilon, beta])
    others = {one for one in attributes(optimizer).values() if isinstance(one, float) and 0.3 < one < 1} - {*first}
    more = [[first[0], one, one, first[3], one, first[5], one] for one in sorted(others)[:4]]  # under another name
    return [*(sets if kept or held["rate"] is None else [first]), *more]


def rules(numbers, gradients, layers, arrays):
    """(kind or None for a right rule, moves, facts) of everything that is known, with these `NUMBERS`."""
    rate, beta, decay, beta1, beta2, epsilon, says_so = numbers
    yield None, -rate * gradients, {"rule": ""}
    yield "learning_rate_squared", -rate * rate * gradients, {}
    yield "learning_rate_missing", -gradients, {}
    yield "step_uphill", rate * gradients, {}
    # velocity = old * velocity + new * gradients
    velocity_rules = [
        (None, beta, 1), (None, beta, 1 - beta), ("momentum_swapped", 1 - beta, beta),
        ("momentum_on_both", beta, beta), ("momentum_on_gradient", 1, beta), ("momentum_on_gradient", 1, 1 - beta),
        ("velocity_kept_whole", 1, 1), ("velocity_turned", -beta, 1), ("velocity_turned", -beta, 1 - beta),
        ("velocity_forgotten", 0, 1 - beta), ("velocity_forgotten", 0, beta),
    ]  # fmt: skip
    for kind, old, new in velocity_rules if says_so else velocity_rules[:2]:
        velocity = mean(gradients, old, new)
        yield kind, -rate * velocity, {"rule": "momentum"} if kind is None else {}
        if kind is None:
            yield "velocity_late", -rate * np.vstack([0 * velocity[:1], velocity[:-1]]), {}
        yield kind, -rate * (gradients + old * velocity), {"rule": "Nesterov's momentum"} if kind is None else {}
        if kind is None:
            yield "nesterov_sign", -rate * (gradients - old * velocity), {}
            yield "learning_rate_squared", -rate * rate * velocity, {}
            yield "learning_rate_missing", -velocity, {}
            yield "learning_rate_missing", -(gradients + old * velocity), {}
            yield "step_uphill", rate * velocity, {}
    yield "last_gradient_for_velocity", -rate * (gradients + beta * np.vstack([0 * gradients[:1], gradients[:-1]])), {}
    squares = gradients**2
    sized = [
        (None, mean(squares, decay, 1 - decay), "RMSProp"),
        (None, mean(squares, 1, 1), "Adagrad"),
        ("square_missing", mean(np.abs(gradients), decay, 1 - decay), ""),
        ("square_missing", mean(gradients, decay, 1 - decay), ""), ("square_missing", mean(gradients, 1, 1), ""),
        ("squares_forgotten", mean(squares, 0, 1 - decay), ""),
        ("mean_kept_whole", mean(squares, 1, 1 - decay), ""),
        ("share_swapped", mean(squares, 1 - decay, decay), ""), ("share_missing", mean(squares, decay, 1), ""),
    ]  # fmt: skip
    for kind, size, rule in sized:
        yield kind, -rate * gradients / (np.sqrt(size) + epsilon), {"rule": rule} if kind is None else {}
        yield kind, -rate * gradients / np.sqrt(size + epsilon), {"rule": rule} if kind is None else {}
        yield "root_missing", -rate * gradients / (size + epsilon), {}
    for _, size, _ in sized[:2]:
        yield "epsilon_outside", -rate * (gradients / np.sqrt(size) + epsilon), {}
        yield "epsilon_outside", -rate * gradients / np.sqrt(size) + epsilon, {}
    yield from adams(rate, beta1, beta2, epsilon, gradients, layers, arrays)
    yield from relatives(rate, beta, beta1, beta2, decay, epsilon, gradients)


def adams(rate, beta1, beta2, epsilon, gradients, layers, numbers=None):
    """Rules of Adam. `numbers` tells each parameter's number of array, and of layer, where these take turns."""
    t = np.arange(1, STEPS + 1)[:, np.newaxis]
    first, second = mean(gradients, beta1, 1 - beta1), mean(gradients**2, beta2, 1 - beta2)
    plain = mean(np.abs(gradients), beta2, 1 - beta2)

    def step(first, second, root=np.sqrt):
        return -rate * first / (root(second) + epsilon)

    def corrected(first, second, t, root=np.sqrt):
        return step(first / (1 - beta1**t), second / (1 - beta2**t), root)

    right = corrected(first, second, t)
    adam = {"rule": "Adam"}
    yield None, right, adam
    yield None, -rate * first / (1 - beta1**t) / np.sqrt(second / (1 - beta2**t) + epsilon), adam
    spread = np.sqrt(1 - beta2**t) / (1 - beta1**t)
    yield None, -rate * spread * first / (np.sqrt(second) + epsilon), adam
    yield "step_uphill", -right, {}
    yield "learning_rate_squared", rate * right, {}
    yield "adam_uncorrected", step(first, second), {}
    yield "adam_one_corrected", step(first / (1 - beta1**t), second), {}
    yield "adam_one_corrected", step(first, second / (1 - beta2**t)), {}
    for stuck in (1, 2):
        yield "adam_counter_stuck", corrected(first, second, np.full_like(t, stuck)), {"count": stuck}
    yield "adam_counter_stays", corrected(first, second, np.minimum(t, 2)), {"count": 2}
    yield "adam_counter_off", corrected(first, second, t + 1), {"count": 2}
    for each in sorted({layers, 2 * layers, *range(2, 9)}):
        yield "adam_counter_per_layer", corrected(first, second, t * each), {}
    for turns in numbers or ():
        for once in (0, 1):  # and once for all of them
            count = (t - 1) * (turns.max() + 1 + once) + turns + 1 + once
            yield "adam_counter_per_layer", corrected(first, second, count), {}
    yield "root_missing", corrected(first, second, t, lambda size: size), {}
    yield "square_missing", corrected(first, plain, t), {}
    yield "square_missing", corrected(first, mean(gradients, beta2, 1 - beta2), t), {}
    for one in (first, np.abs(first)):
        yield "moments_exchanged", corrected(second, one, t), {}
        yield "moments_exchanged", -rate * second / (1 - beta2**t) / (np.sqrt(one / (1 - beta1**t)) + epsilon), {}
    turned = mean(gradients, 1 - beta1, beta1), mean(gradients**2, 1 - beta2, beta2)
    whole = mean(gradients, beta1, 1), mean(gradients**2, beta2, 1)
    kept = mean(gradients, 1, 1 - beta1), mean(gradients**2, 1, 1 - beta2)
    for kind, (one, other) in (("share_swapped", turned), ("share_missing", whole), ("mean_kept_whole", kept)):
        for pair in ((one, second), (first, other), (one, other)):
            yield kind, corrected(*pair, t), {}
            yield kind, step(*pair), {}
    others = mean(gradients, beta1, 1 - beta2), mean(gradients**2, beta2, 1 - beta1)
    for pair in ((others[0], second), (first, others[1]), others):
        yield "share_of_another", corrected(*pair, t), {}
        yield "share_of_another", step(*pair), {}
    yield "adam_power_missing", step(first / (1 - beta1 * t), second / (1 - beta2 * t)), {}
    for kept in itertools.product((beta1, beta2), repeat=2):
        pair = [mean(values, beta, 1 - beta) for values, beta in zip((gradients, gradients**2), kept, strict=True)]
        for one, other in itertools.product((beta1, beta2), repeat=2):
            kind = "corrections_exchanged" if kept == (beta1, beta2) else "betas_swapped"
            if (*kept, one, other) != (beta1, beta2, beta1, beta2):
                yield kind, step(pair[0] / (1 - one**t), pair[1] / (1 - other**t)), {}
    yield "square_of_mean", corrected(first, mean(first**2, beta2, 1 - beta2), t), {}
    yield "square_of_mean", step(first, mean(first**2, beta2, 1 - beta2)), {}
    yield "epsilon_outside", -rate * (first / (1 - beta1**t) / np.sqrt(second / (1 - beta2**t)) + epsilon), {}
    yield "epsilon_outside", -rate * first / (1 - beta1**t) / np.sqrt(second / (1 - beta2**t)) + epsilon, {}
    again = recorrected(gradients, beta1), recorrected(gradients**2, beta2)
    for one, other in ((again[0], again[1]), (again[0], second / (1 - beta2**t)), (first / (1 - beta1**t), again[1])):
        yield "adam_keeps_corrected", step(one, other), {}
    yield "velocity_forgotten", corrected((1 - beta1) * gradients, (1 - beta2) * gradients**2, t), {}


def relatives(rate, beta, beta1, beta2, decay, epsilon, gradients):
    """Right rules that are less well known: none of them is to be taken for a slip in another one."""
    t, squares = np.arange(1, STEPS + 1)[:, np.newaxis], gradients**2
    first, second = mean(gradients, beta1, 1 - beta1), mean(squares, beta2, 1 - beta2)
    right, left = first / (1 - beta1**t), second / (1 - beta2**t)
    largest = np.array([np.maximum.reduce([beta2 ** (k - j) * np.abs(gradients[j]) for j in range(k + 1)])
                        for k in range(STEPS)])  # fmt: skip
    believed = mean((gradients - first) ** 2, beta2, 1 - beta2)
    centred = mean(squares, decay, 1 - decay) - mean(gradients, decay, 1 - decay) ** 2
    for name, way, size in (
        ("AdaMax", right, largest**2), ("AMSGrad", right, np.maximum.accumulate(left)),
        ("AMSGrad", right, np.maximum.accumulate(second) / (1 - beta2**t)),
        ("AMSGrad", first, np.maximum.accumulate(second)),
        ("Nadam", beta1 * right + (1 - beta1) * gradients / (1 - beta1**t), left),
        ("Nadam", beta1 * right + (1 - beta1) * gradients, left), ("AdaBelief", right, believed / (1 - beta2**t)),
        ("centred RMSProp", gradients, centred),
    ):  # fmt: skip
        yield None, -rate * way / (np.sqrt(size) + epsilon), {"rule": name}
        yield None, -rate * way / np.sqrt(size + epsilon), {"rule": name}
    yield None, -rate * np.sign(gradients), {"rule": "sign descent"}
    before = np.vstack([0 * first[:1], mean(gradients, beta2, 1 - beta2)[:-1]])
    yield None, -rate * np.sign(beta1 * before + (1 - beta1) * gradients), {"rule": "Lion"}
    for size, kept in itertools.product((mean(squares, decay, 1 - decay), second), {beta, beta1}):
        yield None, -rate * mean(gradients / (np.sqrt(size) + epsilon), kept, 1), {"rule": "RMSProp with momentum"}
        yield None, -rate * mean(gradients / np.sqrt(size + epsilon), kept, 1), {"rule": "RMSProp with momentum"}


def recorrected(values, beta):
    """Running means that are kept as they are after the correction for the start."""
    kept, all_kept = np.zeros_like(values[0]), []
    for count, value in enumerate(values, start=1):
        kept = (beta * kept + (1 - beta) * value) / (1 - beta**count)
        all_kept.append(kept)
    return np.array(all_kept)


def mean(values, old, new):
    """The running sum `kept = old * kept + new * value` after each value."""
    kept, all_kept = np.zeros_like(values[0]), []
    for value in values:
        kept = old * kept + new * value
        all_kept.append(kept)
    return np.array(all_kept)
