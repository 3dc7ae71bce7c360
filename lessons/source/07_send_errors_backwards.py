# %% [markdown] slideshow={"slide_type": "slide"}
# # 07 · Send errors backwards
#
# **You will do:** write the backward pass of a whole network in three pieces, and watch it run.
#
# **You will learn:** one transposed matrix sends the errors of a whole layer back; one mean, taken once, makes gradients
# of them.
#
# **You need:** lesson 06 (upstream times local), and your `Dense`, `ReLU` and `Sigmoid`.
#
# **Time:** about 40 minutes.

# %%
import numpy as np

from lessons.checks import check, checkpoint, hint, mine_or_reference
from lessons.checks import predict, reveal, solution, status
from nnlib.data import moons
from widgets import Workbench

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Before you start
#
# The loss is a mean over all examples, so a gradient is a mean too: add up every example's gradient, divide by their
# number m. Somebody forgets the division. With 20 examples the network still learns. Then they collect 2,000 examples of the
# same kind and run the same program.
#
# **What happens?**
#
# - **a** – it does not learn at all any more
# - **b** – it learns 100 times faster
# - **c** – it learns as before, a little better

# %% exercise="07.1"
predict("07.1", "a")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## One layer, two examples
#
# One unit reads two features. There are two examples, A and B, one in each column as always:
#
# | | A | B |
# | --- | --- | --- |
# | x₁ | 1 | 3 |
# | x₂ | 2 | 0 |
# | dz | 0.5 | −1.5 |
#
# `dz`, the **error** of the unit, is the upstream of lesson 06: how the loss **of this one example** changes with its
# z. You know the gradient of one example: upstream times input.
#
# - A gives (0.5 · 1, 0.5 · 2) = (0.5, 1)
# - B gives (−1.5 · 3, −1.5 · 0) = (−4.5, 0)
# - the gradient is their mean: ((0.5 − 4.5) / 2, (1 + 0) / 2) = **(−2, 0.5)**
# - for the bias the local slope is 1: (0.5 − 1.5) / 2 = **−0.5**
#
# ### Exercise 07.2 · Two other examples
#
# A is (2, −1) with dz = 1, and B is (0, 4) with dz = 0.5. Work out the gradients of both weights and of the bias.

# %% exercise="07.2"
grad_w1 = 1.0  ### SOLUTION
grad_w2 = 0.5  ### SOLUTION
grad_b = 0.75  ### SOLUTION

# %%
check("07.2")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## All of them in one line
#
# "Multiply and add up over the examples" is what a matrix product does. The examples must be what the two matrices
# share, so the inputs are turned: `inputs.T` has the shape (m, features).

# %% tags=["nbval-check-output"]
inputs = np.array([[1.0, 3.0],
                   [2.0, 0.0]])
dz = np.array([[0.5, -1.5]])
print("added up  ", dz @ inputs.T)
print("their mean", dz @ inputs.T / 2)

# %% [markdown]
# The same two numbers as by hand. For any layer:
#
# $$\frac{\partial L}{\partial W} = \frac{1}{m}\, dZ\, X^\top \qquad \frac{\partial L}{\partial b} = \text{mean of } dZ \text{ over the examples}$$
#
# In words: errors times inputs, added up over the examples, divided by how many there are. X is `inputs`, shape (features,
# m). dZ is `dz`, shape (units, m). The results have the shapes of what they belong to: (units, features) like the
# weights W, and (units, 1) like the bias b.
#
# ### Exercise 07.3 · The gradients of a layer
#
# Return both gradients, the weights' first. It has to work for any number of units, features and examples, and where the
# arrays hold whole numbers, as yours on paper.

# %% exercise="07.3"
def layer_gradients(inputs, dz):
    """The gradients of the weights (units, features) and of the bias
    (units, 1): means over the examples.
    """
    ### BEGIN SOLUTION
    m = inputs.shape[1]
    grad_weights = dz @ inputs.T / m
    grad_bias = dz.mean(axis=1, keepdims=True)
    return grad_weights, grad_bias
    ### END SOLUTION


