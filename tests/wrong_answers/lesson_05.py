"""Wrong answers to lesson 05, Walk downhill."""

BODIES = {
    "05.3": [
        ("raises-TypeError", "x = np.array([w - a_little, w, w + a_little])\n"
         "return np.gradient(function(x), a_little)[1]"),
        ("places-taken-apart", "return function((w + a_little) - (w - a_little)) / (2 * a_little)"),
        ("twice-the-distance", "return (function(w + 2 * a_little) - function(w - 2 * a_little)) / (2 * a_little)"),
        ("twice-the-distance", "return (function(w + 2 * a_little) - function(w - 2 * a_little)) / (4 * a_little)"),
        ("share-added", "return (function(w * (1 + a_little)) - function(w * (1 - a_little))) / (2 * a_little)"),
        ("half-the-distance", "return (function(w + a_little / 2) - function(w - a_little / 2)) / a_little"),
        ("zero-at-zero", "return (function(w + a_little) - function(w - a_little)) / 2 / a_little if w else 0"),
        ("small-is-zero", "s = (function(w + a_little) - function(w - a_little)) / (2 * a_little)\n"
         "return 0 if abs(s) < 0.01 else s"),
        ("one-sided", "return (function(w + a_little) - function(w)) / a_little"),
        ("one-sided", "return (function(w) - function(w - a_little)) / a_little"),
        ("one-sided-halved", "return (function(w + a_little) - function(w)) / (2 * a_little)"),
        ("one-sided-halved", "rise = function(w) - function(w - a_little)\nreturn rise / (2 * a_little)"),
        ("width-written-in", "return (function(w + 0.001) - function(w - 0.001)) / (2 * a_little)"),
        ("width-written-in", "return (function(w + a_little) - function(w - a_little)) / 0.002"),
        ("distance-halved", "return (function(w + a_little) - function(w - a_little)) / a_little"),
        ("not-divided", "return function(w + a_little) - function(w - a_little)"),
        ("brackets-missing", "return (function(w + a_little) - function(w - a_little)) / 2 * a_little"),
        ("brackets-missing", "return function(w + a_little) - function(w - a_little) / (2 * a_little)"),
        ("outside-the-brackets", "return (function(w) + a_little - (function(w) - a_little)) / (2 * a_little)"),
        ("outside-the-brackets", "return (function(w) + a_little - function(w) - a_little) / (2 * a_little)"),
        ("another-variable", "height = lambda place: (place - 2) ** 2\n"
         "return (height(w + a_little) - height(w - a_little)) / (2 * a_little)"),
        ("multiplied", "return (function(w + a_little) - function(w - a_little)) * 2 * a_little"),
        ("sign", "return (function(w - a_little) - function(w + a_little)) / (2 * a_little)"),
        ("the-function-itself", "return function(w)"),
        ("returned-none", "rise = function(w + a_little) - function(w - a_little)"),
        ("raises-NameError", "return (valey(w + a_little) - valey(w - a_little)) / (2 * a_little)"),
        ("raises-TypeError", "return (function[w + a_little] - function[w - a_little]) / (2 * a_little)"),
        ("unused-argument", "return 2 * (w - 2)"),
    ],
    "05.4": [
        ("cut-to-whole", "new = np.empty_like(parameters)\nnew[...] = parameters - learning_rate * gradients\n"
         "return new"),
        ("the-very-array", "if learning_rate == 0:\n    return parameters\n"
         "return parameters - learning_rate * gradients"),
        ("place-by-value", "new = list(parameters.ravel())\nfor p, g in zip(parameters.ravel(), gradients.ravel()):\n"
         "    new[new.index(p)] = p - learning_rate * g\nreturn np.array(new).reshape(parameters.shape)"),
        ("rate-at-most-1", "return parameters - min(learning_rate, 1) * gradients"),
        ("two-steps", "for _ in range(2):\n    parameters = parameters - learning_rate * gradients\nreturn parameters"),
        ("raises-ValueError", "new = np.zeros(len(parameters))\nfor i in range(len(parameters)):\n    new[i] = "
                              "parameters[i] - learning_rate * gradients[i]\nreturn new"),
        ("uphill", "return parameters + learning_rate * gradients"),
        ("rate-missing", "return parameters - gradients"),
        ("step-alone", "return -learning_rate * gradients"),
        ("learning-rate-divides", "return parameters - gradients / learning_rate"),
        ("gradient-shrunk-to-its-sign", "return parameters - learning_rate * np.sign(gradients)"),
        ("learning-rate-on-the-parameters", "return learning_rate * (parameters - gradients)"),
        ("changes-its-arguments", "parameters -= learning_rate * gradients\nreturn parameters"),
        ("returned-none", "parameters = parameters - learning_rate * gradients"),
        ("raises-NameError", "return parameters - rate * gradients"),
        ("call-too-many", "return (parameters - learning_rate * gradients).sum()"),
    ],
    "05.6": [
        ("multiplied", "parameters *= 1 - self.learning_rate * gradients\nreturn parameters"),
        ("one-number", "parameters -= self.learning_rate * gradients\nreturn True"),
        ("nothing-moves", "flat = parameters.flatten()\nflat -= self.learning_rate * gradients.flatten()\n"
         "return parameters"),
        ("raises-IndexError", "for i in range(parameters.shape[0]):\n    for j in range(parameters.shape[1]):\n"
         "        parameters[i, j] -= self.learning_rate * gradients[i, j]\nreturn parameters"),
        ("raises-IndexError", "parameters[:, :] -= self.learning_rate * gradients\nreturn parameters"),
        ("vectors-only", "for k in range(parameters.size):\n    parameters[k] -= self.learning_rate * gradients[k]\n"
         "return parameters"),
        ("vectors-only", "for k in range(len(parameters)):\n    parameters.flat[k] -= self.learning_rate * "
         "gradients.flat[k]\nreturn parameters"),
        ("some-stay", "parameters[0] -= self.learning_rate * gradients[0]\nreturn parameters"),
        ("some-stay", "for i in range(2):\n    parameters[i] -= self.learning_rate * gradients[i]\nreturn parameters"),
        ("some-stay", "for i in range(len(parameters) - 1):\n"
         "    parameters[i] -= self.learning_rate * gradients[i]\nreturn parameters"),
        ("step-alone", "parameters[:] = self.learning_rate * gradients\nreturn parameters"),
        ("nothing-moves", "for p, g in zip(parameters, gradients):\n    p = p - self.learning_rate * g\n"
         "return parameters"),
        ("learning-rate-on-the-parameters", "parameters -= gradients\nparameters *= self.learning_rate\n"
         "return parameters"),
        ("kept-from-step-to-step", "self.v = 0.9 * getattr(self, 'v', 0) - self.learning_rate * gradients\n"
         "parameters += self.v\nreturn parameters"),
        ("first-gradients-kept", "if not hasattr(self, 'gradients'):\n    self.gradients = gradients\n"
         "parameters -= self.learning_rate * self.gradients\nreturn parameters"),
        ("first-array-kept", "self.n = getattr(self, 'n', len(parameters))\nfor k in range(self.n):\n"
         "    parameters[k] -= self.learning_rate * gradients[k]\nreturn parameters"),
        ("place-by-value", "old = list(parameters.ravel())\nfor p, g in zip(old, gradients.ravel()):\n"
         "    parameters.reshape(-1)[old.index(p)] -= self.learning_rate * g\nreturn parameters"),
        ("place-by-value", "for g in gradients:\n    k = list(gradients).index(g)\n"
         "    parameters[k] -= self.learning_rate * g\nreturn parameters"),
        ("ends-at-a-zero", "for k, g in enumerate(gradients):\n    if not g:\n        break\n"
         "    parameters[k] -= self.learning_rate * g\nreturn parameters"),
        ("something-else-returned", "parameters -= self.learning_rate * gradients\nreturn gradients"),
        ("not-in-place", "parameters = parameters - self.learning_rate * gradients\nreturn parameters"),
        ("not-in-place", "return parameters - self.learning_rate * gradients"),
        ("loop-variable-changed", "for p, g in zip(parameters, gradients):\n    p -= self.learning_rate * g\n"
         "return parameters"),
        ("nothing-moves", "parameters * 1 - self.learning_rate * gradients\nreturn parameters"),
        ("equals-minus", "parameters =- self.learning_rate * gradients\nreturn parameters"),
        ("new-place-taken-away", "parameters -= parameters - self.learning_rate * gradients\nreturn parameters"),
        ("step-returned", "parameters -= self.learning_rate * gradients\nreturn self.learning_rate * gradients"),
        ("uphill", "parameters += self.learning_rate * gradients\nreturn parameters"),
        ("rate-missing", "parameters -= gradients\nreturn parameters"),
        ("step-alone", "parameters[:] = -self.learning_rate * gradients\nreturn parameters"),
        ("rate-twice", "step = self.learning_rate * gradients\nparameters -= self.learning_rate * step\n"
         "return parameters"),
        ("learning-rate-divides", "parameters -= gradients / self.learning_rate\nreturn parameters"),
        ("copy-returned", "parameters -= self.learning_rate * gradients\nreturn parameters.copy()"),
        ("nothing-moves", "update = parameters - self.learning_rate * gradients\nprint(update)\nreturn parameters"),
        ("once-for-each", "for _ in range(len(parameters)):\n    parameters -= self.learning_rate * gradients\n"
         "return parameters"),
        ("kept-from-step-to-step", "self.seen = getattr(self, 'seen', 0) + gradients\n"
         "parameters -= self.learning_rate * self.seen\nreturn parameters"),
        ("rate-grows", "parameters -= self.learning_rate * gradients\nself.learning_rate *= 2\nreturn parameters"),
        ("returned-none", "parameters -= self.learning_rate * gradients"),
        ("raises-NameError", "parameters -= learning_rate * gradients\nreturn parameters"),
        ("changes-its-arguments", "gradients *= self.learning_rate\nparameters -= gradients\nreturn parameters"),
        ("raises-AttributeError", "parameters -= self.rate * gradients\nreturn parameters"),
    ],
}

