# %% [markdown] slideshow={"slide_type": "slide"}
# # 10 · Hunt bugs
#
# **You will do:** build alarms, sound them on six broken networks, and name bugs from what rings.
#
# **You will learn:** no alarm hears every bug. Which ones ring, and which stay silent, is the clue.
#
# **You need:** lesson 08 (relative error, frozen layers) and lesson 09 (the four phases).
#
# **Time:** about 40 minutes.

# %%
import numpy as np

from lessons.checks import check, checkpoint, hint, mine_or_reference
from lessons.checks import predict, reveal, solution, status
from lessons.figures import curves
from nnlib import BinaryCrossEntropy, Dense, NeuralNetwork, Sigmoid, Tanh
from nnlib.data import circles
from nnlib.inspect import MUTANTS, sound
from widgets import BugLab

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Before you start
#
# Six copies of one network. In each copy a single line is wrong, another one each time. All six are trained for 300 steps.
#
# **In how many of the six does the loss fall below where it began?**
#
# - **a** – none: a wrong line is a wrong line
# - **b** – one or two
# - **c** – four or more

# %% exercise="10.1"
predict("10.1", "c")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The first alarm: does it learn?
#
# The plainest question. The losses of a run are a list of numbers. The alarm rings when the last loss is not lower than the
# first, or when it is no finite number any more (`nan`, or infinite). `np.isfinite` tells.
#
# ### Exercise 10.2 · The loss alarm
#
# `losses` is an array of shape (epochs,), and its first and last number decide. Return `True` when the alarm rings, `False`
# when it is silent.

# %% exercise="10.2"
def does_not_learn(losses):
    """True if the last loss is no lower than the first, or not finite."""
    ### BEGIN SOLUTION
    return bool(not np.isfinite(losses[-1]) or losses[-1] >= losses[0])
    ### END SOLUTION


# %%
check("10.2")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The second alarm: is the step the step?
#
# Suppose all gradients are right. The last of the four phases may still be wrong. Lesson 05 says what one step of SGD must
# do: parameters minus learning rate times gradients. So look at the parameters before and after, and compare the step
# that was made with the step that should have been made.
#
# Worked for one parameter: before 1.0, after 0.99, gradient 0.4, rate 0.1. Made: 0.99 − 1.0 = −0.01. Wanted:
# −0.1 · 0.4 = −0.04. The difference is 0.03. Divided by the size of the wanted step, that is 0.03 / 0.04 = **0.75**.
#
# ### Exercise 10.3 · The update alarm
#
# All three arrays have the shape (parameters,). Return the size of the largest difference between the two steps, divided by
# the size of the largest wanted step. A size has no sign. At least one gradient is not 0.

# %% exercise="10.3"
def step_error(before, gradients, after, learning_rate):
    """How far the step that was made is from the wanted one, divided by
    the size of the wanted one: 0 for a right step.
    """
    ### BEGIN SOLUTION
    made, wanted = after - before, -learning_rate * gradients
    return np.abs(made - wanted).max() / np.abs(wanted).max()
    ### END SOLUTION


