# %% [markdown] slideshow={"slide_type": "slide"}
# # 00 · Meet the network
#
# **You will do:** guess how a network learns, let one learn, play with another, and look inside it while it learns.
#
# **You will learn:** a network is a pile of numbers that are nudged, again and again, to be a little less wrong.
#
# **You need:** some Python. Nothing has to be written here. You guess, you run, you look.
#
# **Time:** about 15 minutes.

# %% [markdown]
# Click a grey cell and press **Shift + Enter**: it runs, and the next is chosen. Begin with the one below.

# %%
from lessons.checks import predict, reveal, status
from lessons.figures import curves, digits
from nnlib.data import load_zeros_and_ones
from widgets import Workbench

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Look at the data
#
# People wrote zeros and ones by hand. Each image has 28 × 28 = 784 pixels, and each pixel is a number from
# 0 (paper) to 1 (ink). So an image is 784 numbers.

# %% tags=["nbval-check-output"]
x_train, y_train, x_test, y_test = load_zeros_and_ones()
x_train.shape, y_train.shape, x_test.shape

# %% [markdown]
# `x_train` has the shape (784, 700): one row for each pixel, **one column for each image**. `y_train` holds the
# truth about them, 0 or 1. The 300 images of `x_test` are kept apart: the network will never learn from them, so they
# tell how it does on something new.

# %%
some = [0, 1, 2, 3, 696, 697, 698, 699]  # zeros come first, ones last
titles = [f"label {int(label)}" for label in y_train[0, some]]
digits(x_train[:, some], titles,
       alt=f"Eight handwritten digits: {', '.join(titles)}.")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Make the network
#
# Three blocks. Each has a `Dense` layer, whose **units** (64, 64 and 1) multiply and add, and an activation, which
# bends the result. 784 numbers go in. One comes out: the probability that the image shows a one.

# %%
from nnlib.activation import ReLU, Sigmoid
from nnlib.layer import Dense

layers = (
    (Dense(64), ReLU()),
    (Dense(64), ReLU()),
    (Dense(1), Sigmoid())
)

# %% [markdown]
# The **loss** is one number that says how wrong the network is: 0 would be perfect. The **learning rate** says how far
# each nudge goes.

# %%
from nnlib.loss import BinaryCrossEntropy
from nnlib.model import NeuralNetwork

model = NeuralNetwork(
    layers=layers,
    loss=BinaryCrossEntropy(),
    learning_rate=0.1,
    seed=0
)

# %% [markdown]
# How many numbers is this network? Each of the first 64 units has a weight for every pixel, and one number more, its
# bias: 784 · 64 + 64. Then come 64 · 64 + 64, then 64 + 1.

# %% tags=["nbval-check-output"]
model.build(features=784)
model.parameters.size

# %% [markdown]
# 54,465 numbers, random at first (`seed=0` says which). What it says of the eight images is as random:

# %% tags=["nbval-check-output"]
model.predict(x_train[:, some]).round(2)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Guess, then train
#
# One **epoch** shows all 700 images once and nudges the numbers once. You are about to run 100 epochs.
#
# **Before you do: what will the loss do?**
#
# - **a** – fall in a straight line
# - **b** – fall fast at first, then ever more slowly
# - **c** – jump up and down
# - **d** – stay where it is
#
# Run the cell and choose. (Where nothing can be chosen, put your letter in place of the dots: `predict("00.1", "a")`.)

# %% exercise="00.1"
predict("00.1", "b")  ### SOLUTION

# %% [markdown]
# Now train. After every epoch the network is also tried on the 300 test images.

# %%
history = model.fit(x_train, y_train, epochs=100,
                    validation=(x_test, y_test))
first, last = history.loss[0], history.loss[-1]
curves({"training loss": history.loss},
       alt=f"The loss falls from {first:.2f} to {last:.3f}, "
           "steeply at first.")

# %%
reveal("00.1")

# %% [markdown]
# What does it say now of the eight images?

# %% tags=["nbval-check-output"]
said = model.predict(x_train[:, some])
[round(float(answer), 1) for answer in said[0]]

