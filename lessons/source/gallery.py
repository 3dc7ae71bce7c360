# %% [markdown]
# # Gallery: every explorer of the course
#
# Each explorer answers one question, and runs code that you can change. Run the two cells below, then the one that you
# want. The link under a question leads to the lesson in which the explorer is used.
#
# Change a name or a number in a cell and run it again: the explorer before it is taken away, and nothing is left of it.

# %%
import numpy as np

from lessons.checks import mine_or_reference
from widgets import (
    ActivationExplorer, BackpropBoard, BugLab, DescentExplorer, DigitExplorer,
    LossExplorer, NeuronExplorer, Parsons, Predict, ShapeTracer,
    SignalExplorer, Workbench,
)

# %% [markdown]
# Two pieces of this notebook's own: an activation, the sine, and a learning rate that falls and is set back every hundred
# steps. Below, explorers take them like any other. Where a cell says `mine_or_reference("Dense")`, the
# explorer runs **your** `Dense` as soon as it has passed its check.

# %%
class Sine:
    def __call__(self, z):
        return np.sin(z)

    def gradient(self, z):
        return np.cos(z)

def sawtooth(step):
    return 0.5 * (1 - (step % 100) / 100)

# %% [markdown]
# ## Workbench
#
# What happens inside while it learns, and what comes of it: does it learn, or memorise?
#
# In [lesson 00](00_meet_the_network.ipynb), and in 02, 07, 08, 09, 12, 13 and 15. [A picture](../widgets/workbench/light.png).

# %%
Workbench(dense=mine_or_reference("Dense"), data="circles", schedule=sawtooth)

# %% [markdown]
# ## ShapeTracer
#
# Do these two shapes fit, and what comes out?
#
# In [lesson 01](01_shape_the_data.ipynb). [A picture](../widgets/shape_tracer/light.png).

# %%
ShapeTracer(operation="A @ B", a=(3, 2), b=(2, 5))

# %% [markdown]
# ## NeuronExplorer
#
# What do weights and bias do to a neuron's line?
#
# In [lesson 02](02_build_a_neuron.ipynb). [A picture](../widgets/neuron_explorer/light.png).

# %%
NeuronExplorer(dense=mine_or_reference("Dense"), activation=mine_or_reference("sigmoid"), w1=-1, w2=2)

# %% [markdown]
# ## ActivationExplorer
#
# How does it bend z, and where is it flat?
#
# In [lesson 03](03_bend_the_line.ipynb). [A picture](../widgets/activation_explorer/light.png).

# %%
ActivationExplorer(activation=[mine_or_reference("Sigmoid"), Sine], z=-1.5)

# %% [markdown]
# ## LossExplorer
#
# What does an answer cost, and how hard is it pushed?
#
# In [lesson 04](04_measure_the_error.ipynb). [A picture](../widgets/loss_explorer/light.png).

# %%
LossExplorer(loss=mine_or_reference("BinaryCrossEntropy"), probability=0.1)

# %% [markdown]
# ## DescentExplorer
#
# Where does the slope lead, how far is too far, and who gets there first?
#
# In [lesson 05](05_walk_downhill.ipynb), and in 12. [A picture](../widgets/descent_explorer/light.png).

# %%
DescentExplorer(optimizer=mine_or_reference("SGD"), landscape="narrow valley", steps=20)

# %% [markdown]
# ## BackpropBoard
#
# Can you do both passes by hand?
#
# In [lesson 06](06_apply_the_chain_rule_by_hand.ipynb). [A picture](../widgets/backprop_board/light.png).

# %%
BackpropBoard(seed=3)

# %% [markdown]
# ## BugLab
#
# Which alarm hears which bug, and what is this one's name?
#
# In [lesson 10](10_hunt_bugs.ipynb). [A picture](../widgets/bug_lab/light.png).

# %%
BugLab()

# %% [markdown]
# ## SignalExplorer
#
# What do many layers make of a signal, and of the gradient on its way back?
#
# In [lesson 11](11_start_well_go_deep.ipynb). [A picture](../widgets/signal_explorer/light.png).

# %%
SignalExplorer(initializer=mine_or_reference("He"))

# %% [markdown]
# ## DigitExplorer
#
# What does it make of your own digit, and which ones does it get wrong?
#
# In [lesson 14](14_tell_ten_digits_apart.ipynb). [A picture](../widgets/digit_explorer/light.png).

# %%
DigitExplorer()

# %% [markdown]
# ## Predict
#
# What do you expect, and how sure are you?
#
# In [lesson 00](00_meet_the_network.ipynb), and in every other lesson.
# [A picture](../widgets/predict/light.png).

# %%
Predict(
    "The label is 1, and the network answers with the probability a. Sketch what cross-entropy charges for each a.",
    sketch=("probability a", 0.01, 1, "loss", 0, 5), truth=lambda a: -np.log(a),
)

# %% [markdown]
# ## Parsons
#
# Which line comes first, and which belongs nowhere?
#
# In [lesson 05](05_walk_downhill.ipynb), and in 01, 02, 03, 06, 09 and 15.
# [A picture](../widgets/parsons/light.png).

# %%
Parsons("""
losses = []
for epoch in range(epochs):
    model(x)
    model.backward_step(y)
    model.update()
    losses.append(model.evaluate(x, y))
""", extra=["model.build(len(x))"], indent=True)
