# %% [markdown] slideshow={"slide_type": "slide"}
# # 14 · Tell ten digits apart
#
# **You will do:** turn ten numbers into ten probabilities, write the loss for them, train on handwritten digits, and draw
# a seven of your own.
#
# **You will learn:** softmax shares out one whole among many answers. With its loss, what reaches z is p − y, and it must
# be written down exactly once.
#
# **You need:** lessons 04 and 07 (cross-entropy, and errors that go backwards).
#
# **Time:** about 50 minutes.

# %%
import numpy as np

from lessons.checks import check, checkpoint, hint, mine_or_reference
from lessons.checks import predict, reveal, solution, status
from lessons.figures import curves, digits
from nnlib import Dense, NeuralNetwork, ReLU
from nnlib.data import load_mnist
from widgets import DigitExplorer

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Before you start
#
# A network has three outputs, one for *cat*, one for *dog*, one for *horse*. For one picture its last layer gives the
# numbers z = 2, 1 and 0. They become probabilities, three numbers from 0 to 1 that add up to 1.
#
# **Now 1000 is added to each of the three z. What happens to the probabilities?**
#
# - **a** – nothing
# - **b** – the first one becomes nearly 1
# - **c** – all three become 1/3: beside 1000, the difference of 1 is gone

# %% exercise="14.1"
predict("14.1", "a")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Ten answers, not one
#
# So far a network had one output: yes or no. For ten digits one output from 0 to 9 would be a poor idea. It would call a
# 4 almost a 5, though they look nothing alike. So there are ten outputs, one for each digit, and the label says
# which of them should be 1.

# %% tags=["nbval-check-output"]
x_train, y_train, x_test, y_test = load_mnist()
print("images", x_train.shape, "  labels", y_train.shape)
one_of_each = [np.argmax(y_train[0] == digit) for digit in range(10)]
digits(x_train[:, one_of_each], range(10),
       alt="Ten handwritten digits in a row, from 0 to 9, each under its "
           "number.")

# %% [markdown]
# 4,000 images of 784 pixels, and 4,000 whole numbers. The label 2 of three classes becomes the column (0, 0, 1). Such a
# column is called **one-hot**: one place is hot, the others are cold. A comparison makes it: a column of class numbers
# beside a row of labels is broadcast (lesson 01) and compared place by place. Here it is for three labels of four
# classes:

# %% tags=["nbval-check-output"]
labels = np.array([[2, 0, 3]])
print(np.array([[0], [1], [2], [3]]) == labels)

# %% [markdown]
# ### Exercise 14.2 · One-hot columns
#
# `labels` are whole numbers, shape (1, examples). The result has the shape (classes, examples) and holds 1
# and 0, as numbers: `.astype(float)` turns each True of an array into 1.0 and each False into 0.0.

# %% exercise="14.2"
def one_hot(labels, classes):
    """One row a class: 1.0 where the example has that class, else 0.0."""
    ### BEGIN SOLUTION
    return (np.arange(classes).reshape(-1, 1) == labels).astype(float)
    ### END SOLUTION


# %%
check("14.2")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Share out one whole
#
# Three numbers, 2, 1 and 0, are to become shares of one whole. Two steps do it. First the exponential makes each of them
# positive, then each is divided by the sum of all:
#
# | z | eᶻ | share p |
# | --- | --- | --- |
# | 2 | 7.389 | 7.389 / 11.107 = 0.665 |
# | 1 | 2.718 | 2.718 / 11.107 = 0.245 |
# | 0 | 1 | 1 / 11.107 = 0.090 |
# | | sum 11.107 | sum 1 |
#
# This is **softmax**. For one example with the numbers z₁ … zₖ, one for each of the k classes:
#
# $$p_i = \frac{e^{z_i}}{e^{z_1} + \dots + e^{z_k}}$$
#
# In words: e to the power of its own z, divided by the sum of e to the power of every z. z and p are columns of shape
# (k, 1); for m examples, each column of a (k, m) array is shared out on its own.
#
# ### Exercise 14.3 · Shares by hand
#
# Now z = (1, 1, 0). What are the first share and the third, to three digits? (e = 2.718)

# %% exercise="14.3"
first_share = 0.422  ### SOLUTION
third_share = 0.155  ### SOLUTION