# %%
check("07.3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The way back through the weights
#
# The layer has its gradients. The layer below is still waiting: it needs to know how the loss changes with what it gave
# out. Those are this layer's inputs.
#
# Take two units that read two features, and one example with dz = (3, −2):
#
# | | from feature 1 | from feature 2 | dz |
# | --- | --- | --- | --- |
# | unit 1 | 1 | −1 | 3 |
# | unit 2 | 2 | 0.5 | −2 |
#
# Feature 1 went to unit 1 multiplied by 1, and to unit 2 multiplied by 2. The errors come back the same two
# ways: 1 · 3 + 2 · (−2) = **−1**. For feature 2 it is −1 · 3 + 0.5 · (−2) = **−4**.
#
# On the way forward you went along the **rows** of the weights, one row a unit. On the way back you go down the
# **columns**, one column a feature. Turning rows into columns is what `.T` does.
#
# ### Exercise 07.4 · Send it back
#
# `weights` has the shape (units, features), `dz` the shape (units, m). Return how the loss changes with each input, shape
# (features, m). Each example keeps a column of its own: nothing is added up over the examples here, and nothing is
# divided. These arrays, too, may hold whole numbers.

# %% exercise="07.4"
def send_back(weights, dz):
    """How each example's loss changes with each input, (features, m)."""
    ### BEGIN SOLUTION
    return weights.T @ dz
    ### END SOLUTION


# %%
check("07.4")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Through the whole network
#
# A network is a list of blocks, and a block is a layer with its activation. (The workbench counts them as layer 1, layer 2
# and so on.) Here is the forward pass. It does what yours did in lesson 06: it **remembers**. Each layer keeps what it
# read (`inputs`) and what it gave out before the bend (`output`, that is z).

# %%
def forward(blocks, x):
    for layer, activation in blocks:
        layer.inputs = x
        layer.output = layer(x)
        x = activation(layer.output)
    return x

# %% [markdown]
# The way back begins at the end: `for layer, activation in reversed(blocks):` takes the last block first. In each block four
# things happen.
#
# - `grad` arrives: how each example's loss changes with what the block gave out, shape (units, m)
# - through the bend: `dz` is `grad` times the slope of the activation at `layer.output`, place by place
# - **the layer keeps its gradients**, as `layer.grad_weights` and `layer.grad_bias`
# - **what is left goes to the block before** and is its `grad`
#
# ### Exercise 07.5 · The whole way back
#
# Use your two pieces. An activation knows its slope: `activation.gradient(z)`, as in lesson 03. The gradients stay
# with their layers. What is left when the first block has been passed is returned: how each example's loss changes
# with the network's own inputs.

# %% exercise="07.5"
def backward_step(blocks, grad):
    """Fill every layer's grad_weights and grad_bias; grad arrives at the
    end of the last block.
    """
    ### BEGIN SOLUTION
    for layer, activation in reversed(blocks):
        dz = grad * activation.gradient(layer.output)
        layer.grad_weights, layer.grad_bias = layer_gradients(
            layer.inputs, dz)
        grad = send_back(layer.weights, dz)
    return grad
    ### END SOLUTION


# %%
check("07.5")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Once, never, twice
#
# Now the question from the beginning. A network of **your** parts, 2-8-1, learns to tell two half moons apart: 300 steps at
# the learning rate 0.1. The gradients are multiplied by a `factor`. It is 1 for the right mean. Who never divides has
# gradients m times too large, who divides twice has them m times too small.

# %% tags=["long"]
# long: the four phases in one piece, so that runs differ in a number only
my_dense, my_relu, my_sigmoid, my_backward = map(
    mine_or_reference, ("Dense", "ReLU", "Sigmoid", "backward_step"))
my_loss = mine_or_reference("BinaryCrossEntropy")()

def trained(m, factor, steps=300, rate=0.1):
    """The loss after so many steps on m examples of two moons."""
    x, y = moons(m, 0.1, 0)
    blocks = [(my_dense(8), my_relu()), (my_dense(1), my_sigmoid())]
    rng = np.random.default_rng(0)
    for (layer, _), features in zip(blocks, (2, 8), strict=True):
        layer.build(features, rng)
    with np.errstate(all="ignore"):
        for _ in range(steps):
            output = forward(blocks, x)
            my_backward(blocks, my_loss.gradient(output, y))
            for layer, _ in blocks:
                layer.weights -= rate * factor * layer.grad_weights
                layer.bias -= rate * factor * layer.grad_bias
        return float(my_loss(forward(blocks, x), y))

# %% [markdown]
# One row for each number of examples. The three numbers are the losses after training; the lower, the better.

# %%
for m in (20, 200, 2000):
    losses = [trained(m, factor) for factor in (m, 1, 1 / m)]
    never, once, twice = losses
    print(f"m = {m:4}   never {never:6.3f}", end="   ")
    print(f"once {once:6.3f}   twice {twice:6.3f}")

# %%
reveal("07.1")

# %% [markdown] tags=["claim:test_divided_once_the_loss_is_of_one_size_for_any_number_of_examples"]
# Read the columns from top to bottom.
#
# - **Once**: the three losses are of one size. They differ as the points that were drawn differ. The mean makes a step
#   independent of how many examples there are.
# - **Never**: with 20 examples it may even look *better*: the rate is secretly 20 times as large, 2 instead of 0.1. With 200 the
#   secret rate is 20, and with 2,000 it is 200: lesson 05's walk that flies off. Where you read `nan`, "not a number", it
#   has left the range of all numbers.
# - **Twice**: with more examples it stands stiller and stiller. No error, no warning.
#
# Nothing in the program changed between the rows. A program that works on a small test and fails on the real data often
# has this mistake. So: **divide by m exactly once**, in the gradients of the layer and nowhere else. Not in the loss's
# gradient, not in `send_back`.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Watch your own lines run
#
# In the workbench a network learns with your pieces. Each layer goes back through two functions: `layer_gradients` and
# `send_back`, **yours** where you have written them. `class MyDense(my_dense)` is the `Dense` you know with one method
# more, which calls the two (the workbench keeps `self.inputs` for it). The workbench goes into them and shows which line runs, with its numbers and shapes.
#
# **Layer 1 has 4 units, layer 2 has 3. For 140 examples, which shape has what layer 2 hands back to layer 1?**
#
# - **a** – (4, 140)
# - **b** – (3, 140)
# - **c** – (3, 4)

# %% exercise="07.6"
predict("07.6", "a")  ### SOLUTION

# %% [markdown]
# Press **Step** (▸|, a triangle with a bar) until the phase is *backward* and go on from there, slowly. For each layer
# look for three things: the `dz` that arrives (nnlib's lines call it `grad_output`), the
# `grad_weights` that stay, and what is handed on. On the way back the weights stand turned, as `weights.T`. In the phase *update* they
# stand beside their gradient: compare the two shapes there. Then press **Back** (|◂) and see the same moments again.
#
# Above the code stands whose it is: *your code*, or nnlib's or the solution's, where one of your pieces has not passed. Pass
# its exercise and run the cells again, and yours is there. The loss and the update stay nnlib's. On the
# way back the last sigmoid has no moment of its own: its slope and the loss's are taken together, and a − y is left (lesson 04).
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The workbench in the backward phase: the network with the layer that is at work, the source line of the learner's own backward method, the equation with its shapes, and the matrices](../pictures/send_errors_backwards.png)
#
# </details>

# %%
gradients_of_layer = mine_or_reference("layer_gradients")
sent_back = mine_or_reference("send_back")

class MyDense(my_dense):
    def backward(self, dz):
        gradients = gradients_of_layer(self.inputs, dz)
        self.grad_weights, self.grad_bias = gradients
        return sent_back(self.weights, dz)

Workbench(dense=MyDense, activation=my_relu(), hidden=(4, 3),
          learning_rate=0.1, seed=11, numbers="all examples")

# %%
reveal("07.6")

# %% [markdown] slideshow={"slide_type": "slide"} tags=["claim:test_the_error_comes_back_along_every_line_in_lesson_07"]
# ## Multiply one out
#
# A gradient is one number for each weight, and you can follow any of them. In the workbench above, open the tab **Chain** and click a line
# between the inputs and the first layer. By keyboard: go to the network with Tab, along the lines with the arrow keys, and press
# Enter. A box with the weight opens beside it; its × closes it. In the tab stands the **tracer**: this one weight, for one
# example, from the loss down. The first row is where the error begins, the last the mean over the examples. Each row
# between them is lesson 06's product, *local · upstream*, and its result is the upstream of the row below.
#
# 1. Take a calculator. Multiply out two rows and compare them with *gives*, what your code should have handed down, and with
#    *recorded*, what it did hand down. (One example's share of the gradient is recorded nowhere.)
# 2. The row of a layer with several units is a sum: the error comes back along several lines, as in exercise 07.4. Press
#    another of its products, and the chain follows that unit.
# 3. Type another *Example*. Which rows change? The last one does not: it is the mean over all examples, and there `/ m` stands.
# 4. Go to the backward moment of layer 1 that shows `grad_weights`, open *Code*, and find the same number in it.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recall
#
# Two questions about earlier lessons. Answer before you look anything up.
#
# **07.7 · For one example a hidden unit has z = −1 and the bend ReLU. The upstream of its output is 4. What is dz?**
#
# - **a** – 4
# - **b** – −4
# - **c** – 0

# %% exercise="07.7"
check("07.7", "c")  ### SOLUTION

# %% [markdown]
# **07.8 · A layer of 8 units reads 2 features of 200 examples. What shape has its output z?**
#
# - **a** – (8, 2)
# - **b** – (8, 200)
# - **c** – (200, 8)

# %% exercise="07.8"
check("07.8", "b")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Remember
#
# - A layer's gradients: `dz @ inputs.T / m` for the weights, the mean of `dz` for the bias. The mean is taken here, once.
# - Errors go back through the weights by which the values came: `weights.T @ dz`.
# - A gradient has the shape of what it belongs to.

# %%
status()

# %% [markdown]
# ## What comes next
#
# Your backward pass ran, and the loss fell. Does that mean it is right? Lesson 08 shows a wrong one, printed in public, whose
# loss falls too, and builds the tool that tells them apart.
#
# **Next:** [08 · Trust nothing](08_trust_nothing.ipynb). Did you skip a lesson? In lesson 08, `checkpoint("08")` brings the pieces that it needs.
