# %% [markdown] slideshow={"slide_type": "slide"}
# # 15 · Make it yours
#
# **You will do:** take a table of your own from the file to a prediction, and a photograph of a digit; save what a network
# has learnt, repeat somebody else's run, and take a network with you to another library.
#
# **You will learn:** a run is its data, its network, its rule (the optimiser, its rate, batches and epochs) and its seed.
# Who has these four can repeat it.
#
# **You need:** lessons 09 and 13 (a network that trains, and examples that are held back).
#
# **Time:** about 55 minutes.

# %%
import io
import pickle
from pathlib import Path

import numpy as np

from lessons.checks import check, checkpoint, hint, mine_or_reference
from lessons.checks import predict, reveal, solution, status
from lessons.figures import steps
from nnlib import (
    Adam, BinaryCrossEntropy, CategoricalCrossEntropy, Dense, NeuralNetwork,
    Preparation, Prepared, ReLU, Sigmoid, Softmax, Tanh, export_pytorch,
    load, one_hot, read_card, read_table, save, split)
from nnlib.data import PENGUIN_SPECIES, TABLES, load_mnist, load_penguins
from nnlib.data import moons, standardise
from widgets.digit_explorer.photograph import read_picture
from widgets import Workbench

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Before you start
#
# Somebody trains a network with 8 hidden units on another computer: 500 epochs on 200 points, from random weights. You get
# a card of a few lines. It names the data, the layers, the loss, the learning rate and the seed, and it says that the
# last loss was 0.15477…, with 17 digits. It does not hold a single weight. You train as the card says.
#
# **How far is your last loss from theirs?**
#
# - **a** – about 0.01: the random beginning is another one, the valley the same
# - **b** – 0.000000001 at most, and nothing at all if the two computers calculate alike
# - **c** – nothing at all, on any computer: the same arithmetic gives the same numbers

# %% exercise="15.1"
predict("15.1", "b")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Data of your own
#
# Sooner or later the data are yours, and they come from a spreadsheet. Its plainest file is **CSV**, comma-separated
# values: a line of names, then one line an example. Here is such a text. The penguins of Palmer Station stand in it: how
# long and how deep the bill is, in millimetres, and whether the bird is a Chinstrap (1) or of another species (0).

# %% tags=["nbval-check-output"]
x_all, species, _, _ = load_penguins()
is_chinstrap = (species == PENGUIN_SPECIES.index("Chinstrap")).astype(int)
rows = [f"{long},{deep},{label}"
        for long, deep, label in zip(*x_all[:2], *is_chinstrap)]
penguins_csv = "\n".join(["bill length,bill depth,chinstrap", *rows])
print(penguins_csv[:80])

# %% [markdown]
# Source: Gorman, Williams and Fraser (2014), [doi:10.1371/journal.pone.0090081](https://doi.org/10.1371/journal.pone.0090081).
#
# ### Exercise 15.2 · From a text to arrays
#
# `text` is the whole file. Its first line holds the names, the last column the labels, and there may be any number of
# feature columns; no line is empty, and the last may end with a line break. Return x (features, examples) and y (1, examples), both floats. `text.splitlines()`
# gives the lines, `line.split(",")` the words of one.

# %% exercise="15.2"
def from_csv(text):
    """x (features, examples) and y (1, examples) from the text of a
    file of comma-separated values.
    """
    ### BEGIN SOLUTION
    rows = [line.split(",") for line in text.splitlines()[1:]]
    table = np.array(rows, dtype=float).T
    return table[:-1], table[-1:]
    ### END SOLUTION


# %%
check("15.2")

# %% [markdown]
# The text holds 273 penguins: those of nnlib's training part, so not all that there are. Hold 73 back, as in
# lesson 13, and only then scale: nnlib's `standardise` takes the mean and the deviation of the first array, the training
# part, for both.

# %%
read_csv, hold_back = map(mine_or_reference, ("from_csv", "split"))
x_train, y_train, x_valid, y_valid = hold_back(*read_csv(penguins_csv), 73)
x_train, x_valid = standardise(x_train, x_valid)
print("to learn from", x_train.shape, "  held back", x_valid.shape)

def network(seed=0, learning_rate=0.5):
    layers = ((Dense(8), Tanh()), (Dense(1), Sigmoid()))
    return NeuralNetwork(layers, BinaryCrossEntropy(), learning_rate,
                         seed=seed)