# %%
check("10.3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Where does it begin?
#
# A gradient check gives a relative error for each layer. Say, for a network of four layers, first to last:
#
# | layer | 1 | 2 | 3 | 4 |
# | --- | --- | --- | --- | --- |
# | relative error | 0.9 | 0.7 | 0.0000000001 | 0.0000000001 |
#
# Layers 1 and 2 are wrong. But errors travel **backwards**: what layer 2 hands down makes layer 1 wrong, and never the other
# way round. So look where the error is nearest to the loss: at layer **2**, or at what arrives there.
#
# ### Exercise 10.4 · Where to look first
#
# `errors` has the shape (layers,), the first layer first. An error of more than `limit` is wrong. Return the number of the
# layer to look at first, counted from 1, or 0 if all are right.

# %% exercise="10.4"
def where_to_look(errors, limit=1e-6):
    """The number of the wrong layer that is nearest to the loss, from 1;
    0 if none is wrong.
    """
    ### BEGIN SOLUTION
    for number in range(len(errors), 0, -1):
        if errors[number - 1] > limit:
            return number
    return 0
    ### END SOLUTION


# %%
check("10.4")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What does the size say?
#
# A wrong gradient often is the right one times a number, and the number gives it away. The network has seen 20 examples.
#
# | | suspect P | suspect Q | suspect R |
# | --- | --- | --- | --- |
# | backward pass says | 0.8 | 0.002 | −0.04 |
# | measured | 0.04 | 0.04 | 0.04 |
#
# ### Exercise 10.5 · Three ratios
#
# For each suspect, divide what the backward pass says by what was measured: 2 would mean twice too large. Then think of
# what each number could mean.

# %% exercise="10.5"
times_p = 20.0  ### SOLUTION
times_q = 0.05  ### SOLUTION
times_r = -1.0  ### SOLUTION

# %%
check("10.5")

# %% [markdown]
# P is 20 times too large, and there are 20 examples: the mean is missing. Q is 20 times too small: the mean is taken
# twice. R has the wrong sign: it would walk uphill.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Six bugs, five alarms
#
# The network is 2-8-8-1, the data are two rings of points. nnlib calls a mistake that is planted on purpose a *mutant*.
# These are the six, with the names they have in `nnlib.inspect`:

# %% tags=["nbval-check-output"]
bugs = ("mean_missing", "grad_weights_for_weights", "stale_inputs",
        "gradients_pile_up", "transposed", "learning_rate_squared")
for name in bugs:
    print(f"{name:25} {MUTANTS[name].title}")

# %% [markdown]
# The data, the right network, and the six suspects: copies of it with one wrong line each. 100 points are there to
# learn from and 500 new ones to judge by; the 0.5 is the learning rate. **Tanh**, say "tan-h", is one more bend: a
# sigmoid that reaches from −1 to 1, with tanh(0) = 0.

# %%
x, y = circles(100, noise=0.1, seed=5)
x_new, y_new = circles(500, noise=0.1, seed=105)

def new_network():
    layers = ((Dense(8), Tanh()), (Dense(8), Tanh()), (Dense(1), Sigmoid()))
    model = NeuralNetwork(layers, BinaryCrossEntropy(), 0.5, seed=5)
    rng = np.random.default_rng(5)
    model.build(2)
    model.parameters[:] += 0.05 * rng.normal(size=model.parameters.size)
    return model

suspects = {name: MUTANTS[name].apply(new_network()) for name in bugs}

# %% [markdown]
# (The line before `return` moves every parameter a little, so that no bias is 0: zeros hide bugs.) In each epoch four
# batches of 25 points make one step each, so 75 epochs are 75 · 4 = 300 steps. First the losses of all six, a
# right network's below them, and **your** loss alarm. (`watch=False` keeps nnlib's own alarms quiet. Today yours are to ring.) The first loss is the mean over
# the four batches of the first epoch, so wrong steps may have made it large already.

# %%
my_alarm = mine_or_reference("does_not_learn")
runs = {}
for name in bugs:
    broken = MUTANTS[name].apply(new_network())
    history = broken.fit(x, y, epochs=75, batch_size=25, watch=False)
    runs[name] = history.loss
    said = "rings" if my_alarm(np.array(runs[name])) else "silent"
    first, last = runs[name][0], runs[name][-1]
    print(f"{name:25} {first:6.3f} → {last:6.3f}   {said}")
right = new_network().fit(x, y, epochs=75, batch_size=25, watch=False)
first, last = right.loss[0], right.loss[-1]
print(f"{'(a right network)':25} {first:6.3f} → {last:6.3f}")

# %%
reveal("10.1")

# %% [markdown]
# Look at four of them. Would you have stopped the program?

# %%
shown = ("grad_weights_for_weights", "stale_inputs", "transposed",
         "learning_rate_squared")
curves({name: runs[name] for name in shown},
       alt="Four losses that end below where they began. "
           "grad_weights_for_weights and stale_inputs fall a little and "
           "stay there; transposed and learning_rate_squared fall far "
           "below, as a right network would.")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Sound them all
#
# `sound` measures four alarms on a suspect beside a right network with the same beginning:
#
# - the **loss**, as in 10.2;
# - the **accuracy** on new points: it rings if the suspect answers fewer of them correctly than the right network, by at
#   least an eighth of all the points;
# - the comparison with **frozen** hidden layers: a third network has right layers, but only its last one learns. The alarm
#   rings unless the suspect's loss ends at least a fifth below that network's;
# - the **gradient check**.
#
# The fifth is your update alarm.
#
# **Which alarm hears the layer that remembers the inputs of the batch before (`stale_inputs`)?**
#
# - **a** – the gradient check
# - **b** – the loss alarm
# - **c** – the accuracy and the frozen layers, and none of the other three

# %% exercise="10.6"
predict("10.6", "c")  ### SOLUTION

# %% [markdown]
# It takes a few seconds: each bug costs three trainings, of the suspect, of the right network and of the one with
# frozen layers.

# %% tags=["long", "nbval-check-output"]
# long: one row of the table needs all five alarms
my_step_error = mine_or_reference("step_error")

def update_alarm(model, x, y):
    model(x)
    model.backward_step(y)
    before, gradients = model.parameters.copy(), model.gradients.copy()
    model.update()
    return my_step_error(before, gradients, model.parameters, 0.5) > 1e-6

heads = ("loss", "accuracy", "frozen", "check", "update")
print(f"{'':25} " + "".join(f"{head:9}" for head in heads))
for name, suspect in suspects.items():
    alarms = sound(suspect, new_network(), x, y, x_new, y_new)
    rings = [alarm.rings for alarm in alarms]
    rings.append(update_alarm(suspect, x, y))
    said = ["RINGS" if ring else "·" for ring in rings]
    print(f"{name:25} " + "".join(f"{word:9}" for word in said))

# %%
reveal("10.6")

# %% [markdown]
# **Six bugs, six different rows.** (Another beginning may move a mark.) Read them as a doctor reads symptoms, from the
# top.
#
# - All ring but the update: a gradient is wrong by so much that the steps fly off.
# - Check, accuracy and frozen ring: a gradient is grossly wrong, and yet the loss falls: in this one the last
#   layer's gradient is right, and that layer learns.
# - The check is silent, accuracy and frozen ring, in the fourth row the loss too: the check looks at one batch alone, and
#   with one batch each gradient is right. So the bug is in what is carried **from one batch to the next**.
# - The check alone rings: a gradient is wrong, and on new points the network is nearly as good as the right one. Its results
#   do not give it away.
# - The update alone: the gradients are right, and the step is not the one that you asked for. You could try learning rates
#   for weeks before you look there.
#
# A falling loss is not on the list of proofs.

# %% [markdown] slideshow={"slide_type": "slide"} tags=["claim:test_a_missing_slope_makes_gradients_larger_and_grad_weights_smaller"]
# ## Your turn
#
# The lab hides one of ten bugs in a network, or none: the six from above and four more, which its list names. Look at
# the loss, tick the alarms you expect, sound them, read both tables, of the alarms and of the gradients, and give the
# bug its name. Do at least five cases. The score is at the top right.
#
# The second table sets the suspect's gradients beside the measured ones. *each 20 times it* says that each number of an
# array is 20 times the measured one, as in 10.5. Where no such number fits all, the largest of both are compared:
# *largest 2 times as large*. That tells two bugs apart that ring alike and leave only layer 3 right: the slope that is
# left out, and `grad_weights` in the place of the weights. The slope of tanh is at most 1. Without it the weights'
# gradients of layers 1 and 2 are larger than the measured ones; with `grad_weights` they are far smaller. (The rows of
# the biases do not tell: a bias's gradient is a sum, and other numbers may add up to less.)
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The bug lab: the loss of a suspect, the ticked predictions, a table of five alarms beside a right network, a table of gradients, and the name of the bug with its wrong line](../pictures/bug_lab.png)
#
# </details>

