# %% [markdown] slideshow={"slide_type": "slide"}
# # 03 · Bend the line
#
# **You will do:** melt ten layers into one, write the two bends that this course uses most, and make one of them safe
# for any number.
#
# **You will learn:** what a bend between two layers is worth.
#
# **You need:** lessons 01 and 02.
#
# **Time:** about 50 minutes.

# %%
import numpy as np

from lessons.checks import check, checkpoint, hint, mine_or_reference
from lessons.checks import predict, reveal, solution, status
from lessons.figures import curve
from widgets import ActivationExplorer

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Before you start
#
# One neuron draws one straight line. Now put ten of your `Dense` layers one behind the other: what the first gives is
# what the second gets, and so on. Nothing stands between them.
#
# **Which borders can these ten layers draw that a single neuron cannot?**
#
# - **a** – curves
# - **b** – lines with up to ten bends
# - **c** – none: one straight line, as before
# - **d** – closed shapes, such as a circle

# %% exercise="03.1"
predict("03.1", "c")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Two layers by hand
#
# The smallest layers there are: one input, one unit. The first computes z = 3x + 1. The second takes that z and computes
# 2z − 4. Put the first into the second:
#
# - 2 · (3x + 1) − 4
# - = 6x + 2 − 4
# - = **6x − 2**
#
# One layer with weight 6 and bias −2 does the same. The two have melted into one.

# %% [markdown]
# ### Exercise 03.2 · Melt two layers
#
# The first layer computes z = −2x + 3, the second 4z + 1. Which weight and which bias has the one layer that does the
# work of both?

# %% exercise="03.2"
weight = -8  ### SOLUTION
bias = 13  ### SOLUTION

# %%
check("03.2")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Two layers of any size
#
# The same with matrices. The first layer gives $W_1 x + b_1$, and the second takes that for its inputs:
#
# $$W_2 (W_1 x + b_1) + b_2 = (W_2 W_1)\, x + (W_2 b_1 + b_2)$$
#
# In words: the weights of the one layer are the second weights times the first. Its bias is the first bias, seen through
# the second weights, plus the second bias.
#
# | | shape | with 2 features, 3 units, then 1 unit |
# | --- | --- | --- |
# | $x$ | (features, examples) | (2, examples) |
# | $W_1$ and $b_1$ | (units₁, features), (units₁, 1) | (3, 2) and (3, 1) |
# | $W_2$ and $b_2$ | (units₂, units₁), (units₂, 1) | (1, 3) and (1, 1) |
# | $W_2 W_1$ | (units₂, features) | (1, 2) |
# | $W_2 b_1 + b_2$ | (units₂, 1) | (1, 1) |
#
# ### Exercise 03.3 · The bias of both
#
# The new weights are `weights_2 @ weights_1`. Write the new bias.

# %% exercise="03.3"
def merged_bias(weights_2, bias_1, bias_2):
    """The bias of the one layer that does the work of two: (units₂, 1)."""
    ### BEGIN SOLUTION
    return weights_2 @ bias_1 + bias_2
    ### END SOLUTION