model = network()
model.fit(x_train, y_train, epochs=300)
right = np.mean(model.classify(x_valid) == y_valid)
print(f"right among the 73 held back: {right:.1%}")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A table as people have it
#
# Your reader takes tidy files. Others have semicolons, decimal commas, words, empty cells. `read_table` finds out how a
# file is written, and says what it understood before anything else happens. Here are all 344 penguins, with all columns:

# %%
table = read_table(TABLES / "penguins.csv", target="species",
                   missing="drop")

# %% [markdown]
# Read it before you go on. A line with · tells what was done, one with ! what to think about. Take `missing="drop"`
# away and run the cell again: it refuses, and names the first line with a gap. Put it back.
#
# **A file of your own?** Drag it into the file browser on the left, beside this notebook, and write
# `read_table("my_file.csv", target="the column to predict")`. Numbers, words, dates and yes/no may stand in it. Name
# columns that say nothing in `leave_out=("a column", "another")`. If `drop` loses too many rows, `missing="fill"` keeps
# them. Two more tables come with the course: `TABLES / "wines.csv"` (target `grower`), and the cars that come below.
#
# Now three parts: one to train on, one to choose by, and one that is opened once, at the end. `Preparation` takes means,
# deviations and words from the part to train on, and from nothing else. (This `split` is nnlib's, for tables. The piece
# of lesson 13 that goes by the same name is called `hold_back` above.)

# %%
train, valid, test = split(table, validation=0.2, test=0.2, seed=0)
preparation = Preparation(train)
print("rows in the three parts:", len(train), len(valid), len(test))
print(preparation)

# %% [markdown]
# Each word became a feature of its own, 1 where it stands and 0 elsewhere: one-hot, as the labels in lesson 14. And the
# target decides how the network ends:
#
# | target | last block | loss |
# | --- | --- | --- |
# | two classes | `Dense(1), Sigmoid()` | `BinaryCrossEntropy()` |
# | k classes, 3 or more | `Dense(k), Softmax()` | `CategoricalCrossEntropy()` |
# | a number | `Dense(1), Linear()` | `MeanSquaredError()`, the target scaled |
#
# `Linear` leaves z as it is, and `MeanSquaredError` is lesson 04's squared error.
#
# `Prepared` puts network and preparation together, so that nobody ever has to scale by hand again:

# %%
layers = ((Dense(16), Tanh()), preparation.last_block())
classifier = NeuralNetwork(layers, preparation.loss(), 0.3, seed=0)
classifier.fit(*preparation(train), epochs=200)
birds = Prepared(classifier, preparation)
print("to choose by:", birds.score(valid))

# %% [markdown]
# `accuracy` is how often the network is right. `largest_class` is how often somebody is right who answers the most frequent
# class every time: that much is had for nothing. On the part to choose by, 16 units are right about every bird: no other
# number of units can be better, but fewer may do as well. Try 1 unit in place of 16, then 2, and choose the fewest that you
# are content with. Only then run the next cell: it opens the test part, and what it says is not to change your choice. In it
# stands, too, the question that all of it was for, a bird that is in no table:

# %%
print("tested:", birds.score(test))
new_bird = {"island": "Biscoe", "bill length (mm)": 47.2,
            "bill depth (mm)": 14.8, "flipper length (mm)": 216,
            "body mass (g)": 5000, "sex": "female"}
print(birds.classify_table(new_bird))

# %% [markdown]
# The number is the probability that the network gives this class. It is the network's own opinion of this one bird. What
# the test part has said is how often the network is right about any bird.
#
# A file with a hundred new birds goes the same way: `birds.classify_table("new.csv")`. A new row may be written as your
# file is, `"19,5"` too, if the file has decimal commas.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Keep what it learnt
#
# When the notebook closes, the weights are gone. What has to be kept is little: the arrays, each under a name. NumPy writes
# several arrays into one file with `np.savez(file, name=array, …)`. With names that are made while the program runs,
# two stars hand over a dictionary:

# %% tags=["nbval-check-output"]
file = io.BytesIO()  # in memory; a name like "penguins.npz" works too
np.savez(file, **{"first": np.array([1.0, 2.0]), "second": np.eye(2)})
file.seek(0)  # back to its beginning, to read it
with np.load(file) as stored:
    print(stored.files, stored["first"])

# %% [markdown]
# ### Exercise 15.3 · Save
#
# `layers` is a list of layers with `weights` and `bias`. Save both arrays of each under the names `weights1`, `bias1`,
# `weights2`, `bias2`, and so on. Return how many arrays you saved.

