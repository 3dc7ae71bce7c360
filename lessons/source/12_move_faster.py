# %% [markdown] slideshow={"slide_type": "slide"}
# # 12 · Move faster
#
# **You will do:** cut data into batches, write Momentum, Adam and a schedule, and race them.
#
# **You will learn:** how many examples a step needs, and what it can remember of the steps before it.
#
# **You need:** lesson 05 (the step, the rate) and lesson 09 (the loop).
#
# **Time:** about 55 minutes.

# %%
import numpy as np

from lessons.checks import check, checkpoint, hint, mine_or_reference
from lessons.checks import predict, reveal, solution, status
from lessons.figures import curves
from nnlib import (
    BinaryCrossEntropy, Dense, LearningRateScheduler, NeuralNetwork,
    ReLU, Sigmoid)
from nnlib.data import moons
from widgets import DescentExplorer, Predict, Workbench

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Before you start
#
# 1,000 examples, 20 epochs: the network sees every example 20 times. It can take one exact step an epoch, from all 1,000
# examples. Or it can take a step after every ten examples, 100 steps an epoch, each along a gradient that is guessed
# from ten examples. Both ways are about as much arithmetic.
#
# **Which has the lower loss after the 20 epochs?**
#
# - **a** – the one with the exact steps
# - **b** – the one with the guessed steps
# - **c** – they end about the same: they have seen the same

# %% exercise="12.1"
predict("12.1", "b")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Batches
#
# A part of the examples that makes one step is a **batch**. Each epoch the examples are put into a new random order and
# dealt out. With 7 examples and a batch size of 3, the batches have 3, 3 and 1 examples: nobody is left out, nobody comes
# twice.
#
# `rng.permutation(7)` gives the numbers 0 to 6 in a random order. `x[:, order]` puts the columns of x into that order.
#
# ### Exercise 12.2 · Deal out the examples
#
# `x` has the shape (features, examples), `y` the shape (1, examples). Return a list of pairs `(x, y)`, one for each batch.
# Examples and labels must stay together. Ask `rng` once for an order.

# %% exercise="12.2"
def batches(x, y, size, rng):
    """All examples in a random order, dealt out in batches of `size`; the
    last may be smaller.
    """
    ### BEGIN SOLUTION
    order = rng.permutation(x.shape[1])
    starts = range(0, x.shape[1], size)
    dealt = [order[start : start + size] for start in starts]
    return [(x[:, places], y[:, places]) for places in dealt]
    ### END SOLUTION


# %%
check("12.2")

# %% [markdown]
# Now the question. The network is nnlib's, 2-8-1, the learning rate 0.3, for three batch sizes. For each batch
# `one_epoch` goes through the four phases; `training_loss` is the loss. (`**how` takes whatever is given by name and
# hands it on.)

# %%
x, y = moons(1000, 0.1, 0)
my_batches = mine_or_reference("batches")

def new_network(**how):
    layers = ((Dense(8), ReLU()), (Dense(1), Sigmoid()))
    return NeuralNetwork(layers, BinaryCrossEntropy(), seed=0, **how)

def one_epoch(model, size, rng):
    for some_x, some_y in my_batches(x, y, size, rng):
        model(some_x)
        model.training_loss(some_y)
        model.backward_step(some_y)
        model.update()

# %% [markdown]
# Twenty epochs each; `model.steps` has counted the updates:

# %%
for size in (1000, 100, 10):
    model, rng = new_network(learning_rate=0.3), np.random.default_rng(0)
    for _ in range(20):
        one_epoch(model, size, rng)
    loss = model.evaluate(x, y)
    print(f"batches of {size:4}: {model.steps:4} steps, loss {loss:.3f}")

# %%
reveal("12.1")

# %% [markdown] tags=["claim:test_the_smaller_of_three_batches_gets_further_in_twenty_epochs"]
# Ten examples guess the direction badly. But a hundred bad guesses in a row, each corrected by the next, get further
# than one exact step. Nearly all training of networks is done in batches.
#
# How much of a result is the luck of the deal? The pane *Compare* trains **twins**: this network and a second one that
# differs in one thing, here in the order of the batches alone. Press *Run both*. The losses of
# both are drawn by epoch. A second picture says, by update, how far apart the two are: the largest difference of a parameter, as a
# power of ten, so −3 is a thousandth. (0 is none; it is drawn at −18.) Look for the first number that differs, and at how
# far apart they end. Then try *nothing*, *the last digit of one weight* and *one label* at *One thing changed*. (The last digit is a binary one: of the
# decimals a few at the end change.)
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The workbench with its pane Compare: the losses of two networks, the distance between their parameters update by update, the first number in which they differ, and the source line that made it](../pictures/twins.png)
#
# </details>

