# %% [markdown] slideshow={"slide_type": "slide"}
# # 11 · Start well, go deep
#
# **You will do:** measure what ten layers make of a signal (the numbers that pass through them), and write two ways to draw
# the first weights.
#
# **You will learn:** which first weights let a network learn, and let a deep one keep the size of its signal.
#
# **You need:** your `Dense` (lesson 02) and the network of lesson 09.
#
# **Time:** about 40 minutes.

# %%
import numpy as np

from lessons.checks import check, checkpoint, hint, mine_or_reference
from lessons.checks import predict, reveal, solution, status
from nnlib import (
    BinaryCrossEntropy, Dense, DivergedError, NeuralNetwork, ReLU,
    Sigmoid, Tanh, Zeros)
from nnlib.data import load_zeros_and_ones, moons
from widgets import SignalExplorer

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Before you start
#
# Before training, the weights are random. Why? Zero looks fairer: no opinion about anything, and training decides.
#
# A 2-8-1 network with the bend tanh (the sigmoid from −1 to 1 of lesson 10) begins with **all weights and biases 0**
# and is trained for 500 steps on two half moons.
#
# **Where is its loss then?**
#
# - **a** – where it began, to the last digit
# - **b** – as low as that of any other network: training has decided
# - **c** – between the two: it learns, but slowly

# %% exercise="11.1"
predict("11.1", "a")  ### SOLUTION

# %% [markdown]
# An **initialiser** draws the first weights. A layer takes it as `Dense(8, initializer)`, and 0.5 is the learning rate:

# %%
x, y = moons(200, 0.1, 0)

def trained(initializer):
    layers = ((Dense(8, initializer), Tanh()),
              (Dense(1, initializer), Sigmoid()))
    model = NeuralNetwork(layers, BinaryCrossEntropy(), 0.5, seed=0)
    losses = model.fit(x, y, epochs=500, watch=False).loss
    return model, losses

# %% [markdown]
# Run it with zeros, and look at twelve digits:

# %% tags=["nbval-check-output"]
_, losses = trained(Zeros())
print(f"first loss {losses[0]:.12f}")
print(f"last loss  {losses[-1]:.12f}")

# %%
reveal("11.1")

# %% [markdown]
# All weights 0, so every hidden unit gives tanh(0) = 0, and the network answers 0.5 to every point. Call dz, as in lesson
# 07, what comes back to z of the last unit: 0.5 − y, so −0.5 for each point of one moon and 0.5 for each of the other.
# The gradients of the last weights are dz times 0: nothing. What goes back to the hidden layer is dz times the weight 0:
# nothing. And the last bias? Its gradient is the mean of dz, and there are as many of both: nothing. 500 steps of
# nothing, and the loss stays at −log 0.5.
#
# So begin with another number, the same for all, 0.3?

# %%
class AllTheSame:
    def __call__(self, shape, rng):
        return np.full(shape, 0.3)

model, losses = trained(AllTheSame())
print(f"last loss {losses[-1]:.3f}; the weights of the 8 hidden units:")
print(model.layers[0][0].weights.round(3))

# %% [markdown]
# It learns, but look at the rows. **Eight units, and each is a copy of the others.** They began equal, so they got equal
# gradients, took equal steps, and are equal for ever. You pay for eight and have one. Random numbers are there to make the
# units *different*. The question is only how large they should be.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## How a sum grows
#
# A unit with 4 inputs adds up 4 products. If the inputs and the weights are random numbers of **size** 1 (standard deviation
# 1, mean 0), each product has the size 1 too. But the sum of 4 of them does not have the size 4. Some are positive,
# some negative, and much cancels: its size is √4 = 2. For n inputs it is √n.
#
# And if the weights have the size s, the sum has the size s · √n.
#
# ### Exercise 11.2 · A unit with 400 inputs
#
# Inputs of the size 1. What size has z with weights of size 1? Which size of the weights gives z the size 1?

# %% exercise="11.2"
size_of_z = 20.0  ### SOLUTION
size_of_weights = 0.05  ### SOLUTION

# %%
check("11.2")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## He: a size for ReLU
#
# So weights of the size 1 / √n keep the size of z. Then comes the bend, and ReLU throws half of the numbers away: half
# of the products in the next sum are 0. It is as if n were n / 2, and the size of that sum falls to 1/√2. To make up for
# it, the weights must be √2 times as large:
#
# $$W \sim \text{normal}\left(0,\ \sqrt{\frac{2}{n}}\right)$$
#
# In words: each weight is drawn (that is the ∼) from the bell curve with mean 0 and the standard deviation √(2 / n),
# where n is the number of features that the layer reads. W has the shape (units, n). This is called *He* after the
# first author of the paper that found it (He et al., 2015, "Delving Deep into Rectifiers",
# [arXiv:1502.01852](https://arxiv.org/abs/1502.01852)).
#
# ### Exercise 11.3 · Draw like He
#
# An initialiser is called with the shape `(units, features)` and a random generator, and returns the first weights.
# `rng.normal(mean, size, shape)` draws.