# %% exercise="15.3"
def save_parameters(file, layers):
    """Write weights and bias of every layer into one .npz file; returns
    the number of arrays.
    """
    ### BEGIN SOLUTION
    arrays = {}
    for number, layer in enumerate(layers, start=1):
        arrays[f"weights{number}"] = layer.weights
        arrays[f"bias{number}"] = layer.bias
    np.savez(file, **arrays)
    return len(arrays)
    ### END SOLUTION


# %%
check("15.3")

# %% [markdown]
# ### Exercise 15.4 · Load
#
# The other way round. `layers` have arrays of the right shapes already, with other numbers. Somebody else may hold on to
# those arrays (in nnlib, the optimiser does), so write **into** them: `layer.weights[:] = …`. Return how many arrays you
# filled.

# %% exercise="15.4"
def load_parameters(file, layers):
    """Fill weights and bias of every layer from an .npz file; returns the
    number of arrays.
    """
    ### BEGIN SOLUTION
    with np.load(file) as stored:
        for number, layer in enumerate(layers, start=1):
            layer.weights[:] = stored[f"weights{number}"]
            layer.bias[:] = stored[f"bias{number}"]
    return 2 * len(layers)
    ### END SOLUTION


# %%
check("15.4")

# %% [markdown]
# A new network with another seed answers differently. With the stored numbers it answers as the trained one does, to the
# last digit:

# %% tags=["nbval-check-output"]
save_mine = mine_or_reference("save_parameters")
load_mine = mine_or_reference("load_parameters")
file, twin = io.BytesIO(), network(seed=99).build(2)
save_mine(file, [block[0] for block in model.layers])
file.seek(0)
expected = model.predict(x_valid)
print("the same before:", np.array_equal(twin.predict(x_valid), expected))
load_mine(file, [block[0] for block in twin.layers])
print("the same after: ", np.array_equal(twin.predict(x_valid), expected))

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A file that acts
#
# Python has a shorter way to keep any object: `pickle`. Many models on the internet are shared as pickles. Look at what
# happens when this one is *read*:

# %% tags=["nbval-check-output"]
class Harmless:
    def __reduce__(self):
        said = "You only wanted to read me, and I have run a program."
        return print, (said,)

nothing = pickle.loads(pickle.dumps(Harmless()))

# %% [markdown]
# A pickle says which function is to be called with what, and reading it calls it. Here it was `print`; it could have been
# anything that you are allowed to do on this computer. Python's own documentation warns: "Only unpickle data you trust"
# ([pickle](https://docs.python.org/3/library/pickle.html)). An .npz file of numbers cannot act. So `np.load` refuses
# pickled arrays unless asked, and nnlib's run card holds numbers and words only.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## The run card
#
# Parameters answer, but they do not tell where they come from, and training cannot go on from them alone: Adam's memory
# is missing, and the random numbers for the next shuffling. A **run card** keeps the whole run. `save(model, …)` writes one, here
# into a new folder `my_runs` beside this notebook.

# %%
Path("my_runs").mkdir(exist_ok=True)
save(model, "my_runs/penguins.npz", data=(x_train, y_train),
     data_name="200 penguins, scaled")
card = read_card("my_runs/penguins.npz")
print(card)

# %% [markdown]
# `He()` is lesson 11's beginning, `float64` the kind of the numbers. The line *data* ends with a fingerprint of the data:
# twelve signs that a rule called `SHA-256` makes of all their digits. One number that differs in its last digit gives another
# one. (`np.nextafter(a, 9)` is the float next to a, on the side of 9.)

# %% tags=["nbval-check-output"]
touched = x_train.copy()
touched[0, 0] = np.nextafter(touched[0, 0], 9)
print("these data:", card.has_data(x_train, y_train),
      "  one digit changed:", card.has_data(touched, y_train))

# %% [markdown]
# With a `Prepared`, the preparation is on the card too. Whoever loads it needs no table, no means and no list of names:

# %%
save(birds, "my_runs/birds.npz", data=preparation(train),
     data_name="penguins.csv, the rows to train on")
print(load("my_runs/birds.npz").classify_table(new_bird))

# %% [markdown]
# ### Exercise 15.5 · Are two runs the same?
#
# `mine` and `theirs` are arrays of the same shape: losses or parameters of two runs. Return one number, their relative
# difference: the largest distance between two numbers at the same place, divided by the largest size of a number in
# `theirs` (a size has no sign).
#
# $$d = \frac{\max_i |a_i - b_i|}{\max_i |b_i|}$$
#
# In words: the greatest distance between two numbers at the same place, divided by the greatest size among theirs. a and b
# have the same shape, d is one number. 0 means: the same, bit for bit.

