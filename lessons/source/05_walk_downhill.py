# %% [markdown] slideshow={"slide_type": "slide"}
# # 05 · Walk downhill
#
# **You will do:** take two steps by hand, measure a slope, write the optimiser that trains networks, and drive it too fast.
#
# **You will learn:** the slope says which way, the learning rate says how far, and too far is no use.
#
# **You need:** lesson 04 (a loss is one number, and its slope says which way it falls).
#
# **Time:** about 50 minutes.

# %%
import numpy as np

from lessons.checks import check, checkpoint, hint, mine_or_reference
from lessons.checks import predict, reveal, solution, status
from lessons.figures import curve, curves
from nnlib.data import load_zeros_and_ones
from widgets import DescentExplorer

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Before you start
#
# You stand on a hillside in thick fog and want to reach the bottom of the valley. You cannot see it, but you feel under
# your feet how steep the ground is. So you take a step downhill: the steeper, the longer. Then you feel again.
#
# How long a step is for a given steepness is one number, the **learning rate**. Somebody has counted the steps to the
# bottom of a certain valley:
#
# | learning rate | 0.1 | 0.2 | 0.4 | 0.8 |
# | --- | --- | --- | --- | --- |
# | steps | 26 | 12 | 4 | ? |
#
# **How many steps will it take with 0.8?**
#
# - **a** – 2
# - **b** – 12
# - **c** – 1: one jump and it is there
#
# A guess is enough. The answer comes in a few minutes.

# %% exercise="05.1"
predict("05.1", "b")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Two steps by hand
#
# Here is that valley. It is the loss of a network with a single weight w, and its bottom is at w = 2:
#
# $$L = (w - 2)^2, \qquad \text{slope} = 2\,(w - 2)$$
#
# In words: the distance of w from 2, squared; and the slope is twice that distance, with its sign. L, w and the slope
# are single numbers.

# %%
w = np.linspace(-2, 6, 200)
curve(w, (w - 2) ** 2, x_label="weight w", y_label="loss L",
      marks=[(-1, 9, "start"), (-0.4, 5.76, "after one step")],
      alt="A parabola with its lowest point at w = 2. The start, w = -1, "
          "is high on the left side; after one step, at -0.4, it is a "
          "good deal lower.")

# %% [markdown]
# You start at w = −1 with the learning rate 0.1.
#
# - The slope there is 2 · (−1 − 2) = −6. It is negative: the ground falls to the right.
# - The step is learning rate times slope, against the slope: −0.1 · (−6) = +0.6.
# - The new w is −1 + 0.6 = **−0.4**. The loss was 9, now it is 5.76.
#
# Next step: the slope is 2 · (−0.4 − 2) = −4.8, so w becomes −0.4 + 0.48 = 0.08. It is less steep here, so
# the step is shorter, all by itself.
#
# ### Exercise 05.2 · Two steps by hand
#
# The same valley, the other side: start at w = 5 with the learning rate 0.2. Where are you after one step, and after two?

# %% exercise="05.2"
after_one = 3.8  ### SOLUTION
after_two = 3.08  ### SOLUTION

# %%
check("05.2")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Feel the slope
#
# For (w − 2)² there is a formula for the slope. When there is none at hand you can measure it: go a little to the right,
# a little to the left, and compare. Run it for w = −1, where the slope should be −6.

# %% tags=["nbval-check-output"]
def valley(w):
    return (w - 2) ** 2

a_little = 0.001
rise = valley(-1 + a_little) - valley(-1 - a_little)
print("rise", round(rise, 6), "over a distance of", 2 * a_little)

# %% [markdown]
# Rise over distance: −0.012 / 0.002 = −6. Going to both sides matters: to the right alone you would measure the slope of
# a place a little further on.
#
# ### Exercise 05.3 · Measure a slope
#
# `function` is any function of one number, w the place, `a_little` how far to go to each side. The result is a number.

# %% exercise="05.3"
def measured_slope(function, w, a_little=0.001):
    """The slope at w: rise over distance, from a little left of w to a
    little right of it.
    """
    ### BEGIN SOLUTION
    rise = function(w + a_little) - function(w - a_little)
    return rise / (2 * a_little)
    ### END SOLUTION


