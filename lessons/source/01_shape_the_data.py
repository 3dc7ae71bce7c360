# %% [markdown] slideshow={"slide_type": "slide"}
# # 01 · Shape the data
#
# **You will do:** turn a field book into an array, meet an accident that makes no noise, and bring every feature to the
# same scale.
#
# **You will learn:** one column is one example. A shape says what a number means.
#
# **You need:** lesson 00, and to have seen a NumPy array before.
#
# **Time:** about 45 minutes.

# %%
import numpy as np

from lessons.checks import check, hint, mine_or_reference
from lessons.checks import predict, reveal, solution, status
from nnlib.data import PENGUIN_FEATURES, load_penguins
from widgets import ShapeTracer

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Before you start
#
# You guess how heavy five penguins are, then put them on the scales. Your guesses are a column of shape (5, 1). The
# scales give five numbers in a flat list, an array of shape (5,).
#
# **You compute `guess - truth`. What do you get?**
#
# - **a** – five numbers, shape (5,)
# - **b** – five numbers, shape (5, 1)
# - **c** – twenty-five numbers, shape (5, 5)
# - **d** – an error: the shapes differ

# %% exercise="01.1"
predict("01.1", "c")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A field book
#
# On three islands of the Antarctic somebody measured penguins. This is a page of the book, one penguin a line: the
# length of the bill, its depth, the length of the flipper (all in millimetres), and the body mass in grams.

# %% tags=["nbval-check-output"]
page = np.array([[48.4, 16.3, 220, 5400],
                 [46.5, 14.5, 213, 4400],
                 [46.5, 17.9, 192, 3500]])
page.shape

# %% [markdown]
# Three rows, four columns: shape (3, 4). The first number of a shape counts the rows, the second the columns.
# `page[0, 3]` is row 0, column 3: the body mass of the first penguin. `page[1, 0]` is row 1, column 0: the bill length of
# the second. NumPy counts from 0.

# %% tags=["nbval-check-output"]
print(page[0, 3], page[1, 0])

# %% [markdown] slideshow={"slide_type": "slide"}
# ## One column, one example
#
# A measured quantity is called a **feature**, a penguin an **example**. The field book gives each penguin a row. This
# course always stores data the other way round: **features down, examples across**. Then a column is one penguin, and
# a network reads a whole column at a time.
#
# | | penguin 0 | penguin 1 | penguin 2 |
# | --- | --- | --- | --- |
# | bill length | 48.4 | 46.5 | 46.5 |
# | bill depth | 16.3 | 14.5 | 17.9 |
# | flipper length | 220 | 213 | 192 |
# | body mass | 5400 | 4400 | 3500 |
#
# This array is called **x**. Its shape is (features, examples), here (4, 3). One more penguin is one more column. The
# number of rows stays, and with it everything that the network has learnt about bills and flippers.

# %% [markdown]
# ### Exercise 01.2 · Read a shape
#
# A worked example that fades: the first part is done for you, the second half done, the third is yours. No code is
# needed: read them off.
#
# - **Whole:** `page` holds 3 penguins, one a row, with 4 measurements each: 3 rows, 4 columns. `page[0, 3]` is row 0,
#   column 3: the first penguin's body mass, 5400.
# - **Half:** `x` is the table above, one penguin a column: 4 rows, 3 columns. `x[1, 2]` is row 1, column 2, and row 1 is
#   the bill depth. Which `number` is it? Read it off: no cell makes `x`.
# - **Yours:** `x_train` holds the 273 penguins of the training part, 4 measurements each, stored like `x`. How many
#   rows has `x_train` (`rows_of_x`), how many columns (`columns_of_x`)?

# %% exercise="01.2"
number = 17.9  ### SOLUTION
rows_of_x = 4  ### SOLUTION
columns_of_x = 273  ### SOLUTION

# %%
check("01.2")

# %% [markdown]
# Not yet, or not sure? Write `hint("01.2")` below the check and run it again. Every exercise has three hints, one for
# each call, and then `solution("01.2")`.

# %% [markdown]
# ### Exercise 01.3 · From book to columns
#
# Write the turn as a function. `page` has the shape (examples, features), the result (features, examples). NumPy calls
# the swap of rows and columns the **transpose**, and has a short way to write it.
#
# Beware of `reshape`. It gives the right shape too, and pours the numbers into it line by line: a bill becomes a
# mass. The check knows the difference.

