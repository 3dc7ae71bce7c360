# %% [markdown] slideshow={"slide_type": "slide"}
# # 09 · Close the loop
#
# **You will do:** write a network class from the first line to the last, and have it learn XOR and real digits.
#
# **You will learn:** training is four phases in the right order, again and again: forward, loss, backward, update.
#
# **You need:** your pieces of lessons 02 to 07. Where one is missing, the reference steps in and says so.
#
# **Time:** about 45 minutes.

# %%
import numpy as np

from lessons.checks import check, checkpoint, hint, mine_or_reference
from lessons.checks import predict, reveal, solution, status
from lessons.figures import curves, digits
from nnlib.data import load_zeros_and_ones
from widgets import Workbench

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Before you start
#
# Exclusive or, XOR, is 1 when exactly one of two inputs is 1. Lesson 03 showed that no straight line solves it, and that two
# ReLU units are **enough**: with the right weights a 2-2-1 network has all four answers right.
#
# Now nobody hands over the right weights. Twenty 2-2-1 networks begin with twenty different random weights. All learn with
# the same correct code, 2,000 steps each.
#
# **How many of the twenty find the answer?**
#
# - **a** – a few
# - **b** – about half
# - **c** – all, or nearly all

# %% exercise="09.1"
predict("09.1", "a")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Four phases
#
# The parts are yours by now. What is left is the order.
#
# 1. **forward**: from the inputs to the output, and every layer remembers what it read and gave
# 2. **loss**: how wrong is this output?
# 3. **backward**: from the loss to the gradients of every layer
# 4. **update**: every parameter takes a step
#
# ### Exercise 09.2 · One epoch after the other
#
# `network(x)` is forward, `network.loss` is the loss, `losses` is an empty list. These lines are the whole training.
# They are shuffled, and one of them does not belong: `network` has been built, for as many features as x has rows,
# `len(x)`. Each loss is noted before the weights move.
#
# ```text
# A       network.update()
# B       output = network(x)
# C   for epoch in range(epochs):
# D       network.build(len(x))
# E       losses.append(network.loss(output, y))
# F       network.backward_step(y)
# ```
#
# Run the cell and move the lines. Or give their letters in order: `check("09.2", "A B C")`.

# %% exercise="09.2"
check("09.2", "C B E F A")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Forward, from memory
#
# ### Exercise 09.3 · Forward
#
# `layers` is a tuple of blocks, each a pair of a layer and its activation. For each block: remember what comes in, as
# `layer.inputs`; remember z, as `layer.output`; give what the activation makes of z to the next block. Return what the last
# block gives.

# %% exercise="09.3"
def forward(layers, x):
    """From the inputs (features, m) to the output (units, m); every layer
    remembers.
    """
    ### BEGIN SOLUTION
    for layer, activation in layers:
        layer.inputs = x
        layer.output = layer(x)
        x = activation(layer.output)
    return x
    ### END SOLUTION


