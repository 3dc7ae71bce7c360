# %% [markdown] slideshow={"slide_type": "slide"}
# # 02 · Build a neuron
#
# **You will do:** compute a neuron by hand, write it, write a whole layer of them, and let your layer learn.
#
# **You will learn:** a neuron draws a line, and each of its numbers moves that line in its own way.
#
# **You need:** lesson 00, and that data are `(features, examples)`: one column is one example.
#
# **Time:** about 55 minutes.

# %%
import numpy as np

from lessons.checks import check, hint, mine_or_reference
from lessons.checks import predict, reveal, solution, status
from lessons.figures import borders, curve
from widgets import NeuronExplorer, Workbench

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Before you start
#
# Is a tomato ripe? Say you know two numbers about it, both from 0 to 1: how **red** it is, and how **soft**. Draw
# redness to the right and softness upwards, and every tomato is a point. A neuron draws a line between the points and
# calls one side ripe.
#
# A neuron has two kinds of numbers: its **weights**, one for each feature, and its **bias**, a single number.
#
# **You make the bias larger and leave the weights alone. What does the line do?**
#
# - **a** – it slides, parallel to itself
# - **b** – it turns
# - **c** – it turns and slides
# - **d** – it stays where it is
#
# A guess is enough. The answer comes in a few minutes.

# %% exercise="02.1"
predict("02.1", "a")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## One tomato by hand
#
# Tomato A has redness 0.8 and softness 0.5. Our neuron has the weights 2 (for redness) and 1 (for softness), and the
# bias −1.5. It multiplies each feature by its weight, adds the products up, and adds the bias:
#
# - redness: 2 · 0.8 = 1.6
# - softness: 1 · 0.5 = 0.5
# - bias: −1.5
# - together: 1.6 + 0.5 − 1.5 = **0.6**
#
# The result is called **z**. Here it is positive, so tomato A lies on the ripe side. In symbols:
#
# $$z = w_1 x_1 + w_2 x_2 + b$$
#
# In words: each feature times its weight, all added up, plus the bias. Here $w_1, w_2$ are the weights, $x_1, x_2$ the
# features, $b$ the bias; each of them is a single number.

# %% [markdown]
# ### Exercise 02.2 · Two tomatoes by hand
#
# Same neuron, two more tomatoes. The worked example fades: A was done for you, B is half done, E is yours. Take pencil
# and paper, not Python.
#
# - **Whole:** tomato A, redness 0.8 and softness 0.5: 1.6 + 0.5 − 1.5 = 0.6.
# - **Half:** tomato B, redness 0.3 and softness 0.5: the products are 2 · 0.3 = 0.6 and 1 · 0.5 = 0.5. What comes next?
# - **Yours:** tomato E, redness 0.6 and softness 0.8.

# %% exercise="02.2"
z_b = -0.4  ### SOLUTION
z_e = 0.5  ### SOLUTION

# %%
check("02.2")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## One neuron in Python
#
# Here is the whole computation for tomato A, as a loop. Run it: the same 0.6.

# %% tags=["nbval-check-output"]
weights, bias = [2.0, 1.0], -1.5
tomato_a = [0.8, 0.5]

z = bias
for weight, feature in zip(weights, tomato_a):
    z = z + weight * feature
round(z, 2)

# %% [markdown]
# NumPy does the loop for you. Between two vectors of equal length, `@` multiplies pair by pair and adds up:

# %% tags=["nbval-check-output"]
round(float(np.array([2.0, 1.0]) @ np.array([0.8, 0.5])), 2)

# %% [markdown]
# That is 1.6 + 0.5. The bias is not in it yet.
#
# ### Exercise 02.3 · One neuron, one example
#
# Write the neuron as a function. `weights` and `inputs` are arrays of shape `(features,)`, `bias` is a number, and the
# result z is a number. It should work for any number of features.

# %% exercise="02.3"
def neuron(weights, inputs, bias):
    """z of one neuron for one example."""
    ### BEGIN SOLUTION
    return weights @ inputs + bias
    ### END SOLUTION


