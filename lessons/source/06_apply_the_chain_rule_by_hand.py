# %% [markdown] slideshow={"slide_type": "slide"}
# # 06 · Apply the chain rule by hand
#
# **You will do:** follow one number back through a neuron, fill in a whole network by hand, and write its backward pass.
#
# **You will learn:** the chain rule is one product, again and again: local × upstream.
#
# **You need:** lessons 02 to 05: the neuron, the bend, the loss, and the step downhill.
#
# **Time:** about 45 minutes.

# %%
import numpy as np

from lessons.checks import check, checkpoint, hint, mine_or_reference
from lessons.checks import predict, reveal, solution, status
from widgets import BackpropBoard

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Before you start
#
# Lesson 05 walked downhill along a slope. A network has one slope for each of its parameters: its **gradients**.
# **Backprop** is the way to work them all out.
#
# **A network has nine parameters and the loss 1. You work out all nine gradients, correctly. What is its loss now?**
#
# - **a** – 1, as before
# - **b** – 0: the gradients lead to the bottom
# - **c** – a little smaller than 1
# - **d** – that depends on the learning rate

# %% exercise="06.1"
predict("06.1", "a")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Two gears
#
# One neuron, one example. The weight is w = 1.5, the bias b = 0, the input x = 2, and the label y = 1. The loss is the
# squared error.
#
# - forward: z = 1.5 · 2 + 0 = 3
# - loss: L = (3 − 1)² = 4
#
# Nudge the weight by 0.001 and watch how far the others turn, like two gears.

# %% tags=["nbval-check-output"]
w, b, x, y = 1.5, 0.0, 2.0, 1.0
nudge = 0.001
z, z_nudged = w * x + b, (w + nudge) * x + b
print("z moves by", round(z_nudged - z, 6))
print("L moves by", round((z_nudged - y) ** 2 - (z - y) ** 2, 6))

# %% [markdown]
# The first gear turns z by 0.002: **2** times the nudge, because the weight is multiplied by x = 2. The second gear turns L
# by about 0.008: **4** times what z moved, because the slope of (z − y)² is 2 · (3 − 1) = 4. Together 2 · 4 = **8**.
#
# That is the chain rule. Each gear in a network needs to know two numbers only:
#
# - **upstream**: how L changes with what the gear gave out. Somebody further along has worked that out already.
#   (The last gear gives out L itself: nothing is behind it, and its local slope is the first upstream.)
# - **local**: how what the gear gave out changes with what it took in. The gear knows that by itself.
#
# Their product is how L changes with what the gear took in. It is the upstream of the gear before.
#
# $$\frac{\partial L}{\partial w} = \frac{\partial L}{\partial z} \cdot \frac{\partial z}{\partial w} = 2(z - y) \cdot x$$
#
# In words: the gradient of the weight is upstream times local. (The round ∂, say "d", stands for a slope along one number
# while all others stay where they are.) Every symbol here is a single number. In code
# the gradient of `w` is called `grad_w`. For the bias the local slope is 1, since z = wx + b moves by as much as b does.

# %% [markdown]
# ### Exercise 06.2 · One neuron backwards
#
# Now w = 2, b = 0.5, x = −1, y = 1. Pencil and paper: first z, then the gradient of L with respect to z (`upstream`),
# then the gradients of the weight and of the bias.

# %% exercise="06.2"
upstream = -5.0  ### SOLUTION
grad_w = 5.0  ### SOLUTION
grad_b = -5.0  ### SOLUTION

# %%
check("06.2")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The same for many weights
#
# ### Exercise 06.3 · The gradient of every weight of a neuron
#
# `weights` and `inputs` have the shape (features,); `bias` and `label` are numbers. The neuron gives z = weights @ inputs +
# bias, and the loss is (z − label)². Return the gradient of each weight, an array of shape (features,).

# %% exercise="06.3"
def neuron_gradient(weights, bias, inputs, label):
    """How the squared error changes with each weight, (features,)."""
    ### BEGIN SOLUTION
    z = weights @ inputs + bias
    return 2 * (z - label) * inputs
    ### END SOLUTION