# %%
check("09.3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Update, for all layers
#
# Lesson 05's optimiser has `step(parameters, gradients)`, which changes the parameters in place. Every layer holds two
# arrays of parameters, `weights` and `bias`, and after the backward pass their gradients, `grad_weights` and
# `grad_bias`.
#
# ### Exercise 09.4 · Update
#
# Have the optimiser make its step for the weights and for the bias of every layer. `layers` holds blocks as before, pairs
# of a layer and its activation. Return the number of arrays that were updated.

# %% exercise="09.4"
def update_layers(layers, optimizer):
    """One step of the optimiser for every weights and every bias; returns
    how many arrays that were.
    """
    ### BEGIN SOLUTION
    for layer, _ in layers:
        optimizer.step(layer.weights, layer.grad_weights)
        optimizer.step(layer.bias, layer.grad_bias)
    return 2 * len(layers)
    ### END SOLUTION


# %%
check("09.4")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The network
#
# Lessons 07 and 08 put `layer_gradients` and `send_back` into a layer: `layer.backward(dz)` keeps the gradients and
# returns what goes further back. Here is that layer again, your `Dense` with one method more.

# %%
my_dense, layer_gradients, send_back = map(
    mine_or_reference, ("Dense", "layer_gradients", "send_back"))

class MyDense(my_dense):
    def backward(self, dz):
        self.grad_weights, self.grad_bias = layer_gradients(self.inputs, dz)
        return send_back(self.weights, dz)

# %% [markdown]
# ### Exercise 09.5 · Your network
#
# Two methods are written. Four are yours, most of them one or two lines. Use your `forward` and `update_layers`.
#
# - `__call__` remembers the output as `self.output`, for the way back, and returns it.
# - `backward_step` begins with `self.loss.gradient(self.output, labels)`. Then block by block from the last: times the
#   slope of the activation, `activation.gradient(layer.output)`, then `layer.backward(…)`.
# - `fit` returns the list of the losses, one number for each epoch, each measured **before** that epoch's update.

# %% exercise="09.5" tags=["long"]
# long: a class stands in one cell
class NeuralNetwork:
    """Blocks, a loss and an optimiser; forward, loss, backward, update."""

    def __init__(self, layers, loss, optimizer, seed=0):
        self.layers, self.loss, self.optimizer = layers, loss, optimizer
        self.rng, self.is_built = np.random.default_rng(seed), False

    def build(self, features):
        for layer, _ in self.layers:
            layer.build(features, self.rng)
            features = layer.units
        self.is_built = True

    def __call__(self, x):
        if not self.is_built:
            self.build(len(x))
        ### BEGIN SOLUTION
        self.output = forward(self.layers, x)
        return self.output
        ### END SOLUTION

    def backward_step(self, labels):
        ### BEGIN SOLUTION
        grad = self.loss.gradient(self.output, labels)
        for layer, activation in reversed(self.layers):
            grad = layer.backward(grad * activation.gradient(layer.output))
        ### END SOLUTION

    def update(self):
        ### BEGIN SOLUTION
        update_layers(self.layers, self.optimizer)
        ### END SOLUTION

    def fit(self, x, y, epochs):
        losses = []
        for _ in range(epochs):
            ### BEGIN SOLUTION
            output = self(x)
            losses.append(self.loss(output, y))
            self.backward_step(y)
            self.update()
            ### END SOLUTION
        return losses


# %%
check("09.5")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## XOR, by code that is all yours
#
# Four examples, one in each column. Twenty beginnings for each number of hidden units. Nothing here is nnlib's, unless
# a note says so.

# %%
my_network, my_relu, my_sigmoid, my_sgd, my_loss = map(
    mine_or_reference,
    ("NeuralNetwork", "ReLU", "Sigmoid", "SGD", "BinaryCrossEntropy"))
x = np.array([[0.0, 0.0, 1.0, 1.0],
              [0.0, 1.0, 0.0, 1.0]])
y = np.array([[0.0, 1.0, 1.0, 0.0]])

def has_learned_xor(units, seed):
    layers = ((MyDense(units), my_relu()), (MyDense(1), my_sigmoid()))
    one = my_network(layers, my_loss(), optimizer=my_sgd(0.5), seed=seed)
    with np.errstate(all="ignore"):
        one.fit(x, y, epochs=2000)
        return ((one(x) > 0.5) == y).all()

# %% [markdown]
# Twenty beginnings for each size. It takes up to a minute or so: 60 networks, 2,000 steps each.

# %%
solved = {units: sum(has_learned_xor(units, seed) for seed in range(20))
          for units in (2, 4, 8)}
for units, count in solved.items():
    print(f"{units} hidden units: {count:2} of 20 beginnings solve XOR")

# %%
reveal("09.1")

# %% [markdown] tags=["claim:test_eight_units_find_xor_from_nearly_every_beginning_and_two_from_few"]
# Two units are enough to **know** XOR. They are seldom enough to **learn** it: often a unit ends up off for all four
# examples. There the slope of ReLU is 0, nothing gets through, and it never wakes. Or both bends come to rest where
# they cannot part the answers. With eight units nearly every beginning finds a way.
#
# That is one reason why networks are larger than they need to be. The spare units are not needed for the answer, they are
# needed for finding it.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["claim:test_in_the_workbench_two_units_leave_some_points_wrong_and_eight_hardly_any"]
# ## Under the microscope
#
# The same network, with your parts, on XOR data with some noise. Press **Update** (▸▸|, two triangles and a bar) a few
# times, then **Step** (▸|, one triangle) through the four phases, and say each aloud before you look. Then **Play**, and
# watch *Right*. It stays near 70 %. Look for a hidden unit whose picture is blank: it is off for every point.
#
# How far does training carry the weights? Press **Reset** (a round arrow) and **Step**, open the tab *Compare* and press
# **Pin this moment**, then **Play** for a while. After **Pause**, press **Same moment in this update** and choose *weights*:
# then, now, and the difference.
#
# Do others do better? Open *All settings* (top right, the sliders) and try other numbers for *Seed*: each draws other points
# and other first weights. Put 800 into *Stop at epoch*, and **Play** ends there (an epoch is one update here). Two units
# then have between 68 % and 94 % right, from each of the first twenty seeds. Press + above the hidden layer until it has 8,
# and try again: 97 % and more, from each of the first twelve. (In JupyterLab, **Beside the notebook**, the button with two
# halves, puts the workbench to the right of the text, where it stays while you go on.)
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The workbench: the network with two hidden units, its decision map and loss curve, the four phases of one update, and the source line that ran](../pictures/close_the_loop.png)
#
# </details>

