# %% [markdown] slideshow={"slide_type": "slide"}
# # 08 · Trust nothing
#
# **You will do:** build a gradient check, and find a wrong line in a program that trains.
#
# **You will learn:** a falling loss does not prove that the gradients are right. Measuring them does.
#
# **You need:** lesson 07 (`layer_gradients`, `send_back`), and the measured slope of lesson 05.
#
# **Time:** about 40 minutes.

# %%
import numpy as np

from lessons.checks import check, checkpoint, hint, mine_or_reference
from lessons.checks import predict, reveal, solution, status
from lessons.figures import curves
from nnlib.data import moons
from widgets import Workbench

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Before you start
#
# Here is the line that sends the errors back, twice. The second stood in a public program for learners. It has the right
# shape, it raises no error, and the loss falls.
#
# ```text
# right      grad = layer.weights.T @ dz
# published  grad = layer.grad_weights.T @ dz
# ```
#
# Three networks of three layers, with the same beginning, are trained for 500 steps: one with the right line, one with
# the published line, and one whose hidden layers are **frozen**: they keep their random weights, only the last layer
# learns. That is done for eight beginnings.
#
# **Which has the highest loss at the end, in most of the eight?**
#
# - **a** – the frozen one: two of its three layers never learn
# - **b** – the one with the published line
# - **c** – neither: these two end at the same loss

# %% exercise="08.1"
predict("08.1", "b")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Measure a slope from both sides
#
# A gradient says how steep the loss is. Lesson 05 measured steepness without any formula: go a little up, go a little
# down, compare. The little is called **ε** (say "epsilon").
#
# Take the loss L(w) = w³ at w = 2. The formula 3w² says the slope is 12. Now measure it with ε = 0.1.
#
# ### Exercise 08.2 · Two ways to measure
#
# First from one side: (L(2.1) − L(2)) / 0.1. Then from both: (L(2.1) − L(1.9)) / 0.2. You need 2.1³ = 9.261 and
# 1.9³ = 6.859.

# %% exercise="08.2"
one_side = 12.61  ### SOLUTION
both_sides = 12.01  ### SOLUTION

# %%
check("08.2")

# %% [markdown]
# From one side the error is 0.61, from both it is 0.01. A curve bends away to one side; from both sides the bends
# cancel. This is the **central difference**:
#
# $$\text{slope}_i = \frac{L(\theta + \varepsilon e_i) - L(\theta - \varepsilon e_i)}{2\,\varepsilon}$$
#
# In words: move one parameter up by ε and down by ε, all others stay; divide the difference of the two losses by 2ε. θ (say
# "theta") is the vector of all parameters, shape (parameters,). eᵢ is a vector of the same shape: 1 at place i, 0
# everywhere else. In code ε is `epsilon`, and `1e-5` is Python's way to write 0.00001, a 1 at the fifth place behind the
# point.
#
# ### Exercise 08.3 · The central difference
#
# `loss` is a function of a vector. `parameters` is an array of floats, shape (parameters,), and must be the same afterwards; `index` says
# which parameter is moved. Return one number.

# %% exercise="08.3"
def central_difference(loss, parameters, index, epsilon=1e-5):
    """How steep the loss is along the parameter at `index`, measured from
    both sides.
    """
    ### BEGIN SOLUTION
    up, down = parameters.copy(), parameters.copy()
    up[index] += epsilon
    down[index] -= epsilon
    return (loss(up) - loss(down)) / (2 * epsilon)
    ### END SOLUTION