# %%
check("06.3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A network of three units
#
# Two inputs, two hidden units with a ReLU bend, one output unit without a bend: a 2-2-1 network. It has nine parameters.
#
# | | weight of x₁ | weight of x₂ | bias |
# | --- | --- | --- | --- |
# | hidden unit 1 | w₁₁ = 1 | w₁₂ = −1 | b₁ = 0.5 |
# | hidden unit 2 | w₂₁ = −1 | w₂₂ = 0.5 | b₂ = 0.5 |
#
# | | weight of a₁ | weight of a₂ | bias |
# | --- | --- | --- | --- |
# | output unit | v₁ = 2 | v₂ = 3 | c = −1 |
#
# The example is x₁ = 2, x₂ = 1 with the label y = 1. Hidden unit 1 goes first:
#
# - z₁ = 1 · 2 + (−1) · 1 + 0.5 = **1.5**
# - a₁ = max(0, 1.5) = **1.5**
#
# ### Exercise 06.4 · The rest of the forward pass
#
# Work out hidden unit 2, the output 2 · a₁ + 3 · a₂ − 1, and the loss (output − y)².

# %% exercise="06.4"
z_2 = -1.0  ### SOLUTION
a_2 = 0.0  ### SOLUTION
output = 2.0  ### SOLUTION
loss = 1.0  ### SOLUTION

# %%
check("06.4")

# %% [markdown]
# ### Exercise 06.5 · Forward in plain numbers
#
# Write down for any nine parameters what you have done. `parameters` has the shape (9,), `x` the shape (2,); the first
# lines take them apart into plain numbers. Return z₁, z₂, a₁, a₂ and the output, in this order, as an array of shape (5,):
# the way back will need them all.

# %% exercise="06.5"
def forward_by_hand(parameters, x):
    """z1, z2, a1, a2 and the output of a 2-2-1 network, shape (5,)."""
    w11, w12, w21, w22, b1, b2, v1, v2, c = parameters
    x1, x2 = x
    z1 = w11 * x1 + w12 * x2 + b1
    ### BEGIN SOLUTION
    z2 = w21 * x1 + w22 * x2 + b2
    a1, a2 = max(0.0, z1), max(0.0, z2)
    output = v1 * a1 + v2 * a2 + c
    return np.array([z1, z2, a1, a2, output])
    ### END SOLUTION


# %%
check("06.5")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Back through hidden unit 1
#
# The way back begins where the way forward ended. Each line is upstream × local.
#
# | gradient of | upstream | local | product |
# | --- | --- | --- | --- |
# | output | – | 2 · (2 − 1), the slope of the square | 2 |
# | v₁ | 2 | a₁ = 1.5 | **3** |
# | c | 2 | 1 | **2** |
# | a₁ | 2 | v₁ = 2 | 4 |
# | z₁ | 4 | 1: the bend lets z₁ = 1.5 through | 4 |
# | w₁₁ | 4 | x₁ = 2 | **8** |
# | w₁₂ | 4 | x₂ = 1 | **4** |
# | b₁ | 4 | 1 | **4** |
#
# A product has two factors, and each is the local slope of the other: for v₁ the local slope is a₁, for a₁ it is v₁.
# That is why forward has to remember its numbers.
#
# **Hidden unit 2 had z₂ = −1. What is the gradient of its weight w₂₁?**
#
# - **a** – 0
# - **b** – negative, like z₂
# - **c** – 12: the upstream 2, times v₂ = 3, times x₁ = 2

# %% exercise="06.6"
predict("06.6", "a")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## All of it on one board
#
# This board is the same network, run with **your** `Dense` and **your** `ReLU`. Fill in the boxes: first those of the
# forward pass, then those of the gradients, from the loss back to the inputs. Enter takes you to the next box in this
# order. `3/4`, `0.75` and `.7500` are all read.
#
# A wrong box spoils none of the later ones: each is judged as if all before it were right. **Hint for the next box** gives
# the formula, and with a second press the numbers in it. Read the sentence above the network when all twenty are right.
# Then press **New board** and do one without hints.
#
# Want more? Beside *Hidden layers, units in each* stands a box for every hidden layer, here one, with its 2 units. The **+**
# adds a second layer. (Where the board is too wide then, scroll it sideways.) A gradient comes back to unit 1 on several
# ways at once, one through each unit of the next layer, and they are added up.
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The backprop board: two inputs on the left, a card for each of the two hidden units, a card for the output unit and one for the loss, with a box for every value and every gradient](../pictures/backprop_board.png)
#
# </details>

# %%
my_dense, my_relu = mine_or_reference("Dense"), mine_or_reference("ReLU")
BackpropBoard(dense=my_dense, activation=my_relu,
              parameters=[1, -1, -1, 0.5, 0.5, 0.5, 2, 3, -1],
              x=[2, 1], y=1)