# %%
Workbench(hidden=[6, 6], batch="16", show=("network", "compare"))

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Momentum: a ball that rolls
#
# Steps that are guesses shake to and fro. In a narrow valley even exact steps do: they jump from side to side (lesson
# 05). A rolling ball does not turn at once: it keeps part of its speed and gains what the slope gives it.
#
# $$v \leftarrow \beta\, v + g \qquad w \leftarrow w - \eta\, v$$
#
# In words: the velocity v keeps the part β (say "beta"; usually 0.9) of what it was and gains the gradient g; the weights
# make the step −η v. (v is gathered from gradients, and those point uphill: hence the minus.) v, g and w have the same shape, β and the learning rate η are numbers. v begins at 0.
#
# ### Exercise 12.3 · How fast does it get?
#
# β = 0.9, and the gradient is 1 at every step. What is v after the second step, after the third, and, if it rolls on for
# ever, in the end? (In the end v no longer changes: v = 0.9 v + 1.)

# %% exercise="12.3"
v_2 = 1.9  ### SOLUTION
v_3 = 2.71  ### SOLUTION
v_end = 10.0  ### SOLUTION

# %%
check("12.3")

# %% [markdown]
# Where the slope keeps its direction, the ball goes ten times as fast. Where the gradient is 1 and −1 in turn, each gain
# takes off much of what was there: v comes to 1 / 1.9 and −1 / 1.9 in turn, so the ball sways about half as wide as plain
# steps.
#
# ### Exercise 12.4 · Momentum
#
# A network may hand its optimiser **several arrays**, one after the other: the weights of layer 1, its bias, … Each needs a
# velocity of its own. So `self.memory` is a dictionary; the key of an array is `id(parameters)`, a number that Python
# gives each object. `self.memory.get(id(parameters), 0.0)` is what is remembered for it, and 0.0 the first time.
#
# Change `parameters` in place, as in lesson 05, and return them.

# %% exercise="12.4"
class Momentum:
    """velocity = momentum * velocity + gradients, and then
    parameters -= learning_rate * velocity, in place.
    """

    def __init__(self, learning_rate, momentum=0.9):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.memory = {}

    def step(self, parameters, gradients):
        ### BEGIN SOLUTION
        before = self.memory.get(id(parameters), 0.0)
        velocity = self.momentum * before + gradients
        self.memory[id(parameters)] = velocity
        parameters -= self.learning_rate * velocity
        return parameters
        ### END SOLUTION


# %%
check("12.4")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Adam: two memories
#
# Some parameters have gradients of 1,000, others of 0.001. With one learning rate for all, either the first fly off or the second
# stand still. **Adam** keeps two memories for each parameter: the mean of its gradients (like momentum), and the mean of
# their *squares*, which tells how large they usually are. It divides the one by the root of the other.
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1)\, g \qquad s \leftarrow \beta_2 s + (1 - \beta_2)\, g^2$$
#
# $$w \leftarrow w - \eta\; \frac{m / (1 - \beta_1^t)}{\sqrt{s / (1 - \beta_2^t)} + \varepsilon}$$
#
# In words: m is a running mean of the gradients (it does not count examples here), s of their squares; all have the
# shape of w. Both begin at 0 and are too small in the first steps, so they are divided by 1 − βᵗ, which is small then
# too: in the first step m is 0.1 · g, and 1 − 0.9 = 0.1, so the quotient is g. t counts the steps of this array: 1, 2,
# 3, … β₁ = 0.9, β₂ = 0.999, and ε = 0.00000001 only keeps the division from 0 / 0.
#
# **Two parameters have the gradients 1,000 and 0.001. Adam's learning rate is 0.01. How far does each move in the first step?**
#
# - **a** – 10 and 0.00001
# - **b** – both 0.01
# - **c** – the first hardly at all: its gradients are large, so it is divided by much

# %% exercise="12.5"
predict("12.5", "b")  ### SOLUTION

# %% [markdown]
# ### Exercise 12.6 · Adam
#
# The memory of an array holds three things: the count t, m and s. The first time they are all 0: the line is there.
# Put the three new ones back under the same key. As in 12.4, change `parameters` in place and return them.