# %%
check("08.3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## How different is different?
#
# Two slopes, 0.0012 and 0.0011: is that close? It depends on how large slopes are here. So compare the difference
# with the size of the numbers themselves. Call one vector *analytic*: formulas gave it, as in the backward pass. The other
# is measured. Their **relative error** is:
#
# - the largest difference between the two vectors: |analytic − measured|, its maximum
# - divided by the largest |analytic| plus the largest |measured|
#
# For the vectors (3, 1) and (3, 0.9) it is 0.1 / (3 + 3) ≈ 0.017. Equal vectors give 0, opposite ones give 1. If all
# numbers of both are 0, there is nothing to divide by: the error is 0. Should a nan come out, which is no
# number, let it: it tells you that something is very wrong.
#
# ### Exercise 08.4 · The relative error
#
# Both vectors have the same shape. Return one number.

# %% exercise="08.4"
def relative_error(analytic, measured):
    """The largest difference, divided by both largest sizes added up;
    0 if all are 0.
    """
    ### BEGIN SOLUTION
    size = np.abs(analytic).max() + np.abs(measured).max()
    return np.abs(analytic - measured).max() / size if size != 0 else 0.0
    ### END SOLUTION


# %%
check("08.4")

# %% [markdown] slideshow={"slide_type": "slide"} tags=["claim:test_a_right_gradient_agrees_to_six_digits_but_at_a_corner_and_where_it_is_flat"]
# ## The gradient check
#
# Put the two together. Measure the slope along **every** parameter, compare with what the backward pass says. NumPy keeps each
# number with about sixteen digits (its name for that is float64). With so many, a right gradient gives a
# relative error below 0.000001: six digits agree. (It may be more where the move by ε carries a ReLU's z across its
# corner, and where every slope is so small that the rounding of the loss shows in it.) The usual mistakes give far more.
#
# ### Exercise 08.5 · Check a gradient
#
# `gradients` is what the backward pass says, in the order of `parameters`; both have the shape (parameters,). Return the
# relative error between it and what you measure. Use your two functions. `parameters` is in the end what it was.

# %% exercise="08.5"
def gradient_check(loss, parameters, gradients):
    """The relative error between gradients and measured slopes, over all
    parameters.
    """
    ### BEGIN SOLUTION
    measured = np.array([central_difference(loss, parameters, index)
                         for index in range(len(parameters))])
    return relative_error(gradients, measured)
    ### END SOLUTION


# %%
check("08.5")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A network to check
#
# A 2-8-8-1 network of **your** parts, two half moons, and lesson 07's two passes. The way back has a switch: `slip=True` runs
# the published line.

# %% tags=["long"]
# long: lesson 07's network with a switch, and nothing else that differs
names = ("Dense", "ReLU", "Sigmoid", "BinaryCrossEntropy")
my_dense, my_relu, my_sigmoid, my_loss = map(mine_or_reference, names)
layer_gradients = mine_or_reference("layer_gradients")
send_back = mine_or_reference("send_back")
x, y = moons(200, 0.1, 0)

def new_network(seed=0):
    blocks = [(my_dense(8), my_relu()), (my_dense(8), my_relu()),
              (my_dense(1), my_sigmoid())]
    rng = np.random.default_rng(seed)
    for (layer, _), features in zip(blocks, (2, 8, 8), strict=True):
        layer.build(features, rng)
    return blocks

def forward(blocks, inputs):
    for layer, activation in blocks:
        layer.inputs = inputs
        layer.output = layer(inputs)
        inputs = activation(layer.output)
    return inputs

def backward(blocks, grad, slip):
    for layer, activation in reversed(blocks):
        dz = grad * activation.gradient(layer.output)
        layer.grad_weights, layer.grad_bias = layer_gradients(
            layer.inputs, dz)
        grad = send_back(layer.grad_weights if slip else layer.weights, dz)

# %% [markdown]
# And the training of the three. `learning` says which layers take part in the update.

# %%
def trained(slip=False, frozen=False, steps=500, rate=0.3, seed=0):
    blocks, losses = new_network(seed), []
    learning = blocks[-1:] if frozen else blocks
    for _ in range(steps):
        output = forward(blocks, x)
        losses.append(float(my_loss()(output, y)))
        backward(blocks, my_loss().gradient(output, y), slip)
        for layer, _ in learning:
            layer.weights -= rate * layer.grad_weights
            layer.bias -= rate * layer.grad_bias
    return losses

# %% [markdown]
# First only the network with the published line. Would you have noticed?

# %%
published = trained(slip=True)
curves({"published line": published},
       x_label="step",
       alt="The loss falls steeply at first and then more slowly, as the "
           "loss of a network that learns does.")

# %% [markdown]
# It falls, quickly, then slowly. Nothing looks wrong. Now beside it the right line, and the frozen network.

# %%
right, frozen = trained(), trained(frozen=True)
curves({"published line": published, "right line": right,
        "hidden layers frozen": frozen},
       x_label="step",
       alt="The right line falls close to zero. The frozen network and "
           "the one with the published line fall much less; the published "
           "line stays highest.")

# %% [markdown]
# The two upper lines lie close. Is that luck? Here are the last losses of eight beginnings. It takes a few seconds.

# %%
ends = {"published line": [], "right line": [], "hidden layers frozen": []}
for seed in range(8):
    ends["published line"].append(trained(slip=True, seed=seed)[-1])
    ends["right line"].append(trained(seed=seed)[-1])
    ends["hidden layers frozen"].append(trained(frozen=True, seed=seed)[-1])
for name, losses in ends.items():
    print(f"{name:21}", *(f"{loss:.3f}" for loss in losses))

# %% [markdown]
# Drawn, one place for each beginning:

# %%
curves(ends, x_label="beginning", y_label="last loss", first=0,
       alt="For all eight beginnings the right line lies far below the "
           "other two. In most of them the published line lies above "
           "the frozen hidden layers.")

# %%
reveal("08.1")

# %% [markdown] tags=["claim:test_the_right_line_ends_far_below_the_other_two"]
# **In most of the eight beginnings the published line is worse than not training the hidden layers at all**, and in each of them it ends
# far above the right one. Its last layer learns, and that makes the loss fall. The hidden layers are pushed in directions
# that are no slope of the loss, so the last layer has to learn on moving ground.
#
# A falling loss proves that *something* learns.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your check at work
#
# Your check wants one vector of parameters, and a loss that is a function of it. A network has many arrays. (nnlib keeps
# them all in one vector from the start, and each layer looks at its part of it; the layers of this notebook are plain
# ones.) `flat` lays them end to end in one vector, `fill` pours such a vector back into them.

# %%
def arrays(blocks, prefix=""):
    return [getattr(layer, prefix + name)
            for layer, _ in blocks for name in ("weights", "bias")]

def flat(found):
    return np.concatenate([array.ravel() for array in found])

def fill(blocks, vector):
    places = np.cumsum([array.size for array in arrays(blocks)])[:-1]
    for array, part in zip(arrays(blocks), np.split(vector, places)):
        array[...] = part.reshape(array.shape)

# %% [markdown]
# `checked` takes a new network once forward and once back. Then it gives three things to **your** check: the loss as a
# function of the vector, the parameters, and the gradients.

# %%
my_check = mine_or_reference("gradient_check")

def checked(slip, columns=20):
    blocks, some_x, some_y = new_network(), x[:, :columns], y[:, :columns]

    def loss(vector):
        fill(blocks, vector)
        return float(my_loss()(forward(blocks, some_x), some_y))

    output = forward(blocks, some_x)
    backward(blocks, my_loss().gradient(output, some_y), slip)
    gradients = flat(arrays(blocks, "grad_"))
    return my_check(loss, flat(arrays(blocks)), gradients)

# %% [markdown]
# Twenty examples are enough. Every one of the (2 · 8 + 8) + (8 · 8 + 8) + (8 + 1) = 105 parameters costs two forward passes.

# %%
error_right, error_published = checked(slip=False), checked(slip=True)
for name, error in (("right line", error_right),
                    ("published line", error_published)):
    said = "agrees" if error < 1e-6 else "WRONG"
    print(f"{name:15} {error:.0e} {said}")

# %% [markdown]
# Before any training, without a curve to look at, your check tells the right line from the wrong one: the two errors lie
# many powers of ten apart. It would have found the line on its first day.
#
# nnlib has a function of the same name, `gradient_check(model, x, y)`. It does what yours does and takes the network apart
# by itself.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["claim:test_a_much_smaller_step_measures_many_times_worse"]
# ## How small is small?
#
# The smaller ε, the less a curve bends between the two sides. So why 0.00001, and not 0.0000000000001? **A right gradient is
# checked with both. How large is the relative error with the smaller one?**
#
# - **a** – smaller still: the way is shorter, so less of a corner is cut
# - **b** – many times as large
# - **c** – the same: at 0.00001 no corner is left to cut

# %% exercise="08.6"
predict("08.6", "b")  ### SOLUTION

# %% [markdown]
# The explorer checks a network of **your** layers and your bend. Every parameter is a cell. Click one, or walk with the arrow
# keys, and see its two slopes. A 0 marks a slope that is 0 in both: its unit may be off for all examples.
#
# 1. Move the ring on the curve: to the right ε is large and cuts a corner; to the left it is so small that the two
#    losses differ only in their last digits, and those are rounded. Between lies a valley.
# 2. At *Mistake put in* choose *grad_weights in place of weights*. Which cells stay right? What has become of the valley?
# 3. Choose *The mean is missing*, then *The bias is summed, not averaged*. Read the sentence above the cells each time.
# 4. Choose *The inputs are those of the batch before*. (A **batch** is the examples that one step looks at.) Does the
#    check see this mistake?
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The workbench with its pane Check: a grid of cells for each array of parameters, a cross where the slopes disagree, and beside it the relative error of the chosen slope for every ε](../pictures/gradient_check.png)
#
# </details>