# %%
reveal("06.6")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Backward in plain numbers
#
# ### Exercise 06.7 · All nine gradients
#
# `values` is what `forward_by_hand` returned. Return the nine gradients in the order of the parameters: the array has the
# same shape, (9,), and each gradient stands where its parameter stands. A comparison such as `z1 > 0` counts as 1 or 0 in a
# product.

# %% exercise="06.7"
def backward_by_hand(parameters, values, x, y):
    """How (output - y)² changes with each parameter, shape (9,)."""
    v1, v2 = parameters[6:8]
    z1, z2, a1, a2, output = values
    x1, x2 = x
    ### BEGIN SOLUTION
    grad_output = 2 * (output - y)
    grad_z1 = grad_output * v1 * (z1 > 0)
    grad_z2 = grad_output * v2 * (z2 > 0)
    return np.array([grad_z1 * x1, grad_z1 * x2,
                     grad_z2 * x1, grad_z2 * x2, grad_z1, grad_z2,
                     grad_output * a1, grad_output * a2, grad_output])
    ### END SOLUTION


# %%
check("06.7")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Backprop is not the update
#
# Your two functions on the network from above. Where one is not done yet, the reference steps in.

# %% tags=["nbval-check-output"]
forward = mine_or_reference("forward_by_hand")
backward = mine_or_reference("backward_by_hand")
parameters = np.array([1, -1, -1, 0.5, 0.5, 0.5, 2, 3, -1])
x, y = np.array([2.0, 1.0]), 1.0
before = parameters.copy()
gradients = backward(parameters, forward(parameters, x), x, y)
print("gradients        ", gradients.round(2) + 0.0)
print("parameters moved?", bool((parameters != before).any()))
loss_before = float(forward(parameters, x)[4] - y) ** 2
print("loss             ", round(loss_before, 4))

# %%
reveal("06.1")

# %% [markdown]
# Nine gradients, and not one parameter has moved. Gradients are knowledge: which way is downhill, and how steep. To
# **walk** there is another act, the update of lesson 05. Here it is, with the learning rate 0.01.

# %% tags=["nbval-check-output"]
updated = parameters - 0.01 * gradients
loss_after = float(forward(updated, x)[4] - y) ** 2
print("loss after the update", round(loss_after, 4))

# %% [markdown]
# From 1 to 0.21 in one step. Note what did not take part, the four zeros: all three parameters of hidden unit 2, and v₂,
# which is multiplied by a₂ = 0. For this example the unit was off, so no small change there moves the loss.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Put it in order
#
# ### Exercise 06.8 · The loss after one step
#
# `parameters`, `x`, `y` and `rate` are given. These lines take one step downhill and measure the loss **after** it. They
# are shuffled, and one of them does not belong.
#
# ```text
# A   error = forward_by_hand(parameters, x)[4] - y
# B   parameters = parameters - rate * gradients
# C   values = forward_by_hand(parameters, x)
# D   parameters = parameters - rate * values
# E   loss = error ** 2
# F   gradients = backward_by_hand(parameters, values, x, y)
# ```
#
# Run the cell and move the lines. Or give their letters in order: `check("06.8", "A B C")`.

# %% exercise="06.8"
check("06.8", "C F B A E")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recall
#
# Two questions about earlier lessons. Answer before you look anything up.
#
# **06.9 · A weight is 1, its gradient is −3, the learning rate 0.1. What is the weight after the update?**
#
# - **a** – 0.7
# - **b** – 1.3
# - **c** – −3

# %% exercise="06.9"
check("06.9", "b")  ### SOLUTION

# %% [markdown]
# **06.10 · What would our 2-2-1 network be without its two bends?**
#
# - **a** – one neuron with two inputs, written in a long way
# - **b** – the same, but slower to train
# - **c** – a network that can draw sharper corners

# %% exercise="06.10"
check("06.10", "a")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Remember
#
# - The chain rule at every step: gradient = upstream × local.
# - In a product, the local slope of one factor is the other factor. A bend lets through (slope 1) or stops (slope 0).
# - Backprop works out gradients and moves nothing. The update moves the parameters.

# %%
status()

# %% [markdown]
# ## What comes next
#
# Nine parameters took you a board full of products. A network for digits has thousands of parameters, and thousands of examples.
# Lesson 07 does the same with matrices: a whole layer and all examples in one line.
#
# **Next:** [07 · Send errors backwards](07_send_errors_backwards.ipynb). Did you skip a lesson? In lesson 07, `checkpoint("07")` brings the pieces that it needs.