# %% [markdown]
# Nothing in this run knew what a zero looks like. There were only numbers, and a rule for nudging them.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Two ways to be right
#
# **Accuracy** is the share of images that the network gets right. An answer above 0.5 counts as a one.
#
# Here are two networks and three images, all three of them ones:
#
# | | image 1 | image 2 | image 3 | accuracy |
# | --- | --- | --- | --- | --- |
# | first network | 0.53 | 0.53 | 0.53 | 3 of 3 |
# | second network | 0.99 | 0.99 | 0.40 | 2 of 3 |
#
# **Which one has the smaller loss?**
#
# - **a** – the first: it gets all three right
# - **b** – the second, though it gets one wrong
# - **c** – both have the same

# %% exercise="00.2"
predict("00.2", "b")  ### SOLUTION

# %% tags=["nbval-check-output"]
import numpy as np

loss, truth = BinaryCrossEntropy(), np.array([[1., 1., 1.]])
first_network = np.array([[.53, .53, .53]])
second_network = np.array([[.99, .99, .40]])
round(loss(first_network, truth), 2), round(loss(second_network, truth), 2)

# %%
reveal("00.2")

# %% [markdown] tags=["claim:test_the_accuracy_stays_while_the_loss_falls_to_a_fifth"]
# **Loss and accuracy are not the same thing.** See your run. From epoch 5 to 100 the accuracy on the
# test images hardly changes; the loss falls to less than a fifth.

# %% tags=["nbval-check-output"]
for epoch in (1, 5, 20, 100):
    accuracy = history["validation_accuracy"][epoch - 1]
    test_loss = history["validation_loss"][epoch - 1]
    print(f"epoch {epoch:3}: {accuracy:.1%} right, loss {test_loss:.3f}")

# %% [markdown] tags=["claim:test_more_are_right_after_two_epochs_than_after_ten"]
# Play with a smaller network. Its examples are points of a plane, in two classes, the hollow ones held back for
# testing; the colours are its answers.
#
# 1. Press **Update** (▸▸|) ten times, slowly. Each press is one epoch, and makes the loss smaller. Watch *Right*:
#    it begins at 81 %, by luck, and is higher after the second press than after the tenth.
# 2. Press **Play** and watch the border bend. **Pause** stops it.
# 3. Type 10 for the learning rate, press **Reset** (↺), then **Play**. Each nudge goes too far: lesson 05 shows why.
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The workbench after ten epochs: on top its buttons, the loss, which falls, and the share of right answers, which does not rise; below, a network of two inputs, two layers of eight units and one output, and beside it the plane with points of two classes and the border between them](../pictures/workbench_tour.png)
#
# </details>

# %%
Workbench(
    only=("data", "learning_rate"), pane="Weights",
    hide=("card", "points", "forward", "parameters", "health",
          "code", "chain", "compare", "check", "share",
          "examples", "noise", "test", "seed", "features",
          "activations", "initializer", "dropout", "optimizer",
          "batch", "schedule", "l1", "l2"))

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Look inside
#
# Each nudge has four phases, always in this order:
#
# 1. **forward** – numbers go through the network, an answer comes out;
# 2. **loss** – how wrong was it?
# 3. **backward** – for every weight: which way would be less wrong?
# 4. **update** – a little that way.
#
# The workbench shows them one by one, on a small network with two inputs. **In which phase do the weights change?**
#
# - **a** – forward
# - **b** – loss
# - **c** – backward
# - **d** – update
#
# When you have predicted, it opens, with all settings: leave them for later. Press **Step** (▸|) until you have seen
# all four; watch which line of code each is. **Back** (|◂) goes the other way.
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The workbench: a small network drawn as columns of units with packets on its weights, the map of its answers, the loss curve, and below them the moments of an update, the line of code that ran and its numbers](../pictures/workbench.png)
#
# </details>

# %% exercise="00.3"
steps = Workbench(data="moons", hidden=[4])
predict("00.3", "d", explorer=steps)  ### SOLUTION

# %%
reveal("00.3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Remember
#
# - A network is numbers being nudged. Here there were 54,465 of them.
# - Forward, loss, backward, update: only the update changes the weights.
# - Loss and accuracy are not the same thing. Training sees the loss alone.
#
# `status()` shows your course at a glance, in every lesson.

# %%
status()

# %% [markdown]
# ## What comes next
#
# From here on you build it yourself, piece by piece, until a network of your own code reads these digits. First the data
# need a shape that it can read.
#
# **Next:** [01 · Shape the data](01_shape_the_data.ipynb).