# %% exercise="15.5"
def same_run(mine, theirs):
    """The largest difference, relative to the largest of theirs."""
    ### BEGIN SOLUTION
    return np.abs(mine - theirs).max() / np.abs(theirs).max()
    ### END SOLUTION


# %%
check("15.5")

# %% [markdown]
# Now the card has to prove itself. One network trains for 60 epochs without a pause. Another stops after 20, is saved,
# forgotten and loaded, and goes on for 40:

# %% tags=["nbval-check-output"]
difference = mine_or_reference("same_run")
whole = network(seed=1)
whole.fit(x_train, y_train, epochs=60, batch_size=16)

first_part = network(seed=1)
first_part.fit(x_train, y_train, epochs=20, batch_size=16)
save(first_part, "my_runs/half.npz")
second_part = load("my_runs/half.npz")
second_part.fit(x_train, y_train, epochs=40, batch_size=16)
print("difference:", difference(second_part.parameters, whole.parameters))

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Repeat somebody else's run
#
# The card says: `moons(200, 0.2, seed=7)`, layers `Dense(8)`, `Tanh()` and `Dense(1)`, `Sigmoid()`, binary cross-entropy,
# learning rate 0.5, seed 3, all points in one batch, 500 epochs. And the last loss, with all its digits.

# %%
their_loss = np.array([0.15477691403079452])
x, y = moons(200, 0.2, seed=7)

def as_the_card_says(x, y, seed=3, learning_rate=0.5):
    model = network(seed, learning_rate)
    return np.array(model.fit(x, y, epochs=500).loss)

losses = as_the_card_says(x, y)
print("theirs", repr(their_loss.item()), "  yours", repr(losses[-1].item()))
print(f"difference {difference(losses[-1:], their_loss):.1e}")

# %%
reveal("15.1")

# %% [markdown] tags=["claim:test_the_run_of_the_card_agrees_to_nine_digits"]
# 500 epochs from random weights, on two computers that never met, and the numbers agree to nine digits or more. (Yours may
# agree to the last one: so it is where two computers add in the same order. Not all do, as you will see.) Chance had no part in it: a seed is a number from which all the "random" numbers follow. With another seed it is another run:

# %% tags=["nbval-check-output"]
for seed in 3, 4:
    apart = difference(as_the_card_says(x, y, seed), losses)
    print(f"seed {seed}: difference {apart:.1e}")

# %% [markdown]
# So why not always to the last bit? A float has 53 binary digits, and each addition rounds. In another order the same
# numbers round differently:

# %% tags=["nbval-check-output"]
print((0.1 + 0.2) + 0.3, 0.1 + (0.2 + 0.3))

# %% [markdown]
# Another processor, or another build of NumPy, may add in another order. You can imitate that here: turn the order of the
# 200 examples round. It is the same sum, added from the other end:

# %%
turned_round = as_the_card_says(x[:, ::-1], y[:, ::-1])
apart = difference(turned_round, losses)
print(f"the same points in the other order: difference {apart:.1e}")

# %% [markdown]
# A digit at the very end, far below 0.000000001. A calm run keeps it so small. At a learning rate of 3 the loss jumps up and
# down, and each jump makes the difference of a last digit larger:

# %%
wild = as_the_card_says(x, y, learning_rate=3)
wild_turned = as_the_card_says(x[:, ::-1], y[:, ::-1], learning_rate=3)
early = difference(wild_turned[:10], wild[:10])
print(f"the first 10 epochs: difference {early:.0e}")
late = difference(wild_turned, wild)
print(f"all 500 epochs:      difference {late:.0e}")

# %% [markdown]
# A run that cannot be repeated elsewhere may be telling you that its steps are too long. So whoever reports a result should say: the data and their fingerprint, the network, the
# rule, the seed. And whoever repeats it asks for nine digits, not for all of them.
#
# ### Exercise 15.6 · Repeat a run, in order
#
# Five of these six lines repeat the run of a card. Put them in order; one is not needed. The data are checked before any
# time is spent on them.
#
# ```text
# A   again.fit(x_train, y_train, epochs=card.fields["epoch"])
# B   print(card.has_data(x_train, y_train))
# C   again = network(seed=card.fields["seed"])
# D   card = read_card("my_runs/penguins.npz")
# E   np.random.seed(card.fields["seed"])
# F   print(difference(np.array(again.history.loss), np.array(card.history["loss"])))
# ```
#
# Run the cell and move the lines. Or give their letters in order: `check("15.6", "A B C")`.