# %% exercise="11.3"
class He:
    """Normal numbers with standard deviation sqrt(2 / features)."""

    def __call__(self, shape, rng):
        ### BEGIN SOLUTION
        return rng.normal(0.0, np.sqrt(2 / shape[1]), shape)
        ### END SOLUTION


# %%
check("11.3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Glorot: a size for tanh
#
# tanh and sigmoid throw nothing away, so there the 2 is not needed. But there is the way back too: `weights.T @ dz` adds up
# over the **units**. For the gradients to keep their size, the number of units is what counts. *Glorot* takes the mean of
# both, (n + k) / 2, and draws evenly from an interval instead (Glorot and Bengio, 2010,
# [PMLR 9](https://proceedings.mlr.press/v9/glorot10a.html)):
#
# $$W \sim \text{uniform}\left(-r,\ r\right), \qquad r = \sqrt{\frac{6}{n + k}}$$
#
# In words: each weight lies anywhere between −r and r, with the same chance. n is the number of features, k the number of units;
# W has the shape (k, n). (Numbers drawn evenly from −r to r have the size r / √3. Here that is √(2 / (n + k)), one over the
# root of that mean: this 2 comes from the mean, not from He.)
#
# ### Exercise 11.4 · Draw like Glorot
#
# `rng.uniform(low, high, shape)` draws evenly.

# %% exercise="11.4"
class Glorot:
    """Numbers drawn evenly from ±sqrt(6 / (features + units))."""

    def __call__(self, shape, rng):
        ### BEGIN SOLUTION
        units, features = shape
        reach = np.sqrt(6 / (features + units))
        return rng.uniform(-reach, reach, shape)
        ### END SOLUTION


# %%
check("11.4")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Through ten layers
#
# ### Exercise 11.5 · Measure it
#
# Send 200 random examples through `depth` layers of `units` ReLU units each, without bias, and write down the size of what each
# layer gives, **after** the bend. The first line is there. For each layer draw new weights with `initializer`, of the shape
# (units, units). Return an array of shape (depth,). `array.std()` is the size.

# %% exercise="11.5"
def sizes_through(initializer, depth, units, rng):
    """The standard deviation after each of `depth` layers with ReLU."""
    x = rng.normal(size=(units, 200))
    ### BEGIN SOLUTION
    sizes = []
    for _ in range(depth):
        x = np.maximum(initializer((units, units), rng) @ x, 0)
        sizes.append(x.std())
    return np.array(sizes)
    ### END SOLUTION


# %%
check("11.5")

# %% [markdown]
# Three sizes of the first weights, with **your** function and **your** He. Lesson 02's `Dense` draws with the size 1.
#
# **The layers have 64 units. With weights of the size 1, how large is what the tenth layer gives?**
#
# - **a** – more than a million
# - **b** – about 100
# - **c** – about 10

# %% exercise="11.6"
predict("11.6", "a")  ### SOLUTION

# %% tags=["nbval-check-output"]
my_sizes = mine_or_reference("sizes_through")
my_he = mine_or_reference("He")
starts = {"size 1": lambda shape, rng: rng.normal(0, 1, shape),
          "He": my_he(),
          "size 0.01": lambda shape, rng: rng.normal(0, 0.01, shape)}
for name, initializer in starts.items():
    sizes = my_sizes(initializer, 10, 64, np.random.default_rng(0))
    print(f"{name:10} layer 1: {sizes[0]:8.2g}   "
          f"layer 5: {sizes[4]:8.2g}   layer 10: {sizes[9]:8.2g}")

# %%
reveal("11.6")

# %% [markdown] tags=["claim:test_he_changes_the_size_little_over_ten_layers"]
# Each layer multiplies the size by about √64 / √2 = 5.7. Ten times in a row that is 5.7¹⁰, tens of millions. (NumPy
# writes `2e+07` for a 2 with seven zeros, and `2e-13` for a 2 at the thirteenth place behind the point.) With 0.01 the
# factor is 0.01 · 5.7 = 0.057: each layer *divides* by 1 / 0.057 ≈ 18, and after ten layers next to nothing is left.
# With He the factor is near 1. (The first layer gives 0.8 and not 1: what ReLU leaves has a mean above 0, and the
# standard deviation is measured from there.) The size still drifts, by luck, but after ten layers it is of the same
# order as after one.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["claim:test_tanh_with_weights_of_size_1_is_flat_and_its_gradients_grow", "claim:test_ten_sigmoids_keep_the_size_and_lose_gradient_and_signal"]
# ## See it, forward and backward
#
# The explorer sends a signal forward and a gradient back through a network that has not learned anything yet.
#
# 1. Begin with *He*, which is **yours**. Look at the two lines: both nearly level. (A share with *off* in a layer's box:
#    so many of its units are off for every example, by chance.)
# 2. Choose *size 1*, then *size 0.01*. What do the lines do, and what does the sentence below say of the first layers?
# 3. Choose *Tanh* with *size 1*. The activations keep their size. What is wrong with them? (Where do they lie, and how
#    steep is tanh there?) The gradients grow all the same: what the few in the middle let through, weights of size 1
#    make larger.
# 4. Choose *Sigmoid* with *Glorot*. The activations keep about their size. And the gradients? (The slope of the sigmoid
#    is at most 0.25. Ten of them in a product are at most 0.25¹⁰ ≈ 0.000001, a millionth.) On the way forward, what two
#    examples differ by shrinks in the same way. *No signal* means: nearly the same number for every example. The size
#    that is left is how the units differ.
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The signal explorer: a small histogram for each of ten layers, forward and backward, with its size, and the sizes as two lines that stay level](../pictures/signal_explorer.png)
#
# </details>