# %%
check("02.3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Where is the line?
#
# Six tomatoes, one column each. The first row is redness, the second softness. `ripe` holds the truth.

# %% tags=["nbval-check-output"]
tomatoes = np.array([[0.8, 0.3, 0.9, 0.2, 0.6, 0.5],
                     [0.5, 0.5, 0.7, 0.2, 0.8, 0.1]])
ripe = np.array([[1, 0, 1, 0, 1, 0]])
tomatoes.shape

# %% [markdown]
# The border is where the neuron cannot decide: z = 0. With weights 2 and 1, that is 2x₁ + x₂ + b = 0, a straight line.
# Here it is for three biases.

# %%
lines = [((2, 1), bias, f"bias {bias}") for bias in (-2.0, -1.5, -0.5)]
borders(tomatoes, ripe, lines,
        names=("redness", "softness"), letters="ABCDEF",
        alt="Six tomatoes and three parallel lines. The line of bias -1.5 "
            "has the three ripe tomatoes on its upper right. A larger "
            "bias moves it to the lower left.")

# %%
reveal("02.1")

# %% [markdown]
# Why to the lower left? A larger bias makes every z larger, so points that fell a little short of ripe are now past it. The
# ripe side grows.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## From one neuron to a layer
#
# A layer is several neurons, its **units**, that look at the same inputs. Put the weights of each neuron into a row of
# a matrix $W$, the biases into a column $b$, and the examples into the columns of $x$. Then one product does
# everything:
#
# $$z = W x + b$$
#
# | | shape | for 3 neurons, 2 features, 6 tomatoes |
# | --- | --- | --- |
# | $W$, weights | (units, features) | (3, 2) |
# | $x$, inputs | (features, examples) | (2, 6) |
# | $b$, bias | (units, 1) | (3, 1) |
# | $z$, output | (units, examples) | (3, 6) |
#
# In words: row i of z is what neuron i says about every tomato. The two inner numbers of $W x$, the features, must be
# equal; they vanish. The bias has a single column, and NumPy adds it to every column of the product.
#
# With numbers: two neurons with the weights (2, 1) and (0, 3), and tomato A with redness 0.8 and softness 0.5. Row times
# column gives 2 · 0.8 + 1 · 0.5 = 2.1 for the first neuron and 0 · 0.8 + 3 · 0.5 = 1.5 for the second:

# %% tags=["nbval-check-output"]
np.array([[2, 1], [0, 3]]) @ np.array([[0.8], [0.5]])

# %% [markdown]
# ### Exercise 02.4 · A layer of neurons, all examples at once
#
# A layer keeps its numbers from call to call, so it is a **class**: a plan for objects. `layer = Dense(3)` makes one and runs
# `__init__`. Inside, `self` is that object: `self.weights` are *its* weights. `__call__` is what runs when the object is
# used like a function, as in `layer(inputs)`.
#
# This is the first piece of your own network. `Dense(3)` is a layer of three units. `build` is there already: it gives
# the layer random numbers to begin with (`rng` draws them, `dtype` is their kind). Your part is what happens when the layer is called with inputs.

# %% exercise="02.4"
class Dense:
    """A layer: z = weights @ inputs + bias, shape (units, examples)."""

    def __init__(self, units):
        self.units = units

    def build(self, features, rng, dtype=float):
        """Draw random weights (units, features); the bias starts at 0."""
        self.weights = rng.normal(size=(self.units, features)).astype(dtype)
        self.bias = np.zeros((self.units, 1), dtype)

    def __call__(self, inputs):
        ### BEGIN SOLUTION
        return self.weights @ inputs + self.bias
        ### END SOLUTION


# %%
check("02.4")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## From z to a probability
#
# z = 0.6 for tomato A, z = −0.4 for tomato B. Positive or negative tells the side, but how sure is the neuron? The
# **sigmoid** σ turns any z into a number between 0 and 1, which the explorers call a:
#
# $$a = \sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# In words: one, divided by one plus e to the power of minus z. The result has the shape of z. On the line, z = 0 and
# e⁰ = 1, so σ(0) = 1 / (1 + 1) = 0.5: a coin toss. For tomato A, e to the power of −0.6 is 0.55, so
# σ(0.6) = 1 / 1.55 = 0.65.
#
# ### Exercise 02.5 · From z to a probability
#
# Write it so that it works for a number and for a whole array. `np.exp` is e to the power of.

# %% exercise="02.5"
def sigmoid(z):
    """Probability between 0 and 1 for each z; same shape as z."""
    ### BEGIN SOLUTION
    return 1 / (1 + np.exp(-z))
    ### END SOLUTION


# %%
check("02.5")

# %% [markdown]
# Your curve, with tomatoes A and B on it.

# %%
squeeze = mine_or_reference("sigmoid")
z = np.linspace(-6, 6, 200)
marks = [(0.6, squeeze(0.6), "A"), (-0.4, squeeze(-0.4), "B")]
curve(z, squeeze(z), x_label="z", y_label="σ(z)", marks=marks,
      alt="The sigmoid rises from 0 to 1 like a lying S. At z = 0 it is "
          "0.5; tomato A is at 0.65, tomato B at 0.40.")

# %% [markdown]
# Now your layer and your sigmoid together, for all six tomatoes, and below them the truth.

# %% tags=["nbval-check-output"]
layer = mine_or_reference("Dense")(1)
layer.weights, layer.bias = np.array([[2.0, 1.0]]), np.array([[-1.5]])
print(squeeze(layer(tomatoes)).round(2))
print(ripe)

# %% [markdown] tags=["claim:test_every_ripe_tomato_is_above_one_half_and_every_unripe_one_below"]
# Every ripe tomato is above 0.5, every unripe one below. The neuron is not quite sure of any: with weights as small as 2
# and 1, no z of the six lies further from 0 than 1.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What bias alone can do
#
# ### Exercise 02.6 · A line through a given point
#
# You want the border to run through one point, say redness 0.5 and softness 0.4, and the weights must stay as they are.
# Which bias does it? Both arguments have the shape `(features,)`; the result is a number.

# %% exercise="02.6"
def bias_through(weights, point):
    """The bias with which z = 0 at the point."""
    ### BEGIN SOLUTION
    return -(weights @ point)
    ### END SOLUTION


# %%
check("02.6")

# %% [markdown]
# So the bias can bring the line to any point at all. Is that enough to sort anything?

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Six kiwis
#
# The same two features. A ripe kiwi is soft, and a reddish one is not to be trusted.

# %%
kiwis = np.array([[0.1, 0.7, 0.2, 0.8, 0.3, 0.9],
                  [0.7, 0.3, 0.9, 0.2, 0.8, 0.4]])
ripe_kiwis = np.array([[1, 0, 1, 0, 1, 0]])

# %% [markdown]
# The weights stay 2 and 1. You may try every bias from −4 to 4 and keep the best.
#
# **How many of the six kiwis are then right?**
#
# - **a** – three
# - **b** – five
# - **c** – all six

# %% exercise="02.7"
predict("02.7", "a")  ### SOLUTION

# %% tags=["nbval-check-output"]
biases = np.linspace(-4, 4, 801)
sums = np.array([[2.0, 1.0]]) @ kiwis
right = [int(((sums + bias > 0) == ripe_kiwis).sum()) for bias in biases]
print("best of 801 biases:", max(right), "of 6 right")

# %%
reveal("02.7")

# %% [markdown]
# Try it by hand, with a neuron made of your own pieces.
#
# 1. Drag the dot. The line slides, and of the three numbers only the bias follows. Can you get more than three right?
# 2. Drag the ring, the tip of the weights. The line turns. Get all six right.
# 3. Click a kiwi: on the right is its sum, worked as you did by hand for the tomatoes.
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The neuron explorer: six kiwis in the plane, a straight line between them with a dot to slide it and a ring to turn it, and beside it one kiwi's weighted sum with its numbers and the source line of the learner's own Dense](../pictures/neuron_explorer.png)
#
# </details>