# %% exercise="01.3"
def as_columns(page):
    """One column for each line of the book, shape (features, examples)."""
    ### BEGIN SOLUTION
    return page.T
    ### END SOLUTION


# %%
check("01.3")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## All penguins
#
# The course brings the whole book. The 69 penguins of the test part are kept apart, as in lesson 00.

# %% tags=["nbval-check-output"]
x_train, y_train, x_test, y_test = load_penguins()
x_train.shape, y_train.shape, x_test.shape

# %% [markdown]
# `y_train` holds the species of every penguin, as 0, 1 or 2: one row, one column for each penguin. Labels follow the same
# rule as data, features down and examples across.
#
# ### Exercise 01.4 · The mean of every feature
#
# How heavy is the mean penguin, how long its flipper? One mean for every feature, over all examples. By hand, for one
# feature of the small table:
#
# - bill depth: 16.3, 14.5, 17.9
# - added up: 48.7
# - divided by 3 examples: 16.23
#
# The mean runs along a row, over the columns. `x.mean(axis=…)` takes the number of an axis: axis 0 counts rows, axis 1
# counts columns, and **the axis you name is the one that vanishes**. Here the features stay, and the result is to be
# a column, (features, 1), that can stand beside x: `keepdims=True` keeps the axis that would vanish, with length 1.

# %% exercise="01.4"
def feature_means(x):
    """The mean of every feature over the examples, shape (features, 1)."""
    ### BEGIN SOLUTION
    return x.mean(axis=1, keepdims=True)
    ### END SOLUTION


# %%
check("01.4")

# %% [markdown]
# And here is the mean penguin, by your own function. (Where a piece is not done yet, the reference steps in and says
# so.)

# %% tags=["nbval-check-output"]
means = mine_or_reference("feature_means")(x_train)
for name, mean in zip(PENGUIN_FEATURES, means.ravel()):
    print(f"{name:20} {mean:8.1f}")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The accident that makes no noise
#
# Now the five guesses of the beginning, in kilograms. Every guess is wrong by exactly 0.1.

# %% tags=["nbval-check-output"]
truth = np.array([3.5, 3.9, 4.2, 4.8, 5.6])
guess = np.array([[3.6], [3.8], [4.3], [4.7], [5.7]])
error = np.abs(guess - truth)
guess.shape, truth.shape, error.shape, round(float(error.mean()), 2)

# %%
reveal("01.1")

# %% [markdown]
# The mean error should be 0.1. It is 0.84, and nothing complained. NumPy laid `truth` out as a row, `guess` as a
# column, and took every guess minus every truth. Make a column of `truth` as well, and the error is what it should be.
# In `reshape`, one of the sizes may be −1: NumPy works it out.

# %% tags=["nbval-check-output"]
truth_column = truth.reshape(-1, 1)
round(float(np.abs(guess - truth_column).mean()), 2)

# %% [markdown]
# What NumPy did before is called **broadcasting**: where one array has length 1 along an axis, or lacks
# the axis, NumPy repeats it until it fits. It is handy where you mean it and expensive where you do not: a network
# trained on this error learns next to nothing, and no line of the code looks wrong.
#
# The rule has three lines. Write the two shapes under each other, **aligned at the right**. Two sizes fit if they are
# equal, or if one of them is 1 or not there. Otherwise there is an error.
#
# Try the rule. Drag the corners, or type sizes; **+** gives a shape one more axis, **−** takes one away:
#
# 1. Give `truth` a second axis and the shape (5, 1), so that the result has five numbers again.
# 2. Find two shapes for which `guess − truth` is an error. Apply the rule before you try them.
# 3. Choose the operation **guess @ truth**. `@` is another product, which lesson 02 explains; here you need its rule for
#    shapes alone. Type sizes until the error is gone. Which two of them must be equal?
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The shape tracer: guess as a column of five and truth as a row of five, both repeated by hatched copies to a square of five by five, with a table that says for every axis which of them is repeated](../pictures/shape_tracer.png)
#
# </details>

# %%
ShapeTracer(operation="−", a=guess, b=truth, names=("guess", "truth"))

# %% [markdown]
# ### Exercise 01.5 · A row of labels
#
# The accident cannot happen to two arrays of one shape (features, examples). Labels often come as a flat list, an
# array of shape (examples,). Make a row of them, shape (1, examples), for any number of examples.

