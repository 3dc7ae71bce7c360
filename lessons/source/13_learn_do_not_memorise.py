# %% [markdown] slideshow={"slide_type": "slide"}
# # 13 · Learn, do not memorise
#
# **You will do:** hold examples back to judge by, write three remedies against learning by heart, and see what a
# network makes of pure chance.
#
# **You will learn:** what counts is the loss on examples that had no part in anything. Whatever they touch, they can no
# longer judge.
#
# **You need:** lesson 08 (loss and gradient agree), and lesson 05 (the optimiser follows the gradient).
#
# **Time:** about 60 minutes.

# %%
import numpy as np

from lessons.checks import check, checkpoint, hint, mine_or_reference
from lessons.checks import predict, reveal, solution, status
from lessons.figures import curves
from nnlib import (
    Adam, BinaryCrossEntropy, Dense, NeuralNetwork, ReLU, Sigmoid)
from nnlib.data import load_breast_cancer, moons
from widgets import Predict, Workbench

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Before you start
#
# 30 points of two kinds lie in two half-moons, with so much noise that the kinds overlap. A network with two hidden layers
# of 16 units, 337 parameters in all, learns them. Once it is trained for 20 epochs and ends with a loss of 0.2. Once for
# 1,000 epochs, and its loss is 0.0001.
#
# **Now both see 300 new points from the same two moons. Which has the smaller loss there?**
#
# - **a** – the one with 1,000 epochs, if only by a little
# - **b** – the one with 20 epochs
# - **c** – both the same: new points are new to either

# %% exercise="13.1"
predict("13.1", "b")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Hold some back
#
# A teacher who asks in the examination what was asked in class learns nothing about the class. So some examples are held
# back. The network never learns from them; they only judge. They are called the **validation** part, the others the
# **training** part.
#
# The data often come in order: first all of one kind, then all of the other. So they are shuffled first. For 5 examples:

# %% tags=["nbval-check-output"]
order = np.random.default_rng(0).permutation(5)
print("shuffled places", order, "  held back", order[:2],
      "  to learn from", order[2:])

# %% [markdown]
# ### Exercise 13.2 · Hold back
#
# `x` is (features, examples), `y` is (1, examples). Make the shuffled places as above, from `seed`. The first `held_back`
# of them become the validation part, the rest the training part; neither is empty. Return the four arrays
# `x_train, y_train, x_valid, y_valid`.

# %% exercise="13.2"
def split(x, y, held_back, seed=0):
    """x_train, y_train, x_valid, y_valid: `held_back` examples, chosen at
    random, are the validation part.
    """
    ### BEGIN SOLUTION
    order = np.random.default_rng(seed).permutation(x.shape[1])
    valid, train = order[:held_back], order[held_back:]
    return x[:, train], y[:, train], x[:, valid], y[:, valid]
    ### END SOLUTION


# %%
check("13.2")

# %% [markdown]
# Now the question from the beginning. 330 points, 300 of them held back:

# %%
hold_back = mine_or_reference("split")
x_all, y_all = moons(330, noise=0.3, seed=0)
x_train, y_train, x_valid, y_valid = hold_back(x_all, y_all, 300)
print("to learn from", x_train.shape, "  to judge by", x_valid.shape)

# %% [markdown]
# The network is nnlib's. `validation=` has it judged after every epoch; nothing is learnt from those points.

# %% tags=["nbval-check-output"]
def train(epochs, callbacks=()):
    layers = ((Dense(16), ReLU()), (Dense(16), ReLU()),
              (Dense(1), Sigmoid()))
    network = NeuralNetwork(layers, BinaryCrossEntropy(),
                            optimizer=Adam(0.01), seed=0)
    history = network.fit(x_train, y_train, epochs, callbacks=callbacks,
                          validation=(x_valid, y_valid), watch=False)
    return network, history