# %%
my_dense = mine_or_reference("Dense")
my_sigmoid = mine_or_reference("sigmoid")
NeuronExplorer(dense=my_dense, activation=my_sigmoid, x=kiwis, y=ripe_kiwis,
               names=("redness", "softness"), classes=("unripe", "ripe"),
               w1=2, w2=1, bias=-1.5)

# %% [markdown]
# Weights −1 and 2 with bias 0 do it, for example. A change of direction, and all six are right.

# %%
lines = [((2, 1), -1.5, "weights 2, 1: sliding never helps"),
         ((-1, 2), 0.0, "weights −1, 2")]
borders(kiwis, ripe_kiwis, lines, names=("redness", "softness"),
        alt="Six kiwis, the ripe ones at the upper left, the unripe ones "
            "at the lower right. The line of weights 2, 1 falls and has "
            "the ripe ones on its unripe side. The line of weights -1, 2 "
            "rises between the two kinds.")

# %% [markdown]
# **The bias slides the line, the weights turn it. No bias makes up for the wrong direction.**

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Let your neuron learn
#
# We found weights by looking. A neuron can find its own. The explorer trains one neuron, made of **your** `Dense`, on
# the six kiwis, from random weights. Chance has made the weight of redness 2.04 this time, and that of softness −2.56.
#
# **Which sign will the weight of redness have in the end?**
#
# - **a** – positive
# - **b** – negative
# - **c** – none: it will be zero