# %%
check("03.3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Ten layers are one
#
# Ten layers of your own `Dense`, 2 features at the bottom, 3 units each, 1 at the top, all weights random. They run 1,000
# random points.

# %% tags=["nbval-check-output"]
Dense, rng = mine_or_reference("Dense"), np.random.default_rng(0)
layers = [Dense(units) for units in (3, 3, 3, 3, 3, 3, 3, 3, 3, 1)]
for layer, features in zip(layers, (2, 3, 3, 3, 3, 3, 3, 3, 3, 3)):
    layer.weights = rng.normal(size=(layer.units, features))
    layer.bias = rng.normal(size=(layer.units, 1))

points = rng.normal(size=(2, 1000))
output = points
for layer in layers:
    output = layer(output)
output.shape

# %% [markdown]
# Now melt them, from the bottom up, with your `merged_bias`. What is left is a single weight for each feature and a
# single bias.

# %% tags=["nbval-check-output"]
merge = mine_or_reference("merged_bias")
one = Dense(1)
one.weights, one.bias = layers[0].weights, layers[0].bias
for layer in layers[1:]:
    one.bias = merge(layer.weights, one.bias, layer.bias)
    one.weights = layer.weights @ one.weights

print("weights", one.weights.round(3), "bias", one.bias.round(3))
print("equal for all 1,000 points:", np.allclose(one(points), output))

# %%
reveal("03.1")

# %% [markdown]
# The first layer has 2 · 3 + 3 = 9 numbers, the next eight have 3 · 3 + 3 = 12 each, the last has 3 + 1 = 4. That makes
# 9 + 8 · 12 + 4 = 109 numbers, where three would have done. **Without a bend, depth is worth nothing.**

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A bend
#
# Something must stand between two layers that is not a straight line. It need not be much. The bend that this course uses most is
# the **rectified linear unit**, ReLU for short. It keeps what is positive and cuts off what is negative:
#
# $$f(z) = \max(z, 0)$$
#
# In words: the larger of z and zero. z is (units, examples), and every number is bent on its own, so f(z) has the same
# shape. f(3) = 3, f(0.5) = 0.5, f(−2) = 0.
#
# Later, when errors are sent backwards, each bend must answer one more question: **how steep is it here?** The slope
# f′(z) says by how much f(z) grows when z grows a little. Right of zero ReLU is a line with slope 1. Left of zero it is
# flat, slope 0. At zero itself there is a corner with no slope of its own; we say 0 there.

# %% [markdown]
# ### Exercise 03.4 · ReLU
#
# Two methods: `__call__` gives f(z), `gradient` gives f′(z), as numbers 0.0 and 1.0. Both take a whole array and return one
# of the same shape. No loop is needed.

# %% exercise="03.4"
class ReLU:
    """f(z) = max(z, 0): negative numbers become 0, the others pass."""

    def __call__(self, z):
        ### BEGIN SOLUTION
        return np.maximum(z, 0)
        ### END SOLUTION

    def gradient(self, z):
        ### BEGIN SOLUTION
        return (z > 0) * 1.0
        ### END SOLUTION


# %%
check("03.4")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What one bend buys
#
# **Exclusive or**, XOR for short, is 1 when exactly one of two inputs is 1. Four points, two classes, and no line keeps
# them apart. Here are 9,261 neurons that try:

# %% tags=["nbval-check-output"]
corners = np.array([[0.0, 0.0, 1.0, 1.0],
                    [0.0, 1.0, 0.0, 1.0]])
xor = np.array([[0, 1, 1, 0]])

grid = np.linspace(-2, 2, 21)
right = [((w1 * corners[:1] + w2 * corners[1:] + b > 0) == xor).sum()
         for w1 in grid for w2 in grid for b in grid]
print("best of", len(right), "neurons:", max(right), "of 4 right")

# %% [markdown]
# Now two layers with a bend between them. The first has two units:
#
# - unit 1: z₁ = x₁ + x₂, then h₁ = max(z₁, 0)
# - unit 2: z₂ = x₁ + x₂ − 1, then h₂ = max(z₂, 0)
# - the second layer: h₁ − 2 h₂
#
# ### Exercise 03.5 · Through two layers by hand
#
# The worked example fades here, point by point: one is done for you, one half done, two are yours. The last of them
# lies half way between two corners.
#
# - **Whole:** the point (0, 1). z₁ = 1 and z₂ = 0, so h₁ = 1 and h₂ = 0, and the result is 1 − 2 · 0 = 1.
# - **Half:** the point (0, 0). z₁ = 0 and z₂ = −1. What are h₁ and h₂, and the result?
# - **Yours:** the points (1, 1) and (0.5, 0.5).
#
# Write down the three results, one number each.

# %% exercise="03.5"
out_00 = 0  ### SOLUTION
out_11 = 0  ### SOLUTION
out_half = 1  ### SOLUTION

# %%
check("03.5")

# %% [markdown]
# The same two layers, made of your own pieces. All four corners are right, with nine numbers.

# %% tags=["nbval-check-output"]
first, second, bend = Dense(2), Dense(1), mine_or_reference("ReLU")()
first.weights = np.array([[1.0, 1.0], [1.0, 1.0]])
first.bias = np.array([[0.0], [-1.0]])
second.weights, second.bias = np.array([[1.0, -2.0]]), np.array([[0.0]])
second(bend(first(corners)))

# %% [markdown]
# Walk from corner (0, 0) to corner (1, 1) and watch the result. It rises, and at (0.5, 0.5) the second unit wakes up and
# bends it down again. Every unit in front of a bend can add one such corner to the line.

# %%
along = np.linspace(-0.25, 1.25, 301)
result = second(bend(first(np.stack([along, along]))))
curve(along, result[0], x_label="x₁ = x₂", y_label="result",
      marks=[(0, 0, "unit 1 wakes up"), (0.5, 1, "unit 2 wakes up")],
      alt="Flat at 0 up to x = 0, then straight up to 1 at x = 0.5, then "
          "straight down, through 0 at x = 1.")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The sigmoid, for any number
#
# The second bend you know: the sigmoid of lesson 02, σ(z) = 1 / (1 + e⁻ᶻ), for the last layer. Its slope has a formula
# that many books print. Written with e⁻ᶻ it reads
#
# $$\sigma'(z) = \frac{e^{-z}}{(1 + e^{-z})^2}$$
#
# In words: e to the power of minus z, divided by the square of one plus the same. It has the shape of z. Far out on the
# left, at z = −1000, the sigmoid is as flat as a table, and its slope is 0 to hundreds of decimals.
#
# **You compute the formula with NumPy at z = −1000. What comes out?**
#
# - **a** – nan, not a number
# - **b** – 0
# - **c** – an error that stops the program

# %% exercise="03.6"
predict("03.6", "a")  ### SOLUTION

# %% [markdown]
# Step by step. (The first line tells NumPy not to warn. It would.)

# %% tags=["nbval-check-output"]
with np.errstate(all="ignore"):
    e = np.exp(np.array([1000.0]))  # e to the power of −z, with z = −1000
    print("e to the power of 1000:", e)
    print("the slope:", e / (1 + e) ** 2)

# %%
reveal("03.6")

# %% [markdown] tags=["claim:test_one_nan_is_everywhere_after_two_updates"]
# e¹⁰⁰⁰ has 435 digits. The largest number that a float can hold has 309, so NumPy gives `inf`. And inf / inf is `nan`.
# One `nan` in a network makes every number `nan` within an update or two.
#
# The mend is to never take e to the power of something large and positive. There are two ways to write the same
# sigmoid:
#
# - for z ≥ 0: 1 / (1 + e⁻ᶻ)
# - for z < 0: eᶻ / (1 + eᶻ)
#
# In both, the exponent is minus the size of z, −|z|. It is never positive, so e to that power lies between 0 and 1.
# `np.abs` gives |z|, and `np.where(z < 0, a, b)` picks from a where z < 0, from b elsewhere.
#
# For the slope you need no exponential at all. If a is the sigmoid of z, the slope is **a (1 − a)**: at z = 0, where a is
# 0.5, that is 0.5 · 0.5 = 0.25.

# %% [markdown]
# ### Exercise 03.7 · A sigmoid that holds
#
# The check calls it with z from −1000 to 1000, and takes every overflow for an error: also where NumPy is told not to
# warn, and in the side that `np.where` does not choose. It works out both.

# %% exercise="03.7"
class Sigmoid:
    """f(z) = 1 / (1 + exp(-z)), without overflow for any z."""

    def __call__(self, z):
        ### BEGIN SOLUTION
        e = np.exp(-np.abs(z))
        return np.where(z < 0, e, 1) / (1 + e)
        ### END SOLUTION

    def gradient(self, z):
        ### BEGIN SOLUTION
        return self(z) * (1 - self(z))
        ### END SOLUTION


# %%
check("03.7")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Where does a bend answer?
#
# Learning nudges what is below a bend only as far as the bend is steep. Where it is flat, nothing gets through: the unit
# is **saturated**.
#
# **At z = 5 the sigmoid is 0.993. How steep is it there, compared with its steepest place?**
#
# - **a** – about half as steep
# - **b** – about a tenth
# - **c** – less than a thirtieth
#
# When you have predicted, your two bends are there.
#
# 1. Drag the point, or type z = 5. Read f′(z) in the table.
# 2. Where does the hatched part begin, in which the first curve has less than a twentieth of its steepest slope?
# 3. Tick **Sigmoid, naive** and type z = −1000: the formula of the book beside yours.
# 4. Look at the curve of **your ReLU**. On which side can it not learn?
#
# The other names in the list can wait.
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The activation explorer: on the left the curves of sigmoid and ReLU with their tangents at the chosen z, on the right their slopes, hatched where the first is saturated, and below them a table with the values at that z](../pictures/activation_explorer.png)
#
# </details>