for epochs in (20, 1000):
    network, history = train(epochs)
    seen, new = history.loss[-1], history["validation_loss"][-1]
    right = history["validation_accuracy"][-1]
    print(f"{epochs} epochs: loss {seen:.4f} on its own points, "
          f"{new:.1f} on new ones, {right:.0%} of those right")

# %%
reveal("13.1")

# %% [markdown]
# So between the 20th epoch and the last one something happens to the loss on the new points. What does its curve look like?
# Draw the first 300 epochs of the longer run: with the pointer, or with the arrow keys.

# %%
Predict(
    "The loss on the 300 new points, epoch by epoch: how does it go?",
    sketch=("epoch", 1, 300, "loss on new points", 0, 2),
    truth=history["validation_loss"][:300],
)

# %% [markdown]
# And here it is beside the loss on the points that it learns from:

# %% tags=["nbval-check-output"]
lowest = np.argmin(history["validation_loss"]) + 1
print("the loss on new points is lowest after epoch", lowest)
curves({"training": history.loss[:300],
        "validation": history["validation_loss"][:300]},
       alt="Two losses over 300 epochs. Both fall at first. Then the "
           "training loss goes on to nearly 0, while the validation loss "
           f"turns at epoch {lowest} and rises above 1.")

# %% [markdown]
# Up to about epoch 17 it learns what the points have in common, and that helps with new points too. From then on it learns
# *these* points by heart, the misplaced ones included, and becomes more and more certain. That is called **overfitting**.
# The training loss looks better all the time, so it cannot warn you. Only the examples that were held back can.
#
# Go back to what was printed above, for 20 epochs and for 1,000. The loss on new points grew from 0.3 to 2.7. Yet of
# the new points 84 in a hundred are right, and after 20 epochs it was 86. So the network is hardly wrong more often.
# But now it is *sure* when it is wrong, and cross-entropy charges for that.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## First remedy: small weights
#
# To bend its border round a single misplaced point, a network needs large weights. So let large weights cost something.
# Add to the loss a **penalty**, called L2, over all weights w of a layer:
#
# $$\text{penalty} = \frac{\lambda}{2m} \sum w^2, \qquad \text{its slope for one weight} = \frac{\lambda}{m}\, w$$
#
# In words: the squares of all weights are added up, times λ (say "lambda"), divided by twice the number of examples m. The
# slope is the weight itself, times λ, divided by m: the 2 of the square and the ½ cancel. w has the layer's shape
# (units, features), so has its slope; λ, m and the penalty are single numbers.
#
# ### Exercise 13.3 · A penalty by hand
#
# A layer has the weights 3, −1 and 2. λ is 0.5, and there are m = 5 examples. What is the penalty, and what is its slope for
# the weight 3?

# %% exercise="13.3"
penalty = 0.7  ### SOLUTION
slope_for_3 = 0.3  ### SOLUTION

# %%
check("13.3")

# %% [markdown]
# ### Exercise 13.4 · The penalty and its slope
#
# Now for a whole layer. Return two things: the penalty, which is one number for all weights together, and its slope for
# each weight, an array of the shape of `weights`. `factor` is λ, `examples` is m. The weights may be whole numbers, as
# those above.

# %% exercise="13.4"
def l2_penalty(weights, factor, examples):
    """The L2 penalty of a layer's weights, a number, and its gradient, of
    the shape of the weights.
    """
    ### BEGIN SOLUTION
    value = factor / (2 * examples) * np.sum(weights**2)
    return value, factor / examples * weights
    ### END SOLUTION


# %%
check("13.4")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## In the loss *and* in the gradient
#
# The number on the screen is the loss. What moves the weights is the gradient. A penalty that is only added to the loss
# changes the screen and nothing else. A penalty that is only added to the gradient works, but the loss on the screen is
# no longer what the steps make smaller, and lesson 08's gradient check says so. It belongs in both.
#
# And only the **weights** pay, not the biases. A bias moves a border and makes no slope steeper.
#
# ### Exercise 13.5 · In both places
#
# For one layer, after its backward pass: `grad_weights` (units, features) and `grad_bias` (units, 1) are what the data have
# to say. Return three things: the loss with the layer's penalty, the gradient of the weights and that of the bias. Use
# your `l2_penalty`. The arrays that you are given stay as they are.