# %%
class MyDense(my_dense):
    def backward(self, dz):
        self.grad_weights, self.grad_bias = layer_gradients(self.inputs, dz)
        return send_back(self.weights, dz)

Workbench(dense=MyDense, activation=my_relu, hidden=[3, 3],
          show=("network", "check"), mistakes=(
              "grad_weights_for_weights", "mean_missing", "mean_twice",
              "bias_summed", "bias_gradient_missing", "transposed",
              "gradient_sign", "stale_inputs"))

# %%
reveal("08.6")

# %% [markdown]
# Two things to take along from the list. A check also says **where**: the last layer right and all below it wrong points
# at what is sent back. And a check has **blind spots**. It looks at one batch, at one moment. A layer that remembers the
# inputs of the batch before, or gradients that pile up from step to step, pass it: lesson 10 hunts these. So does a wrong
# loss, if its gradient is wrong in the same way.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recall
#
# Two questions about earlier lessons. Answer before you look anything up.
#
# **08.7 · A check says every gradient is 20 times too large, and there are 20 examples. What is missing?**
#
# - **a** – the mean over the examples
# - **b** – the minus sign of the update
# - **c** – the slope of the bend

# %% exercise="08.7"
check("08.7", "a")  ### SOLUTION

# %% [markdown]
# **08.8 · A layer's weights have the shape (8, 2). What shape has the matrix that sends errors back?**
#
# - **a** – (8, 2)
# - **b** – (8, 8)
# - **c** – (2, 8)

# %% exercise="08.8"
check("08.8", "c")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Remember
#
# - A falling loss proves that something learns. It does not prove that the gradients are right.
# - Measure a slope from both sides, with ε near 0.00001, and compare by the relative error.
# - A check finds wrong gradients before any training. It sees one batch at one moment, and nothing else.

# %%
status()

# %% [markdown]
# ## What comes next
#
# You have parts you can trust: forward, loss, backward, update. Lesson 09 closes the loop: a network class of your own, from
# the first line to the last, learns what no straight line can tell apart.
#
# **Next:** [09 · Close the loop](09_close_the_loop.ipynb). Did you skip a lesson? In lesson 09, `checkpoint("09")` brings the pieces that it needs.