# %%
SignalExplorer(initializer=my_he)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Your layer, mended
#
# In lesson 09 your network came to `nan` on the digits, unless its weights were made a tenth as large. Here is your
# `Dense` with your `He`, on the same digits. `super().build(…)` runs the `build` that your `Dense` has; then the
# weights are drawn anew. (`dtype` is the kind of the numbers, here floats.)

# %%
my_dense = mine_or_reference("Dense")

class WellStarted(my_dense):
    def build(self, features, rng, dtype=float):
        super().build(features, rng, dtype)
        self.weights = my_he()((self.units, features), rng).astype(dtype)

class TooLarge(my_dense):
    def build(self, features, rng, dtype=float):
        super().build(features, rng, dtype)
        self.weights = rng.normal(size=(self.units, features)).astype(dtype)

# %% [markdown]
# `TooLarge` draws as lesson 02 did. Both networks are 784-64-64-64-64-1, five layers deep, and learn for 30 epochs at
# the learning rate 0.01. `evaluate` gives the loss, `classify` answers with 0 or 1:

# %%
x_train, y_train, x_test, y_test = load_zeros_and_ones()
for kind in (WellStarted, TooLarge):
    layers = (*((kind(64), ReLU()) for _ in range(4)), (kind(1), Sigmoid()))
    model = NeuralNetwork(layers, BinaryCrossEntropy(), 0.01, seed=0)
    before = model.evaluate(x_train, y_train)
    print(f"{kind.__name__}: loss {before:.3g} before", end=", ")
    try:
        losses = model.fit(x_train, y_train, epochs=30, batch_size=50,
                           watch=False).loss
        right = np.mean(model.classify(x_test) == y_test)
        print(f"{losses[-1]:.3g} after, {right:.1%} of new images right")
    except DivergedError as error:
        print(f"then it diverged in epoch {error.epoch}, step {error.step}")

# %% [markdown] tags=["claim:test_five_layers_of_weights_of_size_1_diverge_or_end_at_a_coin_toss"]
# The second begins with a loss of many hundreds or more: its output is wildly sure of itself before it has learned
# anything. Its first steps are as wild. Either its numbers are soon no longer finite, and it has **diverged**, or it
# ends at a coin toss; that depends on the beginning. The first begins not far from −log 0.5 = 0.69, as somebody should
# who knows next to nothing.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recall
#
# Two questions about earlier lessons. Answer before you look anything up.
#
# **11.7 · Ten layers without a bend are worth as much as …**
#
# - **a** – ten layers
# - **b** – none
# - **c** – one layer

# %% exercise="11.7"
check("11.7", "c")  ### SOLUTION

# %% [markdown]
# **11.8 · The gradient check finds nothing, and yet the network learns badly. Where would you look?**
#
# - **a** – at what a layer remembers of the batch before
# - **b** – at the formula of the weights' gradient
# - **c** – at the slope of the bend

# %% exercise="11.8"
check("11.8", "a")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Remember
#
# - Equal units stay equal for ever: first weights must be random.
# - A sum of n random numbers grows like √n. Weights of size √(2 / n) hold a signal's size through ReLU.
# - What one layer does to the size, ten layers do ten times over.

# %%
status()

# %% [markdown]
# ## What comes next
#
# Your networks start well. Lesson 12 makes them fast: batches, momentum, Adam, and a learning rate that changes on the way.
#
# **Next:** [12 · Move faster](12_move_faster.ipynb). Did you skip a lesson? In lesson 12, `checkpoint("12")` brings the pieces that it needs.