# %% exercise="01.5"
def as_row(labels):
    """Labels as one row: (examples,) → (1, examples)."""
    ### BEGIN SOLUTION
    return labels.reshape(1, -1)
    ### END SOLUTION


# %%
check("01.5")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Same scale for all
#
# How much do the features differ from penguin to penguin? The **standard deviation** tells: the typical distance from
# the mean.

# %% tags=["nbval-check-output"]
for name, deviation in zip(PENGUIN_FEATURES, x_train.std(axis=1)):
    print(f"{name:20} {deviation:8.1f}")

# %% [markdown]
# Body mass varies by 797.6, bill depth by 2.0. Not because bills matter less, but because somebody chose grams and
# millimetres. A neuron multiplies every feature by a number of its own and adds up. These numbers are
# called **weights**, and have nothing to do with grams: they are what was nudged in lesson 00. With equal weights, it would hear body mass 400
# times as loud as bill depth.
#
# So each feature is moved to mean 0 and stretched to deviation 1. It is **standardised**:
#
# $$\text{standardised} = \frac{x - \text{mean}}{\text{deviation}}$$
#
# In words: from every number take the mean of its feature, then divide by the deviation of its feature. x is
# (features, examples), mean and deviation are (features, 1), the result has the shape of x. A penguin of 5000 grams is
# (5000 − 4200.4) / 797.6 = 1.00: one deviation heavier than the mean.

# %% [markdown]
# ### Exercise 01.6 · Standardise
#
# `x.std` takes the same arguments as `x.mean`. (A feature that is the same for all examples has deviation 0. There is
# none here.)

# %% exercise="01.6"
def standardise(x):
    """Every feature with mean 0 and deviation 1; same shape as x."""
    ### BEGIN SOLUTION
    centred = x - x.mean(axis=1, keepdims=True)
    return centred / x.std(axis=1, keepdims=True)
    ### END SOLUTION


# %%
check("01.6")

# %% [markdown]
# Look at it once more: means 0, deviations 1, and the first penguin is a long, heavy one with a rather flat bill.

# %% tags=["nbval-check-output"]
x_standard = mine_or_reference("standardise")(x_train)
print("means     ", np.abs(x_standard.mean(axis=1)).round(2))
print("deviations", x_standard.std(axis=1).round(2))
print("penguin 0 ", x_standard[:, 0].round(2))

# %% [markdown]
# In lesson 13 you will meet a question that hides here: *whose* mean? The test penguins must not help to choose it.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Put it in order
#
# ### Exercise 01.7 · From the book to standardised data
#
# Given `page`, shape (examples, features), these lines compute `standard`. They are shuffled, and one of them does not
# belong.
#
# ```text
# A   standard = centred / deviations
# B   means = x.mean(axis=1)
# C   x = page.T
# D   deviations = centred.std(axis=1, keepdims=True)
# E   means = x.mean(axis=1, keepdims=True)
# F   centred = x - means
# ```
#
# Run the cell and move the lines. Or give their letters in order: `check("01.7", "A B C")`.

# %% exercise="01.7"
check("01.7", "C E F D A")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recall
#
# Two questions about lesson 00. Answer before you look anything up.
#
# **01.8 · The digits of lesson 00 were an array of shape (784, 700). How many images were there?**
#
# - **a** – 784
# - **b** – 700
# - **c** – 784 · 700

# %% exercise="01.8"
check("01.8", "b")  ### SOLUTION

# %% [markdown]
# **01.9 · Which number does training make smaller?**
#
# - **a** – the accuracy
# - **b** – the learning rate
# - **c** – the loss

# %% exercise="01.9"
check("01.9", "c")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Remember
#
# - One column is one example: (features, examples), labels too.
# - Broadcasting repeats what has length 1 or no axis, without a word. (5, 1) minus (5,) is (5, 5).
# - Standardised features have mean 0 and deviation 1, each over its own row.

# %%
status()

# %% [markdown]
# ## What comes next
#
# The data have a shape. In lesson 02 the first neuron reads it: one weight for each feature, added up, for all columns
# at once. You will see why the features go down and the examples across.
#
# **Next:** [02 · Build a neuron](02_build_a_neuron.ipynb).