# %% exercise="15.6"
check("15.6", "D B C A F")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A number in place of a class
#
# How many miles does a car go on a gallon of petrol? The table has 392 cars of the years 1970 to 1982:

# %%
cars = read_table(TABLES / "cars.csv", target="miles per gallon")

# %% [markdown]
# The names of the cars are left out: most of them stand there once, and a network can learn nothing from a word that it sees
# once.
# The rest goes as before. The target is scaled too, and what comes out is scaled back:

# %%
train, test = split(cars, test=0.2, seed=0)
preparation = Preparation(train)
layers = ((Dense(16), Tanh()), preparation.last_block())
estimator = NeuralNetwork(layers, preparation.loss(), 0.1, seed=0)
estimator.fit(*preparation(train), epochs=300)
economy = Prepared(estimator, preparation)
print("tested:", economy.score(test))
guess = np.abs(test.y - train.y.mean()).mean()
print(f"who always says the mean is off by {guess:.1f}", cars.target.name)

# %% [markdown]
# There is no "right" for a number. **R²** (`r_squared`) is 1 if every answer is exact, and 0 if they are no better than the
# mean. `mean_error` is how far an answer is off on average, in the unit of the target: miles per gallon. Compare it
# with the last line.
#
# And a car that stands in no table. `predict_table` gives a pair for each row, the number and what it counts:

# %%
new_car = {"cylinders": 4, "displacement (in³)": 105, "horsepower": 70,
           "weight (lb)": 2200, "seconds to 60 mph": 15, "year": 1978,
           "origin": "Europe"}
[(miles, unit)] = economy.predict_table(new_car)
print(f"{miles:.1f} {unit}")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## A photograph
#
# A photograph is a table too, one pixel a number. But a network for digits knows white strokes on black, in the middle, of
# one size. `read_picture` brings a photograph there. Write a digit on paper, photograph it, drag the file into the file browser,
# and put its name in place of the page that is made here, a test image on grey paper with a shadow:

# %%
images, labels, test_images, test_labels = load_mnist()
ink = np.kron(test_images[:, 3].reshape(28, 28), np.ones((8, 8)))
page = np.linspace(0.9, 0.5, 224) * (1 - 0.8 * ink)
photo = read_picture(page)  # or read_picture("my_digit.jpg")
steps(photo, alt="Four pictures: a digit on paper that darkens to the "
                 "right, white on black in even light, cut out, and as "
                 "28 times 28 pixels with its mass in the centre.")

# %% [markdown]
# Now a network for ten digits, in a few seconds, and its answer:

# %%
layers = ((Dense(32), ReLU()), (Dense(10), Softmax()))
reader = NeuralNetwork(layers, CategoricalCrossEntropy(),
                       optimizer=Adam(0.003), seed=0)
reader.fit(images, one_hot(labels, 10), epochs=8, batch_size=64)
p = reader.predict(photo.x)
print(f"it reads a {p.argmax()}, with {p.max():.0%}")

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Play, and pass it on
#
# Here are your penguins in the workbench: bill length across, bill depth up, both scaled. Hollow points are held back.
#
# 1. Press Play, and once the first update has been shown, point into the map while it plays: above it stands what the
#    network answers there. In *Full screen*, where the units have room, the numbers in them are then the forward pass of
#    that place.
# 2. Set *Pointer* to *add class 1*, and while it plays draw five Chinstraps where none live. Watch the
#    border give way.
# 3. Click a line from an input to a hidden unit and type another weight into the box that opens. Which of the small maps
#    changes, and what becomes of the border?
# 4. Above the hidden layer choose ReLU, set the learning rate to 10, and press Play. What does the tab *Health* call it?
#    Set the rate back to 0.5 and the activation to Tanh, press Reset and Play.
# 5. Open the tab *Share* and there *Run card*: make the card, press Reset, load the
#    card. The network is back, with your points and your weights; only its curve begins anew. Send the card to somebody.
# 6. Drag a table of your own, with any columns, from your computer onto the workbench. The tab *Table* says what it
#    understood; choose there what to predict, which columns to learn from, and what becomes of missing cells. The network
#    gets the end that your target needs, and the scale of the rows to train on. Its card holds the preparation too. In
#    the tab *Share*, *Run card* has *Save as a file*: your browser puts `workbench.json` among its downloads. Drag it into the
#    file browser, and `load("workbench.json").classify_table(rows)` answers new rows, as in the
#    cell with `new_bird`; where the target is a number, it is `predict_table(rows)`.
#
# <details><summary>What it looks like, for readers without a kernel</summary>
#
# ![The workbench: settings of data, network and training; a network of eight hidden units drawn with its weights, each unit a small map; the plane with points of two classes and the border between them; training and test loss; the health of the gradients](../pictures/workbench_penguins.png)
#
# </details>