# %% exercise="03.8"
my_sigmoid, my_relu = map(mine_or_reference, ("Sigmoid", "ReLU"))
bends = ActivationExplorer(activation=[my_sigmoid, my_relu])
predict("03.8", "c", explorer=bends)  ### SOLUTION

# %%
reveal("03.8")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Put it in order
#
# ### Exercise 03.9 · Forward through two layers
#
# Given `first`, `second`, `bend`, `squeeze` (a sigmoid) and `x`, these lines answer yes or no for every example. They are
# shuffled, and one of them does not belong.
#
# ```text
# A   z_2 = second(a_1)
# B   answer = a_2 >= 0.5
# C   a_1 = bend(z_1)
# D   z_2 = second(z_1)
# E   a_2 = squeeze(z_2)
# F   z_1 = first(x)
# ```
#
# Run the cell and move the lines. Or give their letters in order: `check("03.9", "A B C")`.

# %% exercise="03.9"
check("03.9", "F C A E B")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recall
#
# Two questions about earlier lessons. Answer before you look anything up.
#
# **03.10 · A neuron's line has the right direction, but all points lie on one side of it. What do you change?**
#
# - **a** – the bias
# - **b** – the weights
# - **c** – the number of features

# %% exercise="03.10"
check("03.10", "a")  ### SOLUTION

# %% [markdown]
# **03.11 · x has the shape (4, 273). With which shape of `means` does `x - means` take the right mean from every feature?**
#
# - **a** – (4,)
# - **b** – (4, 1)
# - **c** – (1, 273)

# %% exercise="03.11"
check("03.11", "b")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Remember
#
# - Layers without a bend between them melt into one layer.
# - ReLU cuts off the negative, the sigmoid squeezes into 0 … 1. Both bend every number on its own.
# - f′(z) is the slope. Where it is nearly 0, nothing gets through.
# - A formula that is right on paper can be `nan` in a computer. Take e only to powers that are not positive.

# %%
status()

# %% [markdown]
# ## What comes next
#
# You can now build a network of any depth and run it forward. Its numbers are still random, and nobody has told it how
# wrong it is. That takes one number, the loss. Lesson 04 compares two of them.
#
# **Next:** [04 · Measure the error](04_measure_the_error.ipynb). Did you skip a lesson? In lesson 04, `checkpoint("04")` brings the pieces that it needs.
