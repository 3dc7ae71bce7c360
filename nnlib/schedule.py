"""Schedules: the learning rate as a plain function of the step, which counts from 1.

Hand one to `LearningRateScheduler`; any function of your own that takes a step and returns a rate works too.
"""

import math


def constant(rate):
    """`rate`, for ever.

    >>> constant(0.1)(500)
    0.1
    """
    return lambda step: rate


def step_decay(rate, every, factor=0.5):
    """`rate * factor^n` after n times `every` steps.

    >>> [step_decay(0.8, every=10)(step) for step in (1, 10, 11, 21)]
    [0.8, 0.8, 0.4, 0.2]
    """
    return lambda step: rate * factor ** ((step - 1) // every)


def exponential(rate, half_life):
    """`rate * 0.5^((step - 1) / half_life)`: halved every `half_life` steps, smoothly.

    >>> [exponential(0.8, half_life=10)(step) for step in (1, 11, 21)]
    [0.8, 0.4, 0.2]
    """
    return lambda step: rate * 0.5 ** ((step - 1) / half_life)


def cosine(rate, steps, lowest=0.0):
    """Half a cosine wave from `rate` at step 1 down to `lowest` at `steps` + 1, and flat from there.

        lowest + (rate - lowest) (1 + cos(π (step - 1) / steps)) / 2

    >>> [round(cosine(0.8, steps=10)(step), 3) for step in (1, 6, 11, 50)]
    [0.8, 0.4, 0.0, 0.0]

    Source: Loshchilov and Hutter (2017), "SGDR: Stochastic Gradient Descent with Warm Restarts".
    """
    return lambda step: lowest + (rate - lowest) * (1 + math.cos(math.pi * min((step - 1) / steps, 1))) / 2


def warm_up(rate, steps):
    """A straight line from `rate / steps` at step 1 up to `rate` at step `steps`, and flat from there.

    >>> [warm_up(0.8, steps=4)(step) for step in (1, 2, 4, 9)]
    [0.2, 0.4, 0.8, 0.8]

    Source: Goyal et al. (2017), "Accurate, Large Minibatch SGD", section 2.2.
    """
    return lambda step: rate * min(step / steps, 1)


def chain(*parts):
    """One schedule after another: `chain((steps, schedule), (steps, schedule), …, schedule)`.

    Each part starts at its own step 1 when the one before has had its steps.

    >>> schedule = chain((2, warm_up(0.4, steps=2)), constant(0.4))
    >>> [schedule(step) for step in (1, 2, 3)]
    [0.2, 0.4, 0.4]
    """
    *timed, last = parts

    def schedule(step):
        for steps, part in timed:
            if step <= steps:
                return part(step)
            step -= steps
        return last(step)

    return schedule