# %%
Workbench(x=x_train, y=y_train, x_test=x_valid, y_test=y_valid,
          hidden=[8], learning_rate=0.5)

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Take it with you
#
# Large networks are not trained in NumPy: graphics cards multiply matrices far faster, and PyTorch speaks to
# them. It also works out the way back by itself, with the chain rule that you have written by hand. Your network can go
# there as it is, with its preparation. `export_pytorch` writes a program that rebuilds it; these are its lines for the
# layers:

# %%
script = export_pytorch(birds, "my_runs/birds.py")
for line in script.splitlines():
    if line.startswith("    nn."):
        print(line)

# %% [markdown]
# PyTorch calls your Dense `Linear`: `Linear(9, 16)` goes from 9 features to 16 units (or to as many as you chose). It is not the
# activation `Linear` of the table above. Open `my_runs/birds.py` in the
# file browser. The blocks of letters are the weights: every digit is kept, and nobody can read them. Below them stand how a cell is read, your columns with their means
# and deviations, and `answers(rows)`, which takes rows as they stand in your table. PyTorch wants one example a *row*, so inside it is
# `x.T`, and `dim=1` takes the softmax along a row.
# With PyTorch installed, `python my_runs/birds.py`, in a terminal in the folder of this notebook, prints how far its answers are from nnlib's.

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Recall
#
# Two questions about earlier lessons. Answer before you look anything up.
#
# **15.7 · Why were the penguins held back first and scaled afterwards?**
#
# - **a** – scaling 200 birds is faster than scaling 273
# - **b** – the network needs both parts to have mean 0
# - **c** – mean and deviation of all 273 would carry something of those held back into the training

# %% exercise="15.7"
check("15.7", "c")  ### SOLUTION

# %% [markdown]
# **15.8 · You write a layer of your own, and the loss falls. What do you do before you share it?**
#
# - **a** – nothing: a loss that falls is proof enough
# - **b** – train longer, and see whether it falls further
# - **c** – compare its gradients with measured slopes

# %% exercise="15.8"
check("15.8", "c")  ### SOLUTION

# %% [markdown] slideshow={"slide_type": "slide"}
# ## Remember
#
# - A run is data, network, rule and seed. With these four it can be repeated, and a calm run to nine digits anywhere.
# - Keep numbers as numbers. A pickle from a stranger is a program from a stranger.
# - The order of additions changes the last digit. Where steps are too long, the last digit becomes the first.

# %%
status()

# %% [markdown]
# ## What comes next
#
# You have built a network from nothing, and checked it, and know what each line is for. From here on:
#
# - **Read.** Michael Nielsen, [Neural Networks and Deep Learning](http://neuralnetworksanddeeplearning.com), tells the same
#   story with more proofs. Goodfellow, Bengio and Courville, [Deep Learning](https://www.deeplearningbook.org), is the
#   textbook. Simon Prince, [Understanding Deep Learning](https://udlbook.github.io/udlbook/), goes on to today's networks.
# - **Build.** The [PyTorch tutorials](https://pytorch.org/tutorials/) start where you stand. Andrej Karpathy's
#   [Neural Networks: Zero to Hero](https://karpathy.ai/zero-to-hero.html) builds a language model in the same spirit.
# - **Two papers that you can now read.** LeCun, Bottou, Bengio and Haffner (1998), "Gradient-Based Learning Applied to
#   Document Recognition", [doi:10.1109/5.726791](https://doi.org/10.1109/5.726791): your digits, wherever they stand in the
#   image. Vaswani and others (2017), "Attention Is All You Need", [arXiv:1706.03762](https://arxiv.org/abs/1706.03762): the
#   network behind today's language models; its softmax is yours.
#
# And take a table that nobody but you has. Hold some of it back. Then begin.