# %%
Workbench(dense=MyDense, activation=my_relu(), loss=my_loss,
          optimizer=my_sgd, data="xor", hidden=(2,),
          learning_rate=0.5, seed=19)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Real digits
#
# The zeros and ones of lesson 00, 784 pixels each: 700 to learn from, and 300 that the network never learns from.

# %% tags=["nbval-check-output"]
x_train, y_train, x_test, y_test = load_zeros_and_ones()
print("to learn from", x_train.shape, "  never seen", x_test.shape)

def learn_digits(scale, seed=0):
    layers = ((MyDense(16), my_relu()), (MyDense(1), my_sigmoid()))
    one = my_network(layers, my_loss(), optimizer=my_sgd(0.5), seed=seed)
    one.build(784)
    for block in layers:
        block[0].weights *= scale
    with np.errstate(all="ignore"):
        losses = one.fit(x_train, y_train, epochs=60)
        return losses, one(x_test)

# %% [markdown]
# First with the weights as they are drawn, then with weights a tenth as large, both with the learning rate 0.5. It
# takes up to half a minute:

# %%
for scale in (1, 0.1):
    losses, output = learn_digits(scale)
    right = np.mean((output > 0.5) == y_test)
    print(f"first weights times {scale:3}: loss {losses[0]:.3f} → "
          f"{losses[-1]:.4f}, {right:.1%} of new images right")

# %% [markdown] tags=["claim:test_weights_of_size_1_end_at_a_coin_toss_and_a_tenth_of_them_read_the_digits"]
# With your `Dense` of lesson 02 and your loss of lesson 04, the first line ends in `nan`, *not a number*, and at a coin
# toss. The weights that your `build` draws are about as large as 1, and a z of the first layer adds up 784 of them, each
# times a pixel. Half of these z are larger than 4 in size, and the last layer adds up 16 of what is left of them: for some
# images its z is beyond 30 or −30. So at the first look at the digits, or at the second, after one step, the sigmoid says
# exactly 0 or 1 for some images, the loss takes the logarithm of 0, and the next weights are nan. With weights a tenth as
# large the first z of the last layer are no larger than 2 in size, and the same code has nearly every image right. (nnlib's
# `Dense` chooses the size by itself. Lesson 11 shows how, and mends yours.)
#
# Here is what your network is least sure of. Would you have been?

# %%
doubt = np.argsort(np.abs(output[0] - 0.5))[:8]
titles = [f"says {output[0, k]:.2f}, is {y_test[0, k]:.0f}" for k in doubt]
digits(x_test[:, doubt], titles,
       alt="The eight test images that the network is least sure of: "
           f"{'; '.join(titles)}.")

# %% [markdown]
# And its loss, epoch by epoch:

# %%
curves({"your network": losses},
       alt="The loss of your network on the digits falls from "
           f"{losses[0]:.1f} to {losses[-1]:.3f} in 60 epochs.")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recall
#
# Two questions about earlier lessons. Answer before you look anything up.
#
# **09.6 · The loss of your network falls. What have you proved?**
#
# - **a** – that something in it learns
# - **b** – that all its gradients are right
# - **c** – that it will be right about new examples

# %% exercise="09.6"
check("09.6", "a")  ### SOLUTION

# %% [markdown]
# **09.7 · A network says a = 0.9 and the label is 0. What does cross-entropy charge?**
#
# - **a** – −log 0.9, about 0.11
# - **b** – −log 0.1, about 2.3
# - **c** – 0.9² = 0.81

# %% exercise="09.7"
check("09.7", "b")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Remember
#
# - Forward, loss, backward, update. `fit` is these four, again and again.
# - Backward needs what forward remembered; update needs what backward worked out.
# - A network that could know the answer need not find it. Spare units help it search.

# %%
status()

# %% [markdown]
# ## What comes next
#
# Your network learns. Networks of other people will land on your desk that learn too, and are wrong. In lesson 10 you hunt six
# bugs, and tell them apart by the alarms that ring.
#
# **Next:** [10 · Hunt bugs](10_hunt_bugs.ipynb). Did you skip a lesson? In lesson 10, `checkpoint("10")` brings the pieces that it needs.
