"""What `Watch` says: the sentences by name, and a `Remark` for each that was said."""

from dataclasses import dataclass

SENTENCES = {
    "softmax_of_one": "softmax over one unit is always 1, whatever the network thinks: the loss {loss:.4g} says "
    "nothing. One unit for yes or no takes Sigmoid and BinaryCrossEntropy; several classes take a unit each.",
    "not_a_probability": "{loss_name} needs probabilities, and the last layer can give {range}: end in "
    "Sigmoid.",
    "out_of_reach": "the labels reach from {low:.4g} to {high:.4g}, and the last activation, {part}, gives "
    "{range} only: end in Linear, or scale the labels.",
    "batch_of_one": "BatchNorm got a batch of one example, and of one number the mean is that number: every output is "
    "the same. Use a larger batch_size.",
    "dropout_high": "Dropout({rate:g}) in layer {block} lets {kept:.2g} of {units} units through on average{also}: "
    "hardly anything reaches the layer behind it. Usual is 0.1 … 0.5.",
    "inputs_equal": "all {m} examples have the same inputs and not the same labels: nothing tells them apart. Is x the "
    "array that was meant?",
    "labels_equal": "the labels of all {m} examples are {value}: there is nothing to tell apart. Is y the array that "
    "was meant?",
    "units_equal": "all {units} units of layer {block} have the same parameters, and so get the same gradient: they "
    "stay the same for ever. Start from random weights.",
    "nothing_moves": "after {steps} updates no parameter has moved, though the gradient is {gradient:.2g} long: "
    "learning rate {rate:g}. Is there a step in the optimiser that reaches the network's own array?",
    "loss_exploded": "the loss has grown from {first:.3g} to {loss:.3g}: training diverges. A learning rate of "
    "{rate:.1g} is a start{also}.",
    "inputs_far": "the inputs reach {largest:.4g}, usual is -1 … 1, and after {epochs} epochs the loss is {loss:.4g} "
    "(always the same answer: {base:.4g}). standardise(x) brings every feature there; pixels are divided by 255.",
    "targets_far": "the labels reach {largest:.3g}, and after {epochs} epochs the loss is {loss:.3g} (always "
    "answering the mean: {base:.3g}). Divide the labels by their spread, and multiply the answers with it.",
    "layer_dead": "every output of layer {block}, {part}, is 0 for all {m} examples: no gradient passes, and nothing "
    "below it learns. Try a smaller learning rate, or LeakyReLU.",
    "layer_saturated": "layer {block}, {part}, is flat for {share:.0%} of its outputs, so hardly any gradient passes, "
    "and the loss stays at {loss:.4g}. Smaller inputs or smaller first weights bring it back.",
    "gradient_vanishes": "the gradient of the first weights is {ratio:.0e} times that of the last ones, and the loss "
    "stays at {loss:.4g}. Fewer layers, ReLU with He, or BatchNorm let it pass.",
    "same_answer": "after {epochs} epochs the network gives all examples the same answer, {answer}, and the loss "
    "stays at {loss:.4g}. Look at the scale of the inputs, the learning rate, and whether labels belong to their "
    "examples.",
    "largest_class": "after {epochs} epochs {accuracy:.0%} of the answers are right, no more than always saying the "
    "largest class ({share:.0%}). More units, more epochs, or another learning rate?",
    "no_progress": "after {epochs} epochs the loss is {loss:.4g}, no better than always the same answer ({base:.4g}). "
    "Try another learning rate, and look at inputs and labels.",
    "overfits": "the validation loss is {validation:.3g}, {times:.1f} times its best ({best:.3g}, epoch {epoch}), "
    "while the training loss is {loss:.3g}: it learns its examples by heart. EarlyStopping goes back to the best.",
}  # fmt: skip
"""What is said, by name."""

FINDINGS = tuple(SENTENCES)
"""All names that a finding can have."""

CAUSES = FINDINGS[: FINDINGS.index("same_answer")]
"""Names that say why. What only shows that nothing is learned is not said after one of them."""


LISTENERS = []
"""Functions that are called with each `Remark` that is said to a person, such as a count for their teacher."""


@dataclass(frozen=True)
class Remark:
    """What was said: its `name` (one of `FINDINGS`), the sentence `says`, and the `epoch`."""

    name: str
    says: str
    epoch: int

    def __str__(self):
        return self.says