# %%
check("05.3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The step
#
# What you did by hand, in symbols, for a weight w, its slope g and the learning rate η (say "eta"):
#
# $$w \leftarrow w - \eta\, g$$
#
# In words: the new weight is the old one, minus the learning rate times the slope. For many weights it is the same line:
# w and g are then arrays of one and the same shape, η stays a single number. An array of slopes, one for each weight, is
# called the **gradient**.
#
# ### Exercise 05.4 · One step
#
# Return the new parameters. The old ones stay as they are. Where they are whole numbers, as in `np.array([3, -2])`, the
# new ones may have digits behind the point.

# %% exercise="05.4"
def update(parameters, gradients, learning_rate):
    """The parameters after one step downhill; same shape as before."""
    ### BEGIN SOLUTION
    return parameters - learning_rate * gradients
    ### END SOLUTION


# %%
check("05.4")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Put it in order
#
# ### Exercise 05.5 · A walk of twenty steps
#
# Given a start w and a `learning_rate`, these lines walk twenty steps down the valley and keep every place, the start
# included, in `path`. They are shuffled, and one of them does not belong.
#
# ```text
# A       w = w - learning_rate * g
# B   path = [w]
# C       path.append(w)
# D   for step in range(20):
# E       g = 2 * (w - 2)
# F       w = w + learning_rate * g
# ```
#
# Run the cell and move the lines. Or give their letters in order: `check("05.5", "A B C")`.

# %% exercise="05.5"
check("05.5", "B D E A C")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The optimiser
#
# In a network the thing that makes the step is called the **optimiser**. This simplest one has a long name, stochastic
# gradient descent, and a short one: SGD. (*Stochastic* means by chance: in lesson 12 each step looks at a few examples
# that chance has chosen.) It differs from your `update` in one point. A layer computes with an array of weights that it
# holds. A step that makes a new array leaves that one as it was, and the layer learns nothing. So an optimiser must
# **change the array itself**. Compare:

# %% tags=["nbval-check-output"]
shared = np.array([1.0, 2.0])
layer_looks_at = shared

shared = shared - 0.5
print("shared", shared, "  the layer still sees", layer_looks_at)

layer_looks_at -= 0.5
print("changed in place:     the layer sees", layer_looks_at)

# %% [markdown]
# `x = x - 0.5` makes a new array and gives it the old name. `x -= 0.5` changes the numbers where they are.
#
# ### Exercise 05.6 · Your own optimiser
#
# The next piece of your network. `step` changes `parameters` in place and then returns them; `gradients` stay as they
# are. Both are arrays of one and the same shape: a vector here, and in lesson 09 also a layer's matrix of weights.

# %% exercise="05.6"
class SGD:
    """Stochastic gradient descent, in place:
    parameters -= learning_rate * gradients.
    """

    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradients):
        ### BEGIN SOLUTION
        parameters -= self.learning_rate * gradients
        return parameters
        ### END SOLUTION


# %%
check("05.6")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## How far is too far?
#
# The explorer walks down the valley with **your** `SGD`. With which learning rate does it arrive soonest?
#
# - **a** – 0.1
# - **b** – 0.5
# - **c** – 0.9
# - **d** – 1.0
#
# Predict, and the explorer opens with twenty steps. Then:
#
# 1. Type 0.5 as the learning rate, then 0.9, 1.0 and 1.1: the same twenty steps are walked anew each time. "The last
#    step" beside the pictures is the sum you did by hand.
# 2. Drag the ring, the start. What changes, and what does not?
# 3. Choose the landscape *narrow valley*, a loss with two weights, and type 0.05, 0.09, 0.1 and 0.11. Which ends lowest
#    after the twenty steps, and what goes wrong at 0.1?
#
# Leave *Race*, and the other names under *Steps by*, for lesson 12.
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The descent explorer: a parabola with the path of twenty steps at learning rate 0.9, which jumps from one side to the other and comes lower each time; beside it the falling loss, below it the last step worked out](../pictures/descent_explorer.png)
#
# </details>

# %% exercise="05.7"
walk = DescentExplorer(optimizer=mine_or_reference("SGD"),
                       landscape="one weight", steps=20)
predict("05.7", "b", explorer=walk)  ### SOLUTION

# %%
reveal("05.7")

# %% [markdown]
# The slope is twice the distance to the bottom, so on this valley every step multiplies the distance by 1 − 2η. So 0.5
# lands exactly on it. With 0.9 the factor is −0.8: you jump over the bottom each time and still come closer. With 0.1
# it is +0.8: after twenty steps the two are equally far from it, on the same loss, 0.0012. With 1.0 the factor is −1,
# to and fro for ever. Beyond that every jump is longer than the one before.
#
# In the narrow valley (its two weights are called p and q) the loss is p²/2 + 10q². Along p the slope is p, so a step
# multiplies the distance by 1 − η. Along q it is 20q: that direction is bent twenty times as strongly, and there
# the factor is 1 − 20η. At 0.1 it is −1: to and fro for ever, while the loss falls a little along p and stands at 14.45. So
# a rate must stay below 0.1, and along the flat direction that is a slow walk: 0.09 ends at 0.08, 0.05 at 0.43.
#
# Back to the single weight. Count the steps:

# %% tags=["nbval-check-output"]
my_optimizer = mine_or_reference("SGD")

def steps_to_the_bottom(learning_rate, w=-1.0):
    optimizer, w = my_optimizer(learning_rate), np.array([w])
    for step in range(1, 1000):
        optimizer.step(w, 2 * (w - 2))
        if abs(w[0] - 2) < 0.01:
            return step
        if abs(w[0] - 2) > 1e6:
            return f"further away than a million after {step}"

rates = (0.1, 0.2, 0.4, 0.8, 1.6)
counted = [(rate, steps_to_the_bottom(rate)) for rate in rates]
for rate, steps in counted:
    print(rate, "→", steps)

# %%
reveal("05.1")