# %% exercise="02.8"
predict("02.8", "b")  ### SOLUTION

# %% [markdown] tags=["claim:test_the_weight_of_redness_ends_below_zero", "claim:test_the_neuron_of_lesson_02_begins_with_the_wrong_sign_and_needs_28_updates"]
# Press **Step** (▸|, a triangle with a bar) and find the moment whose source line is the one you wrote. Compare its shapes
# with the table above. Then press **Play** and watch the border turn, four updates a second. After 28 updates all six are
# right, though softness still has a weight below 0: redness is enough. Let it go on for a few seconds, press **Pause** and
# read both weights. (The explorer calls redness x₁ and softness x₂; ripe is its class 1, unripe class 0.)
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The workbench with one neuron and six kiwis: two inputs, one unit, the map of its answers with a straight border, the loss curve, and the source line of the learner's own Dense with its numbers](../pictures/neuron_learns.png)
#
# </details>

# %%
my_dense = mine_or_reference("Dense")
Workbench(dense=my_dense, hidden=[], x=kiwis, y=ripe_kiwis, test=0,
          initializer="Normal, 1", learning_rate=0.5, seed=3,
          mode="single updates")

# %%
reveal("02.8")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Put it in order
#
# ### Exercise 02.9 · From tomatoes to accuracy
#
# Given `weights`, `inputs`, `bias` and `labels`, these lines compute the share of examples that a neuron gets right.
# They are shuffled, and one of them does not belong.
#
# ```text
# A   correct = ripe == labels
# B   a = sigmoid(z)
# C   accuracy = correct.mean()
# D   ripe = z >= 0.5
# E   z = weights @ inputs + bias
# F   ripe = a >= 0.5
# ```
#
# Run the cell and move the lines. Or give their letters in order: `check("02.9", "A B C")`.

# %% exercise="02.9"
check("02.9", "E B F A C")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recall
#
# Two questions about earlier lessons. Answer before you look anything up.
#
# **02.10 · Why can the loss fall while the accuracy stays the same?**
#
# - **a** – the loss sees how sure the answers are, accuracy only which side of 0.5 they are on
# - **b** – they are measured on different images
# - **c** – accuracy can only be measured once training is over

# %% exercise="02.10"
check("02.10", "a")  ### SOLUTION

# %% [markdown]
# **02.11 · 200 flowers, 4 measurements each. Which shape has x?**
#
# - **a** – (200, 4)
# - **b** – (4, 200)
# - **c** – (800,)

# %% exercise="02.11"
check("02.11", "b")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Remember
#
# - A neuron is a weighted sum and a bias: z = Wx + b, shape (units, examples).
# - z = 0 is a line. The weights turn it, the bias slides it, and no bias makes up for the wrong direction.
# - The sigmoid turns z into a probability; on the line it is 0.5.

# %%
status()

# %% [markdown]
# ## What comes next
#
# One neuron can only draw a straight line. What can ten of them draw, one behind the other? Lesson 03 asks, and then
# puts a bend between them.
#
# **Next:** [03 · Bend the line](03_bend_the_line.ipynb). Did you skip a lesson? In lesson 03, `checkpoint("03")` brings the pieces that it needs.