# %% exercise="12.6"
class Adam:
    """Steps along the mean gradient, divided by its usual size; both
    corrected for having begun at 0.
    """

    def __init__(self, learning_rate=0.001,
                 beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.learning_rate, self.epsilon = learning_rate, epsilon
        self.beta1, self.beta2 = beta1, beta2
        self.memory = {}

    def step(self, parameters, gradients):
        t, m, s = self.memory.get(id(parameters), (0, 0.0, 0.0))
        ### BEGIN SOLUTION
        t = t + 1
        m = self.beta1 * m + (1 - self.beta1) * gradients
        s = self.beta2 * s + (1 - self.beta2) * gradients**2
        self.memory[id(parameters)] = t, m, s
        size = np.sqrt(s / (1 - self.beta2**t)) + self.epsilon
        parameters -= self.learning_rate * m / (1 - self.beta1**t) / size
        return parameters
        ### END SOLUTION


# %%
check("12.6")

# %% [markdown]
# The question from above, with your Adam:

# %% tags=["nbval-check-output"]
my_adam = mine_or_reference("Adam")
parameters = np.zeros(2)
my_adam(0.01).step(parameters, np.array([1000.0, 0.001]))
print("moved by", np.abs(parameters).round(4))

# %%
reveal("12.5")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The counter that everybody shared
#
# A mistake worth making once. Somebody keeps **one** counter for the whole optimiser, and a network like yours of
# lesson 09 hands it four arrays in each update, the weights and the bias of two layers. m and s of each array are
# right. Only t is not: it goes up four times in one step, so in the very first update the four arrays are stepped with
# t = 1, 2, 3 and 4.
#
# After one gradient g = 1, m is 0.1 and s is 0.001. How far does a parameter move with the rate 0.01?

# %% tags=["nbval-check-output"]
m, s = 0.1, 0.001
for t in (1, 2, 3, 4):
    moved = 0.01 * (m / (1 - 0.9**t)) / np.sqrt(s / (1 - 0.999**t))
    print("t =", t, "  moved by", round(moved, 4))

# %% [markdown]
# The first array moves by 0.01, as it should; the second by three quarters of it, the fourth by a little
# more than half. The correction for "has begun at 0" is taken back too early. The loss falls all the same, and no gradient check sees it: all gradients are
# right. **A counter of steps counts steps, not calls.** (nnlib's networks hand over one long vector, so that there is one
# call for each step.)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The race
#
# Your two optimisers beside plain steps downhill, on a narrow valley, all with the same rate 0.05. Who is the first to
# bring the loss 99 hundredths of its way down?
#
# When you have predicted, the race opens. Press **Play**. Who shakes and rolls past the valley's middle, who creeps?
# Then choose *for each the best tried*: every optimiser runs with the quickest of fourteen rates, 0.05 among them. Leave
# it so, and choose *a network on two moons* at *Landscape*; there the goal is the loss 0.1.
#
# Names without "your" are nnlib's; three are relatives of yours. **Nesterov** is Momentum that measures the slope where the ball is
# about to roll. **RMSProp** is Adam's second memory alone, the division by the size of the gradients. **AdamW** is Adam that
# also shrinks the weights a little at each step; lesson 13 says what for.
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The descent explorer with a race: the paths of several optimisers on a narrow valley, their losses on the way to the goal, and a table of who arrives after how many steps](../pictures/optimizer_race.png)
#
# </details>

# %%
my_momentum, my_adam = map(mine_or_reference, ("Momentum", "Adam"))
race = DescentExplorer(optimizer=[my_momentum, my_adam])
Predict(
    "All with the rate 0.05: who arrives first?", explorer=race,
    choose=["plain SGD", "Momentum", "Adam", "nobody: they overshoot"],
)

# %% [markdown]
# Play each to step 200: the table says who came when. After all three, open this:
#
# <details><summary>Who was first, and why?</summary>
#
# - **All with 0.05: plain SGD**, after 29 steps. That is luck with the rate. Across the valley the factor of a step is
#   1 − 20η (lesson 05), and 1 − 20 · 0.05 = 0: the first step lands on the floor. Then it walks along it, and after
#   each step 1 − 0.05 = 0.95 of the way is left. With 0.11 instead it flies off. Momentum (44 steps) shakes and rolls
#   past the middle, Adam (52) creeps.
# - **Each with the best rate tried: SGD again**, 20 steps; Adam takes 31, Momentum 40. In two directions that one rate
#   serves well enough, a memory is of little use.
# - **On the network: Momentum**, 16 steps; Adam takes 18, SGD 54. There 33 parameters share one rate.
#
# </details>
#
# With one rate for all, the order says little: each wants a rate of its own size. The order on one track says little
# about another. Try both before you choose.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A rate that changes
#
# Large steps are good at the beginning, when everything is wrong. Small steps are good at the end, when the noise of the
# batches is all that moves. And the very first steps should be careful, because the memories are still empty. A
# **schedule** is the learning rate as a function of the step:
#
# - **warm-up**: from step 1 to step `warm` it rises in a straight line: rate · step / warm
# - then **half a cosine wave** down to 0 at the last step:
#
# $$\text{rate} \cdot \frac{1 + \cos(\pi\, p)}{2}, \qquad p = \frac{\text{step} - \text{warm}}{\text{steps} - \text{warm}}$$
#
# In words: p goes from 0 at the end of the warm-up to 1 at the last step; the cosine goes from 1 to −1; so the rate goes
# from `rate` to 0. All are single numbers.
#
# ### Exercise 12.7 · A schedule
#
# `step` counts from 1, and `warm` is 1 or more. Return the learning rate at that step.