# %%
check("14.3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Too large for a float
#
# The formula as it stands fails at the first large number:

# %% tags=["nbval-check-output"]
z = np.array([[1002.0], [1001.0], [1000.0]])
with np.errstate(all="ignore"):
    print((np.exp(z) / np.exp(z).sum(axis=0)).ravel(),
          "  because e to the power of 1000 is", np.exp(1000.0))

# %% [markdown]
# But only differences count. Take the same number away from every z of an example, and each eᶻ shrinks by the same
# factor, the sum too: the shares stay. So take away the largest z of the column. Then the largest exponent is 0, and
# nothing can overflow.

# %% tags=["nbval-check-output"]
moved = z - z.max(axis=0)
shares = np.exp(moved) / np.exp(moved).sum(axis=0)
print(moved.ravel(), shares.ravel().round(3))

# %%
reveal("14.1")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Back through softmax
#
# What happens on the way back? From the loss arrives a gradient g for each share: how fast the loss rises when that share
# grows. Call it the share's *wish to shrink*, its wish for short. Where it is negative, the loss falls as the share
# grows: it wishes to grow. Nobody can grow without the others shrinking, since all shares add up to 1. So what counts for
# a z is its wish compared with the average wish, and the average is weighted by the shares. And a small share moves
# little when its z does, so p stands in front:
#
# $$\bar g = p_1 g_1 + \dots + p_k g_k, \qquad \text{gradient for } z_i = p_i\,(g_i - \bar g)$$
#
# In words: the average wish, ḡ (say "g bar"), is the sum of share times wish; what reaches a z is its share times how
# far its wish is from that average. g and p are (k, m), one column an example, and the average is (1, m).
#
# ### Exercise 14.4 · Softmax, both ways
#
# `__call__` takes z (k, m) of any size, 1000 or −1000, whole numbers too. `backward` takes the wishes `grad_output`
# (k, m); the network has then kept what `__call__` returned in `self.output`. Mind the axis, and `keepdims=True`.

# %% exercise="14.4"
class Softmax:
    """Shares of one whole, for each example: p = exp(z) / sum of exp(z)."""

    def __call__(self, z):
        ### BEGIN SOLUTION
        powers = np.exp(z - z.max(axis=0, keepdims=True))
        return powers / powers.sum(axis=0, keepdims=True)
        ### END SOLUTION

    def backward(self, grad_output):
        ### BEGIN SOLUTION
        average = (self.output * grad_output).sum(axis=0, keepdims=True)
        return self.output * (grad_output - average)
        ### END SOLUTION


# %%
check("14.4")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The loss for many classes
#
# Lesson 04 asked one thing of an answer: how much was **given to the truth**? With one-hot labels that is the sum of label
# times share: all but one of the products are 0. The loss is minus the logarithm of it, and the mean over the examples:
#
# $$L = \text{mean of } -\log(y_1 p_1 + \dots + y_k p_k), \qquad g_i = -\frac{y_i}{p_i}$$
#
# In words: minus the logarithm of the share that the right class has, averaged over the examples. The gradient for a
# share, its wish, is minus its label divided by the share: 0 for the wrong classes, −1/p for the right one. y, p and g are (k, m).
#
# A share can be exactly 0: at z = −1000 it is too small for a float. Then the logarithm is minus infinity, and 1/p is
# infinite. Keep both finite: `np.maximum(p, 1e-300)` in place of p changes no share that is larger. (`1e-300` is a 1 at
# the 300th place behind the point.)
#
# ### Exercise 14.5 · Cross-entropy for many classes
#
# As in lesson 04: calling gives one number, `gradient` gives each example's own slope, without a division by m.

# %% exercise="14.5"
class CategoricalCrossEntropy:
    """The mean surprise at the right class; its slope for each share."""

    def __call__(self, output, labels):
        ### BEGIN SOLUTION
        given = (labels * output).sum(axis=0)
        return -np.log(np.maximum(given, 1e-300)).mean()
        ### END SOLUTION

    def gradient(self, output, labels):
        ### BEGIN SOLUTION
        return -labels / np.maximum(output, 1e-300)
        ### END SOLUTION


# %%
check("14.5")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Multiply it out
#
# Now both pieces in a row, on paper. The shares are p = (0.5, 0.3, 0.2), and the right class is the second.
#
# - wishes from the loss: g = (0, −1/0.3, 0) = (0, −3.333, 0)
# - average wish: 0.5 · 0 + 0.3 · (−3.333) + 0.2 · 0 = −1
#
# ### Exercise 14.6 · What reaches z
#
# Work out p · (g − average) for all three. Then put p and y side by side and look.

# %% exercise="14.6"
first_z = 0.5  ### SOLUTION
second_z = -0.7  ### SOLUTION
third_z = 0.2  ### SOLUTION

# %%
check("14.6")

# %% [markdown]
# The 0.3 that the loss divides by is the 0.3 that softmax multiplies by. They cancel, and what is left is **p − y**. It
# is the same little formula as in lesson 04, for any number of classes. Here are your `Softmax` and your
# loss, which `long_way` runs one after the other, and your `one_hot` for the labels:

# %%
my_softmax = mine_or_reference("Softmax")
softmax = my_softmax()
loss = mine_or_reference("CategoricalCrossEntropy")()
columns = mine_or_reference("one_hot")

def long_way(z, labels):
    softmax.output = softmax(z)
    return softmax.backward(loss.gradient(softmax.output, labels))

# %% [markdown]
# For five columns of random z the long way and p − y agree. Then comes one column that is as bold as can be:

# %% tags=["nbval-check-output"]
z = np.random.default_rng(1).normal(size=(3, 5))
y = columns(np.array([[0, 2, 1, 1, 0]]), 3)
apart = np.abs(long_way(z, y) - (softmax(z) - y)).max()
print("furthest apart:", apart.round(12))

bold = np.array([[1000.0], [-1000.0], [0.0]])
truth = columns(np.array([[1]]), 3)
print("long way", long_way(bold, truth).ravel() + 0.0,
      "  p - y", (softmax(bold) - truth).ravel())

# %% [markdown]
# Look at the last line. The network is as wrong as it can be: it gives everything to class 0, and the truth is class 1.
# On the long way the share of class 1 has become exactly 0, and 0 times anything is 0: **no push at all**. p − y pushes
# with full force. So nnlib takes the **shortcut** p − y where its own Softmax stands before its own loss. Then the
# division never happens.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The shortcut, twice
#
# Somebody has read "the gradient of softmax and cross-entropy is p − y". They make it the `gradient` of their loss. Their
# Softmax is the one of 14.4, with its `backward`. So p − y is in the loss, and then goes through softmax once more.
#
# **They train on the digits. What happens?**
#
# - **a** – an error: the shapes do not fit
# - **b** – the loss rises until it is infinite
# - **c** – it learns nothing, and nine of ten answers are wrong
# - **d** – it learns, nearly as well as the right one

# %% exercise="14.7"
predict("14.7", "d")  ### SOLUTION

# %% [markdown]
# Try it. `Twice` is your loss with that one line changed: `type(loss)` is its class, and `class Twice(type(loss))`
# takes over all of it but the `gradient`. The other network has your own pair as it is, whose two steps make p − y,
# once. The network has 32 hidden units and is nnlib's; the last bend, the loss and
# the labels are yours. `spread` scales the random beginning: 1 is the usual one.

# %%
labels_train = columns(y_train, 10)

class Twice(type(loss)):
    def gradient(self, output, labels):
        return output - labels

def train(loss, spread=1, seed=0):
    layers = ((Dense(32), ReLU()), (Dense(10), my_softmax()))
    network = NeuralNetwork(layers, loss, learning_rate=0.3, seed=seed)
    network.build(784)
    network.parameters[:] *= spread
    history = network.fit(x_train, labels_train, epochs=10, batch_size=64)
    return network, history.loss

# %% [markdown]
# One run proves little, so each of the two is trained from three beginnings. (The next cell trains six networks: it takes
# up to a minute on a slow computer.) What is printed is the share of right answers
# on 1,000 images that no network has seen, and the mean of the three:

# %%
def share_right(network, x=x_test):
    return np.mean(network.predict(x).argmax(axis=0) == y_test[0])

def three(kind, spread=1):
    runs = [train(kind(), spread, seed) for seed in range(3)]
    shares = [share_right(network) for network, _ in runs]
    print([f"{share:.1%}" for share in shares],
          f"mean {np.mean(shares):.1%}")
    return runs[0]

network, losses = three(type(loss))
careless, losses_twice = three(Twice)

# %%
reveal("14.7")

# %% [markdown] tags=["claim:test_the_shortcut_twice_costs_little_after_a_mild_beginning_and_much_after_a_bold_one"]
# It costs a few images in a hundred at most, and the loss falls in every epoch. Nobody would look for a mistake here:

# %%
curves({"p − y once": losses, "p − y twice": losses_twice},
       alt="Two losses over ten epochs. Both fall steadily; the one with "
           "the shortcut twice stays higher throughout.")

# %% [markdown] tags=["claim:test_a_bold_beginning_is_confidently_wrong_about_most_images"]
# And now the same two from bold beginnings (six networks again), with first weights ten times as large. Such a network
# starts out confidently wrong about most images:

# %%
_, bold_losses = three(type(loss), spread=10)
_, bold_losses_twice = three(Twice, spread=10)
print(f"loss in the last epoch: once {bold_losses[-1]:.2f},",
      f"twice {bold_losses_twice[-1]:.1f}")

# %% [markdown]
# The second loss ends more than ten times as high as the first. The right answers of a single run may hide it; the two
# means do not. So what did those networks train with? Put p − y through softmax, and measure (as in lesson 05) the slope
# of another loss: half of the *squared error* between p and y.

# %% tags=["nbval-check-output"]
z, y = np.array([[2.0], [1.0], [0.0]]), np.array([[0.0], [1.0], [0.0]])
softmax.output = softmax(z)
twice = softmax.backward(softmax.output - y).ravel()
print("p − y through softmax    ", twice.round(6))

def squared(z):
    return ((softmax(z) - y) ** 2).sum() / 2

steps = 1e-5 * np.eye(3)
rises = [squared(z + step[:, None]) - squared(z - step[:, None])
         for step in steps]
print("slope of squared error / 2", (np.array(rises) / 2e-5).round(6))

# %% [markdown]
# They are the same numbers. **The shortcut twice is the squared error in disguise.** The screen shows cross-entropy, and
# the weights follow something else. You met it in lesson 04: where the network is confidently wrong, it does not push.
# That costs little after a mild beginning and a great deal after a bold one. A loss that falls does not show it. Lesson
# 08's gradient check does, at once.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A little to the right
#
# Your network knows 4,000 digits that stand in the middle of their image. Take the 1,000 test images and move each by
# four pixels to the right, about the width of their margin. (The network that is asked is the first of those trained
# with p − y once.) To you they look the same.
#
# **About how many of the 1,000 does it still get right?**
#
# - **a** – 250
# - **b** – 600
# - **c** – 900, nearly all

# %% exercise="14.8"
predict("14.8", "a")  ### SOLUTION

# %%
images = x_test.reshape(28, 28, -1)
wider = np.pad(images, ((0, 0), (4, 0), (0, 0)))
moved_right = wider[:, :28].reshape(784, -1)
print(f"in the middle {share_right(network):.0%},",
      f"four pixels to the right {share_right(network, moved_right):.0%}")
digits(np.hstack([x_test[:, :4], moved_right[:, :4]]),
       [*y_test[0, :4], *y_test[0, :4]],
       alt="Four digits in the middle of their images, then the same four "
           "moved to the right.")

# %%
reveal("14.8")

# %% [markdown] tags=["claim:test_moved_by_four_pixels_a_quarter_is_read"]
# A weight belongs to a pixel. What the network has learnt about the pixel in the middle says nothing about the pixel
# four places to its right. (Networks that look for the same thing everywhere are called *convolutional*.) So an image
# must be brought to where the network expects it. Those of MNIST were scaled until the digit fills 20 × 20 pixels and
# then moved until its centre of mass, the place where its ink would balance, lies in the middle of 28 × 28. The
# explorer does the same with what you draw.
#
# At first the sheet shows a test image that your network gets wrong; your first stroke clears it. Draw a **7** with the
# pointer, large, or with the keys: arrow keys move the pen, Space puts it down. Then
#
# 1. put a bar through it, as many people do, and watch the probabilities while you draw;
# 2. draw it small in a corner, and switch *Your drawing is* to *used as drawn*;
# 3. open the tab *Confusion*, a table of digits and answers, and press its darkest orange field: the tab *Mistakes* shows
#    the images. Which digits does it mix up, and would you have known them?
# 4. write a digit on paper, photograph it, and press *Photograph*: it is made grey, its paper becomes 0 and its ink 1, it
#    is cut out, and centred by mass, as MNIST's images were. (Lesson 15 shows these steps.)
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The digit explorer: a seven drawn on a sheet, beside it the same seven centred and scaled, ten bars of which that of 7 is full, and the outputs of both layers; the test images stand behind a tab](../pictures/digit_explorer.png)
#
# </details>