# %% exercise="13.5"
def regularise(loss, weights, bias, grad_weights, grad_bias,
               factor, examples):
    """The loss, grad_weights and grad_bias of a layer, with its L2
    penalty added where it belongs.
    """
    ### BEGIN SOLUTION
    value, gradient = l2_penalty(weights, factor, examples)
    return loss + value, grad_weights + gradient, grad_bias
    ### END SOLUTION


# %%
check("13.5")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Second remedy: never all at once
#
# Memorising takes teamwork: one unit bends the border to the left, another back to the right, and one point is fenced
# in. **Dropout** breaks up such teams. In each update, each unit is left out with a certain probability, the **rate**.
# For every example the dice are thrown anew.
#
# There is a catch. Four units give 2, 4, 6 and 8 to the next layer, which adds them up to 20. With the rate 0.5 about half
# of them are missing, so the sum is 10 on average. Later, when the network predicts, all units are there, and the next
# layer gets twice what it was trained for. So the numbers that are kept are made larger, by 1 / (1 − rate). Compare:

# %% tags=["nbval-check-output"]
rng, rate = np.random.default_rng(0), 0.5
outputs = np.array([[2.0], [4.0], [6.0], [8.0]])
kept = rng.random((4, 100_000)) >= rate
smaller = (outputs * kept).sum(axis=0)
larger = (outputs * kept / (1 - rate)).sum(axis=0)
print("left as they are:", smaller.mean().round(),
      "  made larger:", larger.mean().round())

# %% [markdown]
# The **mask** holds 0 for what is left out and 1 / (1 − rate) for what is kept, shape (units, examples). On the way back the
# *same* mask applies: a unit that gave nothing gets no blame.
#
# ### Exercise 13.6 · Dropout
#
# `self.rng.random(shape)` throws the dice: numbers from 0 to 1 in any shape. Where the number is less than `rate`, the unit is
# left out. Keep the mask in `self.mask`. `predict` is what the network calls when it does not train. `inputs` may be whole numbers.

# %% exercise="13.6"
class Dropout:
    """While training, leaves out each number with probability `rate` and
    makes the others larger.
    """

    def __init__(self, rate, seed=0):
        self.rate, self.rng = rate, np.random.default_rng(seed)

    def __call__(self, inputs):
        ### BEGIN SOLUTION
        kept = self.rng.random(inputs.shape) >= self.rate
        self.mask = kept / (1 - self.rate)
        return inputs * self.mask
        ### END SOLUTION

    def predict(self, inputs):
        ### BEGIN SOLUTION
        return inputs
        ### END SOLUTION

    def backward(self, grad_output):
        ### BEGIN SOLUTION
        return grad_output * self.mask
        ### END SOLUTION


# %%
check("13.6")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Third remedy: stop in time
#
# The validation loss was lowest at epoch 17. So stop there! But a loss wobbles, and one rise is no end. So wait for a
# number of epochs, the **patience**. When there has been no new best for so long, stop, and put back the parameters of the
# best epoch.
#
# As a callback of nnlib: `on_epoch_end` is called after every epoch, and `model.stop_training = True` ends the training.
# The `loss` that it is given is that of the training part; what the validation part gave stands in `model.report`.
# `model.parameters` is the live vector of all parameters: it changes with every step. What you want to keep of it must be
# copied, and back it is written with `[:]`.
#
# ### Exercise 13.7 · Stop in time
#
# `is_over` gets the newest validation loss as `now`. It keeps the smallest in `self.best`, its epoch in `self.best_epoch`,
# its parameters in `self.best_parameters`, and returns whether the best epoch is `patience` epochs ago. Epochs are counted
# from 1. `on_train_end` puts the best parameters back and returns the best epoch. A loss that only equals the smallest is
# no new best.

