# %% [markdown] slideshow={"slide_type": "slide"}
# # 04 · Measure the error
#
# **You will do:** measure three forecasts by hand, write cross-entropy and its gradient, and watch two losses push.
#
# **You will learn:** cross-entropy is the surprise at the truth, and what makes a loss push hard.
#
# **You need:** lesson 02 (z, and the sigmoid that turns it into a probability), and that a derivative is a slope.
#
# **Time:** about 45 minutes.

# %%
import numpy as np

from lessons.checks import check, checkpoint, hint, mine_or_reference
from lessons.checks import predict, reveal, solution, status
from lessons.figures import curves
from widgets import LossExplorer

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Before you start
#
# It rained yesterday. Three weather services had said how probable rain was: the first 0.5, the second 0.05, the third
# 0.005. A **loss** turns each forecast into one number, how bad it was. Each service gave the truth a tenth of
# what the one before gave it.
#
# **You want one loss for all of them. How should it grow from 0.5 to 0.05 to 0.005?**
#
# - **a** – hardly at all: all three are wrong, and wrong is wrong
# - **b** – by the same amount each time
# - **c** – ten times as large each time
#
# A guess is enough. The answer comes in a few minutes.

# %% exercise="04.1"
predict("04.1", "b")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Two ways to measure
#
# A network gives a probability, **a**. The truth is the **label**, y: 1 for yes, 0 for no. The first idea is the
# **squared error**: the distance from the truth, squared.
#
# - a = 0.9, y = 1: (0.9 − 1)² = 0.01
# - a = 0.2, y = 0: (0.2 − 0)² = 0.04
#
# The second idea asks another question: **how probable did the network call what then happened?** If y is 1, that is
# a. If y is 0, it is 1 − a.
#
# - a = 0.9, y = 1: it gave 0.9 to the truth
# - a = 0.2, y = 0: it gave 1 − 0.2 = 0.8 to the truth
#
# To both together it gave 0.9 · 0.8 = 0.72. The larger this product, the better the network. But even 0.9, multiplied
# 10,000 times, is too small for a float, so we take the logarithm: it turns products into sums. And since a loss
# should be small when all is well, we put a minus before it. The result is the **surprise** at one answer:
#
# | given to the truth | 1 | 0.9 | 0.8 | 0.5 | 0.2 | 0.1 | 0.01 |
# | --- | --- | --- | --- | --- | --- | --- | --- |
# | surprise, −log | 0 | 0.105 | 0.223 | 0.693 | 1.609 | 2.303 | 4.605 |
#
# Here log is the natural logarithm, `np.log`. The mean surprise over all examples is called **cross-entropy**. For the
# two answers above it is (0.105 + 0.223) / 2 = 0.164; their mean squared error is (0.01 + 0.04) / 2 = 0.025.

# %% [markdown]
# ### Exercise 04.2 · Three forecasts by hand
#
# Take pencil, paper and the table of surprises. Work out the mean over the three examples for both losses.
#
# | | example 1 | example 2 | example 3 |
# | --- | --- | --- | --- |
# | probability a | 0.2 | 0.1 | 0.2 |
# | label y | 0 | 0 | 1 |

# %% exercise="04.2"
squared = 0.23  ### SOLUTION
cross = 0.646  ### SOLUTION

# %%
check("04.2")

# %% [markdown]
# Look at what each example adds. The third, a 0.2 for something that happened, makes up most of both losses. The first is a 0.2 too, and adds little. But −log
# has no upper end, while the square can never be more than 1. That difference will matter.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## How much was given to the truth?
#
# In NumPy, three answers are an array of shape (1, 3): one output, three examples. Here is the first step for labels
# that are all 1, where nothing has to be turned round.

# %% tags=["nbval-check-output"]
output = np.array([[0.9, 0.5, 0.05]])
print("given to the truth:", output)
print("surprise:          ", -np.log(output).round(3))

# %% [markdown]
# Now labels of both kinds. You could ask `if label == 1` for each example. There is a way without any question: y is
# either 0 or 1, so y · a is a where y is 1, and vanishes where y is 0. Which product does the same for 1 − a?
#
# ### Exercise 04.3 · What the truth was given
#
# Both arguments have the shape (1, examples), and so has the result.

# %% exercise="04.3"
def given_to_truth(output, labels):
    """The probability that was given to what is true, for each example."""
    ### BEGIN SOLUTION
    return labels * output + (1 - labels) * (1 - output)
    ### END SOLUTION