# %% [markdown] tags=["claim:test_the_number_of_steps_falls_then_rises_with_the_rate"]
# **Bigger is faster, until it is not.** From 0.1 to 0.4 you gain, at 0.8 you need more steps again, at 1.6 you fly
# off. And no error warns you: the code that flies off is the same line that arrives. Which rates a valley bears
# depends on how strongly it is *bent*. A network has thousands of weights, some directions flat, some bent sharply,
# and one learning rate for all of them.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Real digits
#
# Real data: 700 images of handwritten zeros and ones, 784 pixels each. The network has two layers of 64 units and one
# output. It is trained for 100 epochs from ten different random beginnings, each time with the learning rate 1.0. All
# ten have the same data and the same code; only the random first weights differ.
#
# **How many of the ten end no better than a coin toss?**
#
# - **a** – none
# - **b** – two
# - **c** – all ten

# %% exercise="05.8"
predict("05.8", "b")  ### SOLUTION

# %% [markdown]
# Here are two of the ten beginnings with the rate 1.0, and the first of them once more with 0.1. The network is nnlib's
# (yours follows in lesson 09); the steps are made by **your** `SGD`. It takes up to a minute or two on a slow computer.
# (`watch=False` keeps nnlib's own warnings quiet, so that you see what happens without them.)

# %% tags=["nbval-check-output"]
from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, ReLU, Sigmoid

x_train, y_train, x_test, y_test = load_zeros_and_ones()
print("to learn from", x_train.shape, "  never seen", x_test.shape)
optimizer = mine_or_reference("SGD")

def train(learning_rate, seed):
    layers = ((Dense(64), ReLU()), (Dense(64), ReLU()),
              (Dense(1), Sigmoid()))
    network = NeuralNetwork(layers, BinaryCrossEntropy(), seed=seed,
                            optimizer=optimizer(learning_rate))
    history = network.fit(x_train, y_train, epochs=100, watch=False)
    return network, history.loss

# %% [markdown]
# The share of right answers on 300 images that the networks have never seen:

# %%
losses = {}
for rate, seed in ((1.0, 0), (1.0, 1), (0.1, 0)):
    network, losses[f"rate {rate}, beginning {seed}"] = train(rate, seed)
    right = np.mean((network.predict(x_test) > 0.5) == y_test)
    print(f"rate {rate}, beginning {seed}: {right:.0%} right")

# %%
reveal("05.8")

# %% [markdown]
# And the losses of the first 30 epochs. Whatever is above 2 is drawn at 2:

# %%
shown = {name: np.minimum(loss[:30], 2) for name, loss in losses.items()}
curves(shown,
       alt="With rate 1.0, beginning 0 falls steeply in the second epoch, "
           "then leaves the picture at the top, and ends on a level line "
           "far above the others. Beginning 1 falls to nearly 0, and so "
           "does beginning 0 with rate 0.1, more slowly.")

# %% [markdown] tags=["claim:test_the_rate_of_1_loses_some_of_ten_beginnings"]
# Look at beginning 0 with the rate 1.0. After one step its loss had fallen from 0.71 to 0.32, and all seemed well.
# Then steps landed higher, as in the valley with 1.6, and far above the picture (print
# `losses["rate 1.0, beginning 0"][:12]`). Those wild steps threw every unit of both layers to the side where ReLU is
# flat. There the slope is 0, and a slope of 0 means no step, for ever. What is left is 0.693 = −log 0.5: the network
# says 0.5 to every image.
#
# This is what ten beginnings gave, measured once (another computer may round otherwise and lose another beginning):
#
# | learning rate | trained well | stuck at a coin toss |
# | --- | --- | --- |
# | 1.0 | 8 of 10 | 2 of 10 (beginnings 0 and 7) |
# | 0.1 | 10 of 10 | none |
#
# With 1.0, eight of ten are excellent. Had you tried only beginning 1, you would have called the rate a good one.
# **One run proves little; try several beginnings.**

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recall
#
# Two questions about earlier lessons. Answer before you look anything up.
#
# **05.9 · A network is confidently wrong: a = 0.01, the label is 1. Which loss still pushes z hard?**
#
# - **a** – cross-entropy
# - **b** – the squared error
# - **c** – neither: the sigmoid is flat there

# %% exercise="05.9"
check("05.9", "a")  ### SOLUTION

# %% [markdown]
# **05.10 · A layer has 3 units and its inputs have 5 features. How many weights and biases does a step change?**
#
# - **a** – 15
# - **b** – 18
# - **c** – 20

# %% exercise="05.10"
check("05.10", "b")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Remember
#
# - One step: parameters minus learning rate times gradient, in place.
# - The slope says which way, the learning rate how far; too far, and the steps fly off.
# - A good rate is found by trying, from more than one random beginning.

# %%
status()

# %% [markdown]
# ## What comes next
#
# A step needs the slope of the loss for every weight, also for those deep inside. Measuring each one as in 05.3 would
# cost two runs of the network for every single weight. Lesson 06 gets them all from one run backwards, by the chain
# rule.
#
# **Next:** [06 · Apply the chain rule by hand](06_apply_the_chain_rule_by_hand.ipynb). Did you skip a lesson? In lesson 06, `checkpoint("06")` brings the pieces that it needs.