# %% exercise="13.7" tags=["long"]
class EarlyStopping:  # a whole callback: one class is one cell
    """Ends the training when the validation loss has had no new best for
    `patience` epochs; goes back to the best.
    """

    def __init__(self, patience):
        self.patience, self.best, self.best_epoch = patience, np.inf, 0

    def on_train_begin(self, model):
        self.model = model

    def on_epoch_end(self, epoch, loss):
        now = self.model.report["validation_loss"]
        self.model.stop_training = self.is_over(
            epoch, now, self.model.parameters)

    def is_over(self, epoch, now, parameters):
        ### BEGIN SOLUTION
        if now < self.best:
            self.best, self.best_epoch = now, epoch
            self.best_parameters = parameters.copy()
        return epoch - self.best_epoch >= self.patience
        ### END SOLUTION

    def on_train_end(self):
        ### BEGIN SOLUTION
        self.model.parameters[:] = self.best_parameters
        return self.best_epoch
        ### END SOLUTION


# %%
check("13.7")

# %% [markdown]
# The same network once more, with up to 1,000 epochs and your callback:

# %% tags=["nbval-check-output"]
stop = mine_or_reference("EarlyStopping")(patience=20)
network, history = train(1000, callbacks=[stop])
on_new = network.evaluate(x_valid, y_valid)
print("epochs", len(history.loss), "  new points", round(on_new, 2))

# %% [markdown]
# 37 epochs in place of 1,000: the 17 up to the best one, and the 20 of the patience. The network has the parameters of
# epoch 17 again, and the loss on new points that belongs to them. After 1,000 epochs it was 2.7.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Which remedy?
#
# The explorer has 30 such points, 337 parameters, 300 epochs, and your three pieces. Four changes are on offer, each on its
# own: L2 with λ = 0.5; dropout with the rate 0.4; 200 training points in place of 30; no hidden layer, so a straight border.
#
# Eight people draw points of their own from the same two moons. Each tries the four changes and writes down the one that
# ends with the smallest validation loss.
#
# **Which change do the eight write down?**
#
# - **a** – all of them the 200 points
# - **b** – all of them L2
# - **c** – all of them the straight border
# - **d** – some this, some that
#
# Predict, and the explorer opens. Then:
#
# 1. Press *Play*: it trains 300 epochs. Note *Valid. loss* at the top.
# 2. Open *All settings* (top right, the sliders). Change one thing, press *Play* again, and compare: it begins anew, and
#    the grey curve is the run before. The four changes are *L2 factor*, *Dropout rate*, *Learn from* (200 is all of its
#    training part), and no hidden layer: press − beside *Hidden layers* twice (+ twice brings them back). A remedy need
#    not help: that is what you find out.
# 3. Give it another *Seed*: the points of somebody else. Try the four again.
# 4. With dropout on, press *Step*: a cross marks each unit that this update leaves out for the example that you follow.
# 5. Set *Patience* to 40: your early stopping ends the run.
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The workbench after 300 epochs with dropout: the training loss near 0, the validation loss with its lowest place marked, the run before in grey, a border between two kinds of points, and crosses on the units that the last update left out](../pictures/remedies.png)
#
# </details>

# %% exercise="13.8"
remedies = Workbench(
    examples=500, noise=0.3, validation=0.6, test=0, learn_from=30,
    hidden=[16, 16], activation="ReLU", initializer="He", until=300,
    optimizer="Adam", learning_rate=0.01, dots="training",
    dropout=mine_or_reference("Dropout"),
    penalty=mine_or_reference("l2_penalty"),
    early_stopping=mine_or_reference("EarlyStopping"),
)
predict("13.8", "d", explorer=remedies)  ### SOLUTION

