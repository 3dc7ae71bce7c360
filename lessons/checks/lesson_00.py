"""The predictions of lesson 00, Meet the network."""

from lessons.checks.judge import Prediction

EXERCISES = (
    Prediction(
        number="00.1",
        title="What will the loss do?",
        right="b",
        options={
            "a": "A straight line would mean that every epoch helps as much as the one before.",
            "b": "the loss falls fast at first, then ever more slowly.",
            "c": "It would jump up and down if each step were too long. You can make that happen in lesson 05.",
            "d": "It would stay flat if the nudges did nothing.",
        },
        hints=(
            "Think of any skill you have learnt. When did you improve fastest?",
            "At the start almost every image is judged badly. Near the end, how much is left to improve?",
            "The nudge of a number is in proportion to how wrong the network is.",
        ),
        praise="At the start nearly every image pulls the numbers the same way. Later, few are left that pull at all.",
    ),
    Prediction(
        number="00.2",
        title="Which network has the smaller loss?",
        right="b",
        options={
            "a": "That is what one expects of three right answers out of three.",
            "b": "the second has the smaller loss, 0.31 against 0.63, though it gets one image wrong.",
            "c": "The same loss would be chance: the two are made in different ways.",
        },
        hints=(
            "Accuracy asks on which side of 0.5 an answer lies. What does the loss ask?",
            "How sure is the first network of each of its right answers?",
            "For one image the loss is −log(the probability given to the truth). Take 0.53, then 0.99.",
        ),
        praise="Accuracy counts right and wrong. The loss counts how sure: barely right costs nearly as much as barely "
        "wrong. Training sees the loss alone.",
    ),
    Prediction(
        number="00.3",
        title="Which phase changes the weights?",
        right="d",
        options={
            "a": "Forward only uses the weights.",
            "b": "The loss is one number, computed from the output.",
            "c": "Backward works out which way to nudge, and nudges nothing.",
            "d": "the update, and nothing else.",
        },
        hints=(
            "Knowing the way and walking it are two things.",
            "Which phase could not be done without knowing the way first?",
            "One of the four names says it.",
        ),
        praise="Three phases look, one acts. Backward is not the update: you will meet that again in lesson 06.",
    ),
)