# %%
check("04.3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Cross-entropy
#
# Take −log of what the truth was given, and the mean over the examples:
#
# $$L = -\frac{1}{m} \sum_{i=1}^{m} \bigl[\, y_i \log a_i + (1 - y_i) \log (1 - a_i) \,\bigr]$$
#
# In words: for each of the m examples, the logarithm of a if the label is 1, of 1 − a if it is 0; add them up, divide
# by m, and change the sign. L is a single number; a and y have the shape (1, m). Books print it in this long way. It is
# the mean of the surprise that you have worked out by hand.
#
# ### Exercise 04.4 · The mean surprise
#
# The result is one number. You may use your `given_to_truth`, or write the formula as it stands.

# %% exercise="04.4"
def cross_entropy(output, labels):
    """Mean over the examples of −log of what the truth was given."""
    ### BEGIN SOLUTION
    given = labels * output + (1 - labels) * (1 - output)
    return -np.log(given).mean()
    ### END SOLUTION


# %%
check("04.4")

# %% [markdown]
# Your function answers the question from the beginning. It rained (y = 1), and the services had said 0.5, 0.05, 0.005.

# %% tags=["nbval-check-output"]
loss = mine_or_reference("cross_entropy")
for a in (0.5, 0.05, 0.005):
    print(a, round(float(loss(np.array([[a]]), np.array([[1]]))), 3))

# %%
reveal("04.1")

# %% [markdown]
# Each step adds about 2.30, the logarithm of 10. For a = 0 the surprise would be infinite: whoever calls something impossible
# that then happens can never make it good.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The slope of the surprise
#
# To learn, a network needs to know which way to move a, and how urgently: the slope of the loss. The derivative of
# log a is 1/a. So for one example:
#
# - y = 1: the surprise is −log a, its slope is −1/a. At a = 0.5 that is −2, at a = 0.01 it is −100.
# - y = 0: the surprise is −log(1 − a), its slope is +1/(1 − a). At a = 0.5 that is 2, at a = 0.99 it is 100.
#
# (Two minus signs meet in the second line: the one before log, and the inner one of 1 − a. Together they make a plus.)
#
# The sign says where to go: a negative slope means that a larger a makes the loss smaller. Both lines fit into one:
#
# $$\frac{dL}{da} = \frac{a - y}{a\,(1 - a)}$$
#
# In words: the difference between answer and label, divided by a times 1 − a. Put y = 1 in: (a − 1) / (a (1 − a)) =
# −1/a. Put y = 0 in: a / (a (1 − a)) = 1/(1 − a). The slope has the shape of a, (1, m): one for each example. (The
# division by m is missing here on purpose. It comes once, in the backward pass of lesson 07.)

# %% [markdown]
# ### Exercise 04.5 · A loss as a class
#
# This is the next piece of your own network. Calling the object gives the loss, as in 04.4. The method `gradient` gives
# the slope for each example, shape (1, examples): the loss is a mean over all examples, the slope is each example's own.

# %% exercise="04.5"
class BinaryCrossEntropy:
    """The mean surprise at yes-or-no answers, and its slope."""

    def __call__(self, output, labels):
        ### BEGIN SOLUTION
        given = labels * output + (1 - labels) * (1 - output)
        return -np.log(given).mean()
        ### END SOLUTION

    def gradient(self, output, labels):
        ### BEGIN SOLUTION
        return (output - labels) / (output * (1 - output))
        ### END SOLUTION


# %%
check("04.5")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## What reaches z
#
# A network cannot move a itself. It moves z, its weights and bias, and the sigmoid makes a of z. So the slope of the
# loss has one more hurdle to take, the slope of the sigmoid, which is a (1 − a): at most 0.25, in the middle, and
# nearly 0 at both ends. If z moves a by 0.2 for each step of 1, and a moves the loss by −3 for each step of 1, then z
# moves the loss by −3 · 0.2 = −0.6: what arrives at z is the **product** of the two slopes. Lesson 06 makes a rule of it.
# The **push** on z is minus that product.
#
# An example has the label 1, and the network says 0.01: confidently wrong.
#
# **How much harder does cross-entropy push z than the squared error?**
#
# - **a** – equally hard
# - **b** – about 5 times
# - **c** – about 50 times
#
# When you have predicted, the explorer opens. It runs **your** loss beside the squared error. Left, what each answer
# costs; right, the push on each z. The table multiplies the two slopes.
#
# 1. Begin where it stands, at a = 0.01. Then drag the dot on the right to z = −8, and back through 0 to 8. The curves
#    stay as they are: read in the table how far the dashed one, the squared error, is from yours at each z.
# 2. Set the label to 0.
# 3. Tick one of three more losses; each takes room from the pictures.
#
# *Cross-entropy* is that of nnlib, the course's own library: it lies on yours if yours is right. *Absolute error* is the distance of a from y. *Huber* is half the square of that distance, up to a distance
# of 1. No a between 0 and 1 is further from y than that, so here it is half the squared error.
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The loss explorer at probability 0.01 for label 1. Left, cross-entropy climbs steeply toward 0 while the squared error stays below 1. Right, the push on z: cross-entropy stays near 1 for every negative z, the squared error falls to 0 there. The table shows 0.99 against 0.0196.](../pictures/loss_explorer.png)
#
# </details>