# %% [markdown]
# Here are the eight, each with a seed of their own. The points are drawn anew, so seed 0 is somebody else than Seed 0 in
# the explorer. What was *chosen* by the validation part can no longer be judged by it:
# it is the best of four there, by luck or not. So there is a third part, the **test part**: 1,000 points that are looked at
# once, after the choice.

# %%
drop = mine_or_reference("Dropout")

def losses(seed, hidden=2, rate=0.0, factor=0.0, points=30):
    """The final loss on 300 validation points and on 1,000 test points."""
    x, y = moons(points + 1300, noise=0.3, seed=seed)
    blocks = [(Dense(16), ReLU(), drop(rate, seed=layer))  # their own dice
              for layer in range(hidden)]
    network = NeuralNetwork((*blocks, (Dense(1), Sigmoid())),
                            BinaryCrossEntropy(), optimizer=Adam(0.01),
                            regularization_factor=factor, seed=seed)
    network.fit(x[:, :points], y[:, :points], epochs=300)
    valid, test = slice(points, points + 300), slice(points + 300, None)
    return [network.evaluate(x[:, part], y[:, part])
            for part in (valid, test)]

changes = {"L2": {"factor": 0.5}, "dropout": {"rate": 0.4},
           "200 points": {"points": 200}, "straight": {"hidden": 0}}

# %% [markdown]
# Read it row by row: the five validation losses, the change with the smallest, and what that one gets on the test part.

# %%
print("seed  nothing  " + "  ".join(changes) + "  smallest    test")
for seed in range(8):
    nothing, found = losses(seed)[0], {}
    for name, change in changes.items():
        found[name] = losses(seed, **change)
    best = min(found, key=lambda name: found[name][0])
    row = "  ".join(f"{found[name][0]:{len(name)}.2f}" for name in changes)
    test = found[best][1]
    print(f"{seed:4}{nothing:9.2f}  {row}  {best:10}{test:6.2f}")

# %%
reveal("13.8")

# %% [markdown] tags=["claim:test_no_remedy_wins_every_draw"]
# **A lucky seed.** No change wins all eight. Whoever had drawn once would have reported a winner, with two digits, and
# somebody with other points may report another. That is why a claim about networks needs several seeds, and a spread.
#
# What the eight do agree on: with L2, with 200 points, and with the straight border, the loss on new points ends far below
# that of the large network left to itself.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Ten of a thousand measurements
#
# Now a story with made-up patients. 60 of them, and of each 1,000 measurements: all drawn at random, from the same bell
# curve. Half of the patients are ill, chosen by lot. So there is **nothing to learn**. A team proceeds like this:
#
# 1. Of the 1,000 measurements it takes the ten that go best with the illness, those that differ
#    most between ill and healthy.
# 2. It splits the 60 patients: 40 to learn from, 20 held back.
# 3. It trains a single neuron on the 40 and counts how many of the 20 the neuron gets right.
#
# **How many of the 20 does the neuron get right, on average?**
#
# - **a** – 10, as many as by tossing a coin
# - **b** – 13, a little luck
# - **c** – 16

# %% exercise="13.9"
predict("13.9", "c")  ### SOLUTION

# %% [markdown]
# Twenty such studies follow, each with new random patients. `ten_best` gives the rows of x that go best with y:

# %%
def ten_best(x, y):
    apart = x - x.mean(axis=1, keepdims=True)
    together = (apart * (y - y.mean())).mean(axis=1) / x.std(axis=1)
    return np.argsort(-np.abs(together))[:10]

def share_right(x_train, y_train, x_valid, y_valid):
    neuron = NeuralNetwork(((Dense(1), Sigmoid()),), BinaryCrossEntropy(),
                           optimizer=Adam(0.05), seed=0)
    neuron.fit(x_train, y_train, epochs=60)
    return np.mean(neuron.classify(x_valid) == y_valid)

# %% [markdown]
# First in the team's order, then the other way round: split, and choose by the 40 alone.