# %%
DigitExplorer(model=network)

# %% [markdown]
# It never says "I do not know". Clear the sheet: an empty one gets an answer too, and so would a letter. Softmax shares
# out one whole, whatever the picture shows. A probability of 0.99 means: *among these ten, and among images like those I
# was trained on.*

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recall
#
# Two questions about earlier lessons. Answer before you look anything up.
#
# **14.9 · A photograph may show a cat, a dog, both, or neither. Two outputs. Which last activation?**
#
# - **a** – Sigmoid
# - **b** – Softmax
# - **c** – ReLU

# %% exercise="14.9"
check("14.9", "a")  ### SOLUTION

# %% [markdown]
# **14.10 · The mean over the m examples of a batch has to come in somewhere on the way back. Where?**
#
# - **a** – in the gradient of the loss
# - **b** – in the gradients of weights and bias, once
# - **c** – in the optimiser's step

# %% exercise="14.10"
check("14.10", "b")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Remember
#
# - Softmax: e to the power of z, divided by the sum. Only differences count, so take the largest z away first.
# - With cross-entropy, what reaches z is p − y. Write it once: twice, it is the squared error in disguise.
# - A network knows images like those it was trained on, and always gives an answer.

# %%
status()

# %% [markdown]
# ## What comes next
#
# Lesson 15 makes it yours: your own data, a run that somebody else can repeat, and a network that you take with you.
#
# **Next:** [15 · Make it yours](15_make_it_yours.ipynb). Did you skip a lesson? In lesson 15, `checkpoint("15")` brings the pieces that it needs.