# %% exercise="04.6"
pushes = LossExplorer(loss=mine_or_reference("BinaryCrossEntropy"),
                      probability=0.01)
predict("04.6", "c", explorer=pushes)  ### SOLUTION

# %%
reveal("04.6")

# %% [markdown]
# At a = 0.01 the slope of the sigmoid is 0.01 · 0.99 = 0.0099. The squared error has the slope 2 (a − y) = −1.98 there, so it
# pushes z by 0.0196. Cross-entropy has −1/a = −100, and pushes by 0.99: fifty times as hard.
#
# Down here, the further an answer is from the truth, the *less* the squared error pushes: the sigmoid has flattened
# out, and −1.98 times nearly nothing is nearly nothing. Cross-entropy divides by a (1 − a), the sigmoid multiplies by
# it: the two cancel, and what remains of the push is y − a. Full push for a full mistake.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Confidently wrong
#
# Let both losses teach the same neuron. It starts at z = −6, so it says a = 0.0025; the label is 1. Each update moves z
# by its push. We stop when z is above 0, that is, when the answer is right.
#
# With your cross-entropy it takes 7 updates.
#
# **How many will the squared error take?**
#
# - **a** – about as many: 7 to 15
# - **b** – about 50
# - **c** – more than 200

# %% exercise="04.7"
predict("04.7", "c")  ### SOLUTION

# %% [markdown]
# `gradient` stands for the slope of the loss at a; the rest is the push, update after update. (`lambda a, y: …` is a
# short way to write a function, here the slope of the squared error.)

# %% tags=["nbval-check-output"]
squeeze = mine_or_reference("sigmoid")
my_loss = mine_or_reference("BinaryCrossEntropy")()

def updates_until_right(gradient, z=-6.0):
    label, zs = np.array([[1.0]]), [z]
    while zs[-1] < 0:
        a = squeeze(np.array([[zs[-1]]]))
        slope = gradient(a, label) * a * (1 - a)
        zs.append(zs[-1] - float(slope[0, 0]))
    return zs

by_cross = updates_until_right(my_loss.gradient)
by_square = updates_until_right(lambda a, y: 2 * (a - y))
print(len(by_cross) - 1, "updates by cross-entropy,",
      len(by_square) - 1, "by the squared error; after 200 of them",
      "it says", squeeze(np.array(by_square[200])).round(2))

# %%
reveal("04.7")

# %% [markdown]
# Here are the neuron's answers under both losses, update by update.

# %%
curves({"cross-entropy": squeeze(np.array(by_cross)),
        "squared error": squeeze(np.array(by_square))},
       x_label="update", y_label="answer a", first=0,
       alt="Under cross-entropy the answer rises to 0.5 within 7 updates. "
           "Under the squared error it stays close to 0 for nearly all of "
           "its updates, then jumps to 0.5 within a few.")

# %% [markdown]
# After 200 updates of the squared error it still says 0.06. If you had looked at update 100, you would have said that
# this network cannot learn. **With a sigmoid at the end, confidently wrong is where the squared error all but stops
# learning.** That is why every network of this course that tells classes apart uses cross-entropy.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recall
#
# Two questions about earlier lessons. Answer before you look anything up.
#
# **04.8 · A neuron has z = 0 for some example. What does the sigmoid make of it?**
#
# - **a** – 0
# - **b** – 0.5
# - **c** – 1

# %% exercise="04.8"
check("04.8", "b")  ### SOLUTION

# %% [markdown]
# **04.9 · `output` has the shape (1, 5), `labels` the shape (5, 1). What is the shape of `output - labels`?**
#
# - **a** – (1, 5)
# - **b** – (5, 5)
# - **c** – an error

# %% exercise="04.9"
check("04.9", "b")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Remember
#
# - Cross-entropy is the mean of −log of what the network gave to the truth.
# - Its slope at a is (a − y) / (a (1 − a)); after the sigmoid only a − y is left.
# - The squared error's push dies where the sigmoid is flat: confidently wrong, and hardly anything happens.

# %%
status()

# %% [markdown]
# ## What comes next
#
# You can say how bad an answer is and which way it should move. Lesson 05 moves it, step by step, and asks how large a
# step may be.
#
# **Next:** [05 · Walk downhill](05_walk_downhill.ipynb). Did you skip a lesson? In lesson 05, `checkpoint("05")` brings the pieces that it needs.