# %% tags=["nbval-check-output"]
chosen_first, split_first = [], []
for study in range(20):
    rng = np.random.default_rng(study)
    x = rng.normal(size=(1000, 60))
    y = rng.permutation(60)[np.newaxis] % 2.0
    chosen_first.append(share_right(*hold_back(x[ten_best(x, y)], y, 20)))
    x_t, y_t, x_v, y_v = hold_back(x, y, 20)
    ten = ten_best(x_t, y_t)
    split_first.append(share_right(x_t[ten], y_t, x_v[ten], y_v))
print(f"chosen, then split: {20 * np.mean(chosen_first):.0f} of 20   ",
      f"split, then chosen: {20 * np.mean(split_first):.0f} of 20")

# %%
reveal("13.9")

# %% [markdown]
# Among 1,000 random measurements, ten happen to go with the illness of *these 60* patients. The 20 that were to judge took
# part in choosing them, so their answers have **leaked** into the network before it was trained. In the right order, first
# split and then choose, the truth comes out: a coin toss. Studies have been published with this mistake. (Hastie, Tibshirani
# and Friedman tell of it in *The Elements of Statistical Learning*, section 7.10.2, "The Wrong and Right Way to Do
# Cross-validation".)
#
# You know a smaller leak from lesson 01. Standardising takes a mean and a deviation, and they are learnt from data as well.
# What if the held-back examples take part there? Real tumours, 28 to learn from and 12 held back, in 40 repetitions:

# %%
x_all, y_all, _, _ = load_breast_cancer()
results = {"scaled, then split": [], "split, then scaled": []}
for study in range(40):
    x_40, y_40 = hold_back(x_all, y_all, 40, study)[2:]
    x_t, y_t, x_v, y_v = hold_back(x_40, y_40, 12, study)
    for name, seen in zip(results, (np.hstack([x_t, x_v]), x_t)):
        mean = seen.mean(axis=1, keepdims=True)
        deviation = seen.std(axis=1, keepdims=True)
        results[name].append(share_right((x_t - mean) / deviation, y_t,
                                         (x_v - mean) / deviation, y_v))
for name, shares in results.items():
    print(f"{name}: {np.mean(shares):.1%} right")

# %% [markdown]
# No difference to speak of, not even in favour of the leak: a mean over 40 examples is hardly another than one over 28, and
# it knows nothing of the labels. So here scaling first leaks next to nothing, and choosing first leaks everything. Do not
# weigh it up each time. One rule covers both: **split first. Whatever is computed from data is computed from the training
# part.**

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recall
#
# Two questions about earlier lessons. Answer before you look anything up.
#
# **13.10 · A new image arrives, long after training. With which mean is it standardised?**
#
# - **a** – with its own
# - **b** – with that of all images, the new one included
# - **c** – with that of the training images

# %% exercise="13.10"
check("13.10", "c")  ### SOLUTION

# %% [markdown]
# **13.11 · Somebody adds the penalty to the loss and forgets it in the gradient. Which alarm goes off?**
#
# - **a** – the loss rises
# - **b** – the gradient check: measured and computed slopes of the weights differ
# - **c** – none: the network trains as well as before

# %% exercise="13.11"
check("13.11", "b")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Remember
#
# - Only examples that had no part in anything can judge. Split first.
# - L2 stands in the loss and in the gradient, for weights alone. Dropout trains with a mask and predicts without. Early
#   stopping goes back to the best epoch.
# - What was chosen by the validation part is judged on the test part, once. And one seed is no evidence: try several.

# %%
status()

# %% [markdown]
# ## What comes next
#
# So far the answer was yes or no. Lesson 14 has ten answers: it reads handwritten digits, yours included.
#
# **Next:** [14 · Tell ten digits apart](14_tell_ten_digits_apart.ipynb). Did you skip a lesson? In lesson 14, `checkpoint("14")` brings the pieces that it needs.