# %% exercise="12.7"
def schedule(step, rate, warm, steps):
    """A straight line up to `rate` at step `warm`, then half a cosine
    wave down to 0 at step `steps`.
    """
    ### BEGIN SOLUTION
    if step <= warm:
        return rate * step / warm
    part = (step - warm) / (steps - warm)
    return rate * (1 + np.cos(np.pi * part)) / 2
    ### END SOLUTION


# %%
check("12.7")

# %% [markdown]
# 20 epochs of batches of ten are 2,000 steps. The same network with a constant rate and with your schedule, both by
# your Adam. A **callback** is something that the network calls while it trains; this one sets the rate before each
# step. (`lambda step: …` is a short way to write a function of the step.)

# %%
my_schedule = mine_or_reference("schedule")

def run(callbacks=()):
    model = new_network(optimizer=my_adam(0.2))
    return model.fit(x, y, epochs=20, batch_size=10,
                     callbacks=callbacks).loss

constant = run()
rate_at = LearningRateScheduler(
    lambda step: my_schedule(step, 0.2, 50, 2000))
scheduled = run([rate_at])

# %% [markdown]
# And the two losses, epoch by epoch:

# %%
curves({"constant rate": constant, "your schedule": scheduled},
       alt="Both losses fall quickly. The one with the constant rate then "
           "shakes up and down; the one with the schedule becomes smooth "
           "and ends lower.")

# %% [markdown]
# The losses of the last epoch:

# %%
print(f"constant {constant[-1]:.4f},",
      f"with your schedule {scheduled[-1]:.4f}")

# %% [markdown] tags=["claim:test_a_schedule_ends_the_shaking", "claim:test_in_the_workbench_of_lesson_12_a_schedule_mostly_ends_the_shaking_and_lower"]
# **The shaking ends**, whatever the beginning. Where the loss then stands is luck as well: of eight such runs at the
# rate 0.2, each with points and a beginning of its own, seven ended lower with the schedule and one higher.
#
# Now watch it at a rate that shakes well, 0.5: 24 epochs of 25 batches (`until=24`), 24 · 25 = 600 updates.
#
# 1. Press *Play*. *Rate used* above the network is the rate of the last update: yours rises to 0.5 and comes down to 0.
# 2. Open *All settings* (top right, the sliders). *Schedule* has the curve of the rate. Choose *constant* there and
#    press *Play* again: the grey curve is the run before. What is left of the shaking at the end?
# 3. Try the other schedules and, at *Optimiser*, other optimisers. These schedules begin with the rate in the box
#    *Learning rate* or rise to it; `stage` is their warm-up, `span` their length.
#
# With this seed the schedule ends at 0.165, the constant rate at 0.248. Of eight seeds at this rate, seven ended lower with
# the schedule.
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The workbench with its settings open: the schedule, the curve of its learning rate by update, and beside them the loss of this run and, in grey, of the run before](../pictures/schedule.png)
#
# </details>

# %%
def mine(step):
    return my_schedule(step, 0.5, 60, 600)

Workbench(schedule=mine, stage=60, span=600, until=24, hidden=[8],
          noise=0.2, test=0, batch="8", optimizer="Adam",
          learning_rate=0.5)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recall
#
# Two questions about earlier lessons. Answer before you look anything up.
#
# **12.8 · Why does an optimiser change the parameters in place?**
#
# - **a** – the layers look at that very array
# - **b** – it saves time
# - **c** – so that the old values are kept

# %% exercise="12.8"
check("12.8", "a")  ### SOLUTION

# %% [markdown]
# **12.9 · Adam's counter is wrong. Which alarm of lesson 10 rings?**
#
# - **a** – the gradient check
# - **b** – the loss
# - **c** – only one that looks at the update itself

# %% exercise="12.9"
check("12.9", "c")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Remember
#
# - Many guessed steps beat few exact ones: train in batches.
# - Momentum keeps its direction; Adam measures each gradient by its usual size.
# - Warm up, then slow down. And count steps, not calls.

# %%
status()

# %% [markdown]
# ## What comes next
#
# Your networks learn fast now. So fast that they can learn their examples by heart, noise and all. Lesson 13 is about telling
# learning from memorising.
#
# **Next:** [13 · Learn, do not memorise](13_learn_do_not_memorise.ipynb). Did you skip a lesson? In lesson 13, `checkpoint("13")` brings the pieces that it needs.