# %%
BugLab()

# %% [markdown]
# And here the suspect is your own layer of lessons 02 and 07. Is it innocent?

# %%
my_dense, layer_gradients, send_back = map(
    mine_or_reference, ("Dense", "layer_gradients", "send_back"))

class MyDense(my_dense):
    def backward(self, dz):
        self.grad_weights, self.grad_bias = layer_gradients(self.inputs, dz)
        return send_back(self.weights, dz)

# %% [markdown]
# Tick the alarms that you expect of your own layer, then sound them.
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The bug lab with a suspect whose five alarms are all silent](../pictures/bug_lab_own.png)
#
# </details>

# %%
BugLab(dense=MyDense)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recall
#
# Two questions about earlier lessons. Answer before you look anything up.
#
# **10.7 · Why does a gradient check measure from both sides, with ε up and ε down?**
#
# - **a** – because the bends of the curve on the two sides cancel
# - **b** – because one side would cost more
# - **c** – because the parameters must be the same afterwards

# %% exercise="10.7"
check("10.7", "a")  ### SOLUTION

# %% [markdown]
# **10.8 · In which order do the four phases of a training step come?**
#
# - **a** – loss, forward, backward, update
# - **b** – forward, loss, backward, update
# - **c** – forward, loss, update, backward

# %% exercise="10.8"
check("10.8", "b")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"} tags=["claim:test_most_bugs_let_the_loss_fall"]
# ## Remember
#
# - Most bugs let the loss fall. Compare with something: a right network, frozen layers, a measured slope.
# - The gradient check sees one batch. What is carried from batch to batch escapes it.
# - Errors travel backwards: look first at the wrong layer that is nearest to the loss.

# %%
status()

# %% [markdown]
# ## What comes next
#
# Your network is right, and on the digits it still came to `nan`. Lesson 11 finds out how large the first weights should be,
# and why weights that are all 0 learn nothing.
#
# **Next:** [11 · Start well, go deep](11_start_well_go_deep.ipynb). Did you skip a lesson? In lesson 11, `checkpoint("11")` brings the pieces that it needs.