CELLS = {
    "05.2": [
        ("from-the-start", "after_one = 3.8\nafter_two = 5 - 0.72"),
        ("start-itself", "after_one = 5\nafter_two = 3.8"),
        ("after-two", "after_one = 3.08\nafter_two = 2.648"),
        ("rate-alone", "after_one = 4.8\nafter_two = 4.6"),
        ("step-alone", "after_one = 3.8\nafter_two = 0.72"),
        ("step-alone", "after_one = 3.8\nafter_two = -0.72"),
        ("slope-for-place", "after_one = 3.8\nafter_two = 3.6"),
        ("wrong-type", "after_one, after_two = (1.2, 3.8), (0.72, 3.08)"),
        ("wrong-type", "after_one, after_two = '3.8', '3.08'"),
        ("plus-for-minus", "after_one = 5 - 0.2 * 2 * (5 + 2)\nafter_two = 3.08"),
        ("plus-for-minus", "after_one = 3.8\nafter_two = 3.8 - 0.2 * 2 * (3.8 + 2)"),
        ("distance-for-place", "after_one = 1.8\nafter_two = 1.08"),
        ("brackets-missing", "after_one = 5 - 0.2 * (2 * 5 - 2)\nafter_two = 3.08"),
        ("distance-for-place", "after_one = 3.8\nafter_two = 1.08"),
        ("one-step-more", "after_one = 3.8\nafter_two = 2.648"),
        ("first-step-again", "after_one = 3.8\nafter_two = 3.8"),
        ("uphill", "after_one = 6.2\nafter_two = 3.08"),
        ("slope-from-zero", "after_one = 5 - 0.2 * 10\nafter_two = 3 - 0.2 * 6"),
        ("slope-from-zero", "after_one = 3.8\nafter_two = 3.8 - 0.2 * 7.6"),
        ("start-of-the-example", "after_one = 0.2\nafter_two = 0.92"),
        ("half-a-step", "after_one = 4.4\nafter_two = 3.92"),
        ("rate-missing", "after_one = -1\nafter_two = 5"),
        ("loss-for-slope", "after_one = 3.2\nafter_two = 3.08"),
        ("slope-for-place", "after_one = 6\nafter_two = 3.6"),
        ("step-alone", "after_one = -1.2\nafter_two = -0.72"),
        ("step-alone", "after_one = 1.2\nafter_two = 0.72"),
        ("loss-for-place", "after_one = 3.24\nafter_two = 1.1664"),
        ("loss-for-place", "after_one = 3.8\nafter_two = 1.1664"),
        ("same-slope-twice", "after_one = 3.8\nafter_two = 2.6"),
        ("uphill", "after_one = 3.8\nafter_two = 4.52"),
        ("half-a-step", "after_one = 3.8\nafter_two = 3.44"),
        ("half-written", "after_one = 3.8\nafter_two = ..."),
        ("wrong-value", "after_one = 3.8\nafter_two = 2"),
        ("wrong-type", "after_one = 3.8\nafter_two = 'near 3'"),
    ],
    "05.4": [("wrong-type", "update = 0.1"), ("raises-TypeError", "def update(parameters):\n    return parameters")],
    "05.6": [
        ("wrong-type", "def SGD(learning_rate):\n    return None"),
        ("shared-by-all", "class SGD:\n    def __init__(self, learning_rate):\n"
         "        SGD.learning_rate = learning_rate\n\n    def step(self, parameters, gradients):\n"
         "        parameters -= SGD.learning_rate * gradients\n        return parameters"),
        ("raises-TypeError", "class SGD:\n    def step(self, parameters, gradients):\n        return parameters"),
    ],
}

LETTERS = {
    "05.1": [("not-an-option", "d"), ("not-an-option", "12"), ("not-an-option", "")],
    "05.5": [
        ("extra-F", "B D E F C"),
        ("D-before-B", "D B E A C"),
        ("E-before-D", "B E D A C"),
        ("A-before-E", "B D A E C"),
        ("C-before-A", "B D E C A"),
        ("line-missing", "B D E A"),
        ("line-twice", "B D E A C C"),
        ("not-an-option", "B D E A G"),
    ],
    "05.7": [("not-an-option", "e"), ("not-an-option", "0.5"), ("not-an-option", "")],
    "05.8": [("not-an-option", "d"), ("not-an-option", "two"), ("not-an-option", "ab")],
    "05.9": [("chose-b", "b"), ("chose-c", "c"), ("not-an-option", "d")],
    "05.10": [("chose-a", "a"), ("chose-c", "c"), ("not-an-option", "18")],
}

ORDERS = {
    "05.5": ("w, learning_rate = -1.0, 0.1", "len(path) == 21 and path[0] == -1.0 and abs(path[-1] - 2) < 0.05"),
}
