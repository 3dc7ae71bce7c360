"""The walks that `tools/walks.py` takes: which explorer is made of what, and what is done to it in turn."""

import base64
import io
import re

import learners
import numpy as np
from PIL import Image

import widgets
from nnlib import (
    BatchNorm,
    CategoricalCrossEntropy,
    Dense,
    Dropout,
    Linear,
    MeanSquaredError,
    NeuralNetwork,
    ReLU,
    Softmax,
    Tanh,
)
from nnlib.data import load_digits, read_table
from nnlib.inspect import MUTANTS
from widgets.bug_lab import explorer as bug_lab
from widgets.workbench import check
from widgets.workbench.menus import OWN

TOUR = object()  # each control through a few values and back
PLANTS = "height,colour,leaves\n12,red,3\n15,blue,4\n18,red,5\n9,blue,2\n21,red,7\n14,blue,3\n16,red,4\n11,,2\n"


def three_classes():
    rng = np.random.default_rng(0)
    y = np.arange(60) % 3
    return rng.normal(size=(4, 60)) + y, y


def deep():
    blocks = ((Dense(5), BatchNorm(), Tanh()), (Dense(4), Tanh(), Dropout(0.3)), (Dense(3), Softmax()))
    x, y = three_classes()
    labels = np.eye(3)[:, y]
    return dict(model=NeuralNetwork(blocks, CategoricalCrossEntropy(), 0.2, seed=1), x=x, y=labels)


def walks():
    """`{explorer, and what for: (its class, its arguments, what is done to it)}`; a dictionary sets a control.

    A fourth part names the places in the frame that are looked at, where that is not the whole.
    """
    said = (".narration", ".failure", ".disabled")
    bench = widgets.Workbench
    steps = ["step"] * 3
    x, y = three_classes()
    chain, twins = (*said, ".view.tracer", ".view.inside"), (*said, ".view.inside")
    plants = read_table(PLANTS, target="colour", missing="drop", quiet=True)
    return {
        "ActivationExplorer": (widgets.ActivationExplorer, {}, [
            TOUR, {"activations": ["ReLU", "Sigmoid, naive", "GELU"]}, {"z": -1000}, ("move", 2.345), ("move by", -3),
            {"activations": []}]),
        "ActivationExplorer, of one's own": (widgets.ActivationExplorer, {
            "activation": [learners.MyReLU, np.sin, learners.Narrow]}, [{"z": -2}]),
        "BackpropBoard": (widgets.BackpropBoard, {}, [
            TOUR, "hint", "hint", ("fill", ["z1", "1/2"]), ("fill", ["z1", "abc"]), "new", "hint", "clear",
            ("fill", ["nothing", "1"])]),
        "BackpropBoard, by hand": (widgets.BackpropBoard, {
            "parameters": [1, -1, -1, 0.5, 0.5, 0.5, 2, 3, -1], "x": [2, 1], "y": 1, "dense": learners.MyDense,
            "activation": learners.MyReLU}, filled),
        "BugLab": (widgets.BugLab, {}, [
            {"expected": ["the check", "the loss"]}, "sound", "judge", {"verdict": "nothing is wrong"}, "judge",
            "again", "sound", "next", {"case": 7}, "sound", {"verdict": "nothing is wrong"}, "judge"]),
        "BugLab, of one's own": (widgets.BugLab, {"dense": learners.Forgetful}, [
            "sound", {"verdict": "something else"}, "judge"]),
        "DescentExplorer": (widgets.DescentExplorer, {}, [
            {"steps": 5}, {"learning_rate": 1.2}, {"rule": "Adam"}, ("start", [1, 2]), ("start by", [5, -5]), "step",
            "back", "reset", *({"landscape": name} for name in (
                "one weight", "narrow valley", "two valleys", "saddle", "a line through points")), {"steps": 3},
            {"along": "up"}, {"learning_rate": 10}, {"steps": 20}]),
        "DescentExplorer, a race": (widgets.DescentExplorer, {"optimizer": [learners.MyRule]}, [
            {"steps": 4}, {"rates": "for each the best tried"}, "step", {"racers": ["SGD", "Momentum"]}, "back",
            "reset"]),
        "DescentExplorer, a function": (widgets.DescentExplorer, {
            "function": lambda w: abs(w), "gradient": np.sign, "names": ["w"], "extent": (-2, 2)}, [
            "step", "step", ("start", [0]), ("start by", [5]), {"steps": 8}]),
        "DescentExplorer, below zero": (widgets.DescentExplorer, {
            "function": lambda p, q: p**2 + q**4 / 2 - 9, "optimizer": lambda p, g, rate: p - rate * np.sign(g)}, [
            {"steps": 3}, {"learning_rate": 3}, {"steps": 5}, {"rule": "SGD"}, {"steps": 200}, "step"]),
        "DescentExplorer, what stands still": (widgets.DescentExplorer, {
            "optimizer": learners.Still(0.1), "landscape": "two valleys"}, [{"steps": 3}, "reset"]),
        "DescentExplorer, a network": (widgets.DescentExplorer, fitted, [{"steps": 2}, {"along": "up"}]),
        "DescentExplorer, a race to the end": (widgets.DescentExplorer, {
            "optimizer": [learners.MyRule, learners.Still, learners.Broken], "landscape": "bowl"}, [
            {"steps": 60}, {"learning_rate": 1.1}, {"racers": ["SGD"]}, {"steps": 300}]),
        "DigitExplorer": (widgets.DigitExplorer, eight_by_eight, [
            ("stroke", [[2, 1, 0], [6, 1, 1], [4, 6.5, 1]]), {"fit": "used as drawn"}, "clear", ("image", 3),
            {"digit": "8"}, ("cell", [3, 9]), ("cell", [3, 3]), {"width": 3}]),
        "DigitExplorer, large": (widgets.DigitExplorer, large, [
            ("stroke", [[5, 4, 0], [12, 4, 1], [9, 16, 1]]), ("photograph", photograph()), "clear",
            ("stroke", [[3, 3, 0]]), ("photograph", "AAAA")]),
        "LossExplorer": (widgets.LossExplorer, {}, [
            TOUR, {"losses": ["Huber", "Absolute error", "Cross-entropy"]}, ("probability", 0.02),
            ("probability by", 0.5), ("z", -12), ("z by", 3.123), {"label": "0"}, {"losses": []}]),
        "LossExplorer, of one's own": (widgets.LossExplorer, {
            "loss": learners.MyLoss, "probability": 0.01, "activation": learners.MyReLU}, [("z", 1)]),
        "NeuronExplorer": (widgets.NeuronExplorer, {}, [
            {"w1": -2}, {"w2": 0.5}, {"bias": 5}, {"data": "moons"}, {"example": 7}, ("choose", [0.5, -1]),
            ("slide", [0.5, 0.2]), ("slide by", [1, 0]), ("turn", [0.1, 1]), ("turn by", [0, 3]), {"w1": 0}, {"w2": 0},
            ("turn", [1, 1]), "reset"]),
        "NeuronExplorer, of one's own": (widgets.NeuronExplorer, {
            "dense": learners.MyDense, "activation": np.tanh, "x": [[1.0, 2, 3, 4], [2.0, 1, 4, 3]], "y": [0, 0, 1, 1],
            "names": ("red", "soft"), "classes": ("raw", "ripe")}, [{"example": 3}, {"bias": -30}]),
        "Parsons, by other rules": (widgets.Parsons, {
            "lines": {"A": "a = 1", "B": "b = 2", "C": "c = 3"}, "order": "BA", "help": "Or by letters.",
            "judge": lambda order: {"word": "FAILED", "says": [f"{order} it is not."], "line": "B"}}, [
            ("move", {"line": "B", "by": [0, 1]}), ("lift", "A"), ("move", {"line": "C", "by": [1, 0]}), "check",
            ("move", {"line": "A", "by": [0, -1]})]),
        "Parsons": (widgets.Parsons, {
            "program": "total = 0\nfor x in numbers:\n    total += x\nmean = total / len(numbers)\n",
            "extra": ["total = x"], "indent": True, "run": str.upper}, in_order),
        "Predict, a choice": (widgets.Predict, {
            "question": "Which?", "choose": ["up", "down"], "truth": "b", "help": "Or a letter."}, [
            ("choose", "a"), ("sure", 70), ("choose", "c"), "commit"]),
        "Predict, a number": (widgets.Predict, {
            "question": "How many?", "number": "steps", "truth": 1200, "explorer": lambda: "a text"}, [
            ("number", "1,5"), ("number", ""), ("number", "1250"), ("sure", 90), "commit"]),
        "Predict, made already": (widgets.Predict, {
            "question": "Which?", "choose": {"x": "this", "y": "that"}, "answer": "y", "sure": 60, "title": "Before"}, [
            ("choose", "x")]),
        "Predict, told to somebody": (widgets.Predict, {
            "question": "How long?", "number": "m", "record": lambda told: [f"noted: {told}"], "confidence": False}, [
            ("number", 3), "commit"]),
        "Predict, near enough": (widgets.Predict, {
            "question": "How many times?", "number": "", "truth": lambda: 4.0, "scale": "ratio", "tolerance": 2}, [
            ("number", 2.5), "commit"]),
        "Predict, a row of heights": (widgets.Predict, {
            "question": "Draw it", "sketch": ("a", 0, 2, "loss", 0, 4), "truth": [0, 1, np.nan, 4]}, [
            ("draw", [[1.0, 9.0]]), ("height by", -3), ("column by", 99), ("height by", 2), "commit"]),
        "Predict, a ratio": (widgets.Predict, {
            "question": "How many times?", "number": "×", "truth": 20, "scale": "ratio"}, [("number", 50), "commit"]),
        "Predict, a sketch": (widgets.Predict, {
            "question": "Draw it", "sketch": ("a", 0, 2, "loss", 0, 4), "truth": np.square, "tolerance": 0.5}, [
            ("column by", 3), ("height by", 5), ("draw", [[0.0, 0.0], [2.0, 4.0]]), "clear",
            ("draw", [[0.0, 1.0], [1.0, 2.0], [2.0, 3.0]]), "commit"]),
        "ShapeTracer": (widgets.ShapeTracer, {}, [
            TOUR, {"a": [3, 4]}, {"b": [4]}, {"a": []}, {"operation": "A + B"}, {"a": [5, 1]}, {"b": [1000, 3]},
            ("a", [0, 2000]), ("c", [1])]),
        "ShapeTracer, of one's own": (widgets.ShapeTracer, {
            "operation": np.outer, "a": np.array([1.0, 2, 3]), "b": (2,), "names": ("x", "means")}, [
            {"b": [3, 2]}, {"operation": "x − means"}, {"b": [3]}, {"a": [2, 2]}]),
        "SignalExplorer": (widgets.SignalExplorer, {"depth": 3, "units": 8}, [
            *({"start_from": name} for name in ("size 1", "size 0.01", "zeros")), {"activation": "Tanh"},
            {"start_from": "size 1"}, {"activation": "Sigmoid"}, {"start_from": "He"}, {"depth": 1}, {"units": 2}]),
        "SignalExplorer, wide": (widgets.SignalExplorer, {"depth": 5, "units": 128, "start_from": "size 1"}, [
            {"activation": "Tanh"}, {"activation": "Sigmoid"}, {"start_from": "Glorot"}, {"depth": 8}]),
        "SignalExplorer, layers of one's own": (widgets.SignalExplorer, {"dense": learners.MyDense, "depth": 2}, [
            {"units": 3}]),
        "SignalExplorer, of one's own": (widgets.SignalExplorer, {
            "initializer": learners.MyStart, "activation": learners.MyReLU, "depth": 3, "units": 6}, [{"seed": 1}]),
        "Workbench, in epochs": (bench, {}, [
            *steps, {"edges": "gradients"}, {"dots": "test"}, {"colours": "the answer alone"}, ("probe", [0.5, -0.4]),
            ("choose", [2, 3, 1]), ("value", 2.5), ("choose", [9, 9, None]), ("nearest", [1, 0]), "probe",
            {"validation": 0.2}, "step", {"patience": 1}, {"schedule": "cosine"}, "step", "reset"]),
        "Workbench, in moments": (bench, {"hidden": [2], "batch": "16", "mode": "single moments"}, [
            *["moment"] * 11, {"numbers": "all examples"}, "back", {"example": 5}, "update", "first", "last", "step",
            ("go_update", 0), ("go", 3)]),
        "Workbench, its panes": (bench, {"hidden": [3], "features": ["x₁", "x₁x₂"]}, [
            *steps, *({"pane": name} for name in ("Weights", "Space", "Surface", "Activation", "Health", "Point",
                                                  "Table", "Share", "Check")),
            ("cell", 7), ("power", -1.5), ("power by", -0.5), {"mistake": "The mean is missing"}]),
        "Workbench, a chain and a pin": (bench, {"hidden": [3], "pane": "Chain", "activation": "ReLU"}, [
            "step", ("trace", [1, "weights", 2, 1]), "moment", ("follow", [1, 0]), {"example": 9},
            ("trace", [2, "bias", 0]),
            ("trace", [1, "weights", 9, 9]), "untrace", "pin", {"pane": "Compare"}, "moment", "update", "moment",
            "same", ("compare", "weights"), "step", "same", "unpin", "first", "back", "back"]),
        "Workbench, a chain with penalties": (bench, {
            "hidden": [2], "pane": "Chain", "l2": 2, "l1": 1, "dropout": 0.5, "loss": "MSE"}, [
            "step", ("trace", [1, "weights", 1, 0]), ("trace", [1, "bias", 0])], chain),
        "Workbench, a chain of one's own": (bench, {
            "hidden": [2], "pane": "Chain", "dense": learners.Forgetful}, [
            "step", ("trace", [1, "weights", 1, 0]), ("trace", [1, "bias", 0]), {"pane": "Check"}], chain),
        "Workbench, a chain of three classes": (bench, {"x": x, "y": y, "hidden": [2], "pane": "Chain"}, [
            "step", ("trace", [1, "weights", 1, 0]), ("trace", [2, "weights", 2, 1])], chain),
        "Workbench, twins": (bench, {"hidden": [3], "pane": "Compare", "change": "one label", "batch": "64"}, [
            "twins", *(act for name in ("nothing", "the order of the batches", "the first weights")
                       for act in ({"change": name}, "twins"))], twins),
        "Workbench, twins that part": (bench, {"hidden": [2], "pane": "Compare", "optimizer": "Adam"}, [
            act for name in ("the pace, by a thousandth", "momentum in place of its rule",
                             "grad_weights in place of weights") for act in ({"change": name}, "twins")], twins),
        "Workbench, twins that fly off": (bench, {
            "data": "plane", "learning_rate": 1e9, "activation": "ReLU", "hidden": [3], "pane": "Compare"}, [
            {"change": "one label"}, "twins"], twins),
        "Workbench, bends": (bench, {"hidden": [3], "initializer": "Normal, 1", "pane": "Activation"}, [
            ("choose", [1, 2, 0]), {"activations": ["ReLU"]}, {"example": 3}, {"hidden": []}, ("choose", [1, 0, 0])],
            (*said, ".view.inside")),
        "Workbench, ills": (bench, {"hidden": [6] * 5, "activation": "Sigmoid", "initializer": "Normal, 0.01"}, [
            {"pane": "Health"}, "step", {"initializer": "Zeros"}, "step", {"activations": ["ReLU"] * 5}, "step",
            {"initializer": "Normal, 1"}, "step", {"hidden": [16]}, {"activations": ["Tanh"]},
            {"initializer": "Zeros"}, {"data": "xor"}, {"initializer": "Normal, 1"}, ("choose", [1, 0, 0]),
            ("value", 1e4), "step"], (*said, ".view.health")),
        "Workbench, what flies off": (bench, {
            "data": "plane", "learning_rate": 1e6, "activation": "ReLU", "hidden": [3], "pane": "Surface"}, [
            *["step"] * 4, {"pane": "Activation"}, "step", {"learning_rate": 0.1}, "reset", "step"],
            (*said, ".view.health", ".view.stats", ".view.inside", ".view.loss")),
        "Workbench, in batches": (bench, {"hidden": [2], "batch": "64", "validation": 0.2, "patience": 1}, [
            *steps, {"schedule": "warm-up, then cosine"}, {"stage": 5}, *steps, {"l2": 0.5}, "step", {"until": 3},
            {"learn_from": 20}, "step", {"formula": "sin(3 * x1)"}, {"features": []}, "step", {"formula": "sqrt(x1)"}],
            (*said, ".view.loss", ".view.rates", ".view.standing", ".view.stats", ".view.plane")),
        "Workbench, its card": (bench, {"hidden": [2], "data": "xor"}, [
            "step", "make_card", "pytorch", {"pane": "Share"}, ("card", "nonsense"), {"test": 0.8},
            {"validation": 0.8}], (*said, ".view.card", ".view.script", ".view.inside")),
        "Workbench, many features": (bench, {
            "x": np.random.default_rng(0).normal(size=(20, 30)), "y": np.arange(30) % 2, "hidden": [16]}, [
            "step", {"numbers": "all examples"}, {"pane": "Space"}, {"up": "x₁₉"}]),
        "Workbench, one feature": (bench, {
            "x": np.linspace(-1, 1, 12)[np.newaxis], "y": np.linspace(0, 3, 12), "hidden": [2]}, [
            "step", ("nearest", [0.2, 0.5])]),
        "Workbench, numbers": (bench, {"data": "hills", "loss": "MSE", "optimizer": "Adam", "l1": 0.5}, [
            *steps, ("probe", [0.5, 0.5]), {"colours": "the answer alone"}]),
        "Workbench, points": (bench, {"test": 0.0, "hidden": [2]}, [
            {"pointer": "add class 1"}, ("draw", [1, 1]), {"pointer": "take away"}, ("draw", [1, 1]), "clear", "step",
            ("draw", [0, 0, 0]), ("paste", "1,2,0\n2,1,1\n3,3,0\n4,4,1"), "step", ("paste", "nonsense")]),
        "Workbench, a table": (bench, {"x": plants, "test": 0.25, "hidden": [2]}, [
            *steps, {"pane": "Table"}, ("paste", {"target": "height"}), {"across": "leaves"}]),
        "Workbench, three classes": (bench, {"x": x, "y": y, "hidden": [3], "validation": 0.2}, [
            *steps, {"pane": "Space"}, {"across": "x₄"}, {"up": "x₁"}, ("probe", [1, 1])]),
        "Workbench, a model": (bench, deep, [*steps, *["moment"] * 3, {"pane": "Weights"}]),
        "Workbench, of one's own": (bench, {
            "dense": learners.MyDense, "activation": learners.MyReLU, "optimizer": learners.MyRule, "hidden": [2],
            "loss": learners.MyLoss}, [*["moment"] * 11, {"pane": "Check"}]),
        "ActivationExplorer, what stops": (widgets.ActivationExplorer, {"activation": learners.Stops}, []),
        "BackpropBoard, hints": (widgets.BackpropBoard, {}, hinted),
        "BackpropBoard, what stops": (widgets.BackpropBoard, {"dense": learners.Stops}, [], said),
        "BugLab, some of its cases": (widgets.BugLab, {}, examined, (
            *said, ".view.rows", ".view.arrays", ".view.stats")),
        "BugLab, what flies off": (widgets.BugLab, {"dense": learners.Wild}, [
            "sound", {"verdict": "something else"}, "judge"], (".narration", ".failure")),
        "DescentExplorer, ways down": (widgets.DescentExplorer, {"landscape": "bowl"}, [
            {"steps": 3}, {"learning_rate": 0.6}, {"learning_rate": 1.0}, {"rates": "for each the best tried"},
            {"racers": []},
            {"landscape": "two valleys"}, {"learning_rate": 0.4}, {"steps": 2}], (*said, ".view.stats", ".view.table")),
        "DescentExplorer, nobody runs": (widgets.DescentExplorer, {"optimizer": [learners.Broken, learners.Still]}, [
            {"racers": ["your Broken"]}, {"racers": ["your Still"]}, {"steps": 500}], said),
        "DescentExplorer, round a network": (widgets.DescentExplorer, {"landscape": "around a network"}, [
            {"steps": 2}], (*said, ".view.stats")),
        "DescentExplorer, what stops": (widgets.DescentExplorer, {
            "function": learners.Stops, "gradient": np.sign, "names": ["w"]}, [], said),
        "DigitExplorer, what stops": (widgets.DigitExplorer, {"model": learners.Stops(0), **pictures()}, [], said),
        "LossExplorer, what stops": (widgets.LossExplorer, {"loss": learners.Stops}, [], said),
        "NeuronExplorer, on the line": (widgets.NeuronExplorer, {
            "x": [[0.0, 1, 2, 1], [0.0, 1, 0, 2]], "y": [0, 1, 1, 0]}, [
            {"bias": 0}, {"example": 1}, {"w1": 1}, {"w2": -1}, {"example": 2}, {"w2": 0}, {"bias": -2.0},
            {"bias": -2.2}]),
        "NeuronExplorer, what stops": (widgets.NeuronExplorer, {"dense": learners.Stops}, [], said),
        "Parsons, in one depth": (widgets.Parsons, {
            "program": "a = 1\nb = 2\nprint(a + b)\n", "run": lambda text: ""}, [
            ("move", {"line": "A", "by": [1, 0]}), "check", ("move", {"line": "B", "by": [1, 0]}), ("lift", "B"),
            ("move", {"line": "B", "by": [0, -1]}), ("drop", "B"), ("move", {"line": "B", "by": [1, 0]}), "check",
            ("move", {"line": "C", "by": [-1, 0]}), ("lift", "C"), ("cancel", "C"), "run"]),
        "Predict, what came": (widgets.Predict, {
            "question": "Which?", "choose": ["up", "down"], "truth": "b"}, [("choose", "b"), "commit"]),
        "Predict, too high": (widgets.Predict, {
            "question": "How many?", "number": "steps", "truth": 1000}, [("number", "1250"), "commit"]),
        "Predict, exactly": (widgets.Predict, {
            "question": "How many?", "number": "steps", "truth": 1000}, [("number", "1000"), "commit"]),
        "ShapeTracer, single numbers": (widgets.ShapeTracer, {"operation": "A + B"}, [
            {"a": []}, {"b": []}, {"a": [1]}, {"b": [1, 1]}]),
        "ShapeTracer, what stops": (widgets.ShapeTracer, {"operation": learners.Stops(0)}, []),
        "SignalExplorer, beyond floats": (widgets.SignalExplorer, {
            "initializer": learners.Huge, "depth": 3, "units": 4, "activation": "ReLU"}, []),
        "SignalExplorer, what stops": (widgets.SignalExplorer, {"dense": learners.Stops}, [], said),
        "Workbench, what stops": (bench, {"dense": learners.Stops}, ["step"]),
        "Workbench, no number any more": (bench, {"dense": learners.Wild, "hidden": [2]}, ["step"], (
            *said, ".view.health")),
        "Workbench, an end of one's own": (bench, {
            "early_stopping": learners.Stopper, "patience": 1, "validation": 0.2, "hidden": [2]}, ["step", "step"], (
            *said, ".view.standing")),
        "Workbench, at a kink": (bench, kinked, [], (".view.inside.said",)),
        "Workbench, a chain that parts": (bench, {
            "hidden": [2], "pane": "Chain", "dense": learners.Astray}, [
            "step", ("trace", [1, "weights", 1, 0])], chain),
        "Workbench, a chain of odd parts": (bench, {
            "model": odd_parts(), "x": x, "y": np.eye(3)[:, y], "pane": "Chain"}, [
            "step", ("trace", [1, "weights", 1, 0]), ("trace", [2, "weights", 2, 1]), ("trace", [1, "gamma", 0])],
            chain),
        "Workbench, the bend of what has none": (bench, {
            "model": NeuralNetwork(((Dense(2),), (Dense(3), Softmax())), MeanSquaredError(), 0.1, seed=1), "x": x,
            "y": np.eye(3)[:, y], "pane": "Activation"}, [("choose", [1, 1, None]), ("choose", [2, 0, None])],
            (*said, ".view.inside", ".view.diagram.columns.1")),
        "Workbench, its surface": (bench, {"hidden": [2], "pane": "Surface"}, [
            *steps, {"data": OWN}, {"pane": "Activation"}], (*said, ".view.inside")),
        "Workbench, its check": (bench, {"hidden": [2], "pane": "Check"}, [
            {"epsilon": 0.1}, ("cell", 3), "step", "check",
            *({"mistake": one} for one in check.MISTAKES)], (*said, ".view.inside")),
        "Workbench, a check of coarse numbers": (bench, {
            "hidden": [2], "pane": "Check", "epsilon": 1e-11, "dense": learners.Coarse}, [
            {"epsilon": 1e-12}], (".view.inside.said",)),
        "Workbench, a long table": (bench, {"x": long_table(), "hidden": [2], "pane": "Table"}, ["step"],
                                    (*said, ".view.inside", ".view.stats")),
        "Workbench, a table of points": (bench, {"hidden": [2], "pane": "Table"}, [
            ("paste", "x,y,class\n1,2,0\n2,1,1\n1.5,2,0\n2,1.5,1"), ("paste", "x,y\n,2\n,\n3,4")],
            (*said, ".view.inside")),
        "Workbench, to the end": (bench, {
            "hidden": [2], "validation": 0.2, "patience": 1, "learning_rate": 0.0, "batch": "64"}, ["step"] * 4,
            (*said, ".view.standing", ".view.timeline")),
        "Workbench, labels": (bench, {"x": x[:2], "y": y + 1, "hidden": [2]}, ["step", ("probe", [0.1, 0.2])], said),
        "Workbench, two labels": (bench, {"x": x[:2], "y": np.where(y > 1, 7, 3), "hidden": [2]}, ["step"], said),
        "Workbench, memorising": (bench, {
            "noise": 0.5, "examples": 30, "validation": 0.4, "optimizer": "Adam", "learning_rate": 0.2, "patience": 3},
            ["step"] * 6, (*said, ".view.standing", ".view.timeline")),
        "Workbench, twins in one batch": (bench, {
            "hidden": [2], "pane": "Compare", "batch": "all at once", "change": "the order of the batches"}, [
            "twins"], twins),
        "Workbench, a second run": (bench, {"hidden": [2], "batch": "16", "seed": 3}, [
            *["step"] * 12, "reset", *["step"] * 12, {"dropout": 0.5}, "step", {"edges": "gradients"}, {"example": 199},
            "moment", {"example": 9}], (*said, ".view.stats", ".view.loss", ".view.diagram.columns")),
        "Workbench, for a room": (bench, {
            "only": ("learning_rate",), "show": ("network", "map", "code"), "hide": ("seed",)}, [
            {"data": "xor"}, {"learning_rate": 0.1}, ("draw", [0, 0]), "step"]),
    }  # fmt: skip


def odd_parts():
    """What a tracer takes as it was recorded: units that are mixed, and a Softmax that has no loss of its own."""
    blocks = ((Dense(4), BatchNorm(), Tanh()), (Dense(3), Softmax()))
    return NeuralNetwork(blocks, MeanSquaredError(), 0.2, seed=1)


def kinked():
    """A ReLU that is measured across its kink: z of one point is nearer to 0 than ε."""
    model = NeuralNetwork(((Dense(1), ReLU()), (Dense(1), Linear())), MeanSquaredError(), 0.1, seed=1).build(1)
    model.parameters[:] = 1, 0, 1, 0
    x = np.array([[1.0, 2.0, 3.0, 2.5, 1.5, 5e-6]])
    return {"model": model, "x": x, "y": np.array([[2.0, 4, 6, 5, 3, 5]]), "test": 0.0, "pane": "Check"}


def long_table():
    rows = (f"{at % 13},{at % 7},{at % 10 / 10}" for at in range(2100))
    return read_table("\n".join(["length,weight,price", *rows]), target="price", quiet=True)


def hinted(board):
    """Both hints of every box, and then its number; before that a number for the last box of all."""
    yield ("fill", [list(board.formulas)[-1], "12.5"])
    for box in board.formulas:
        yield from ("hint", "hint", ("fill", [box, f"{board.right[box]:.6g}"]))


def examined(lab):
    """Some cases, with the right name for the bug; of one, another."""
    for case in (4, 6, 8, 9, 10):  # those whose curves fall: what flies off goes another way on another computer
        yield {"case": case}
        yield "sound"
        right = bug_lab.NOTHING if lab.kind is None else MUTANTS[lab.kind].title
        yield {"verdict": right if case != 9 else bug_lab.NOTHING}
        yield "judge"


def pictures():
    x, y, *_ = load_digits()
    return {"x": x, "y": y}


def eight_by_eight():
    x, y, *_ = load_digits()
    model = NeuralNetwork(((Dense(12), Tanh()), (Dense(10), Softmax())), CategoricalCrossEntropy(), 0.5, seed=0)
    model.fit(x, np.eye(10)[:, np.ravel(y).astype(int)], epochs=3, batch_size=64)
    return {"model": model}


def large():
    model = NeuralNetwork(((Dense(6), Tanh()), (Dense(10), Softmax())), CategoricalCrossEntropy(), 0.5, seed=0)
    x, y = np.random.default_rng(0).random((784, 40)), np.arange(40)[np.newaxis] % 10
    return {"model": model.build(784), "x": x, "y": y}


def photograph():
    """A seven on grey paper, as the browser sends it."""
    grey = np.full((60, 50), 190, np.uint8)
    grey[10:15, 12:38] = grey[15:50, 30:36] = 40
    file = io.BytesIO()
    Image.fromarray(grey).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def fitted():
    x, y = three_classes()
    model = NeuralNetwork(((Dense(2), Tanh()), (Dense(1), Linear())), MeanSquaredError(), 0.1, seed=0).build(4)
    return {"model": model, "x": x, "y": y[np.newaxis] / 2.0, "directions": "random"}


def filled(board):
    """Every box in its turn: the right number's opposite, its half, 0 and what it is made of; then the number."""
    for box in board.formulas:
        right, parts = board.right[box], re.findall(r"{(\w+)}", board.formulas[box])
        wrong = (-right, right / 2, 0, *((board.given | board.right)[part] for part in parts))
        for number in (*dict.fromkeys(one for one in wrong if one != right), right):
            yield ("fill", [box, f"{number:.6g}"])


def in_order(puzzle):
    """Lines lifted, moved, taken out and placed; then the right program, checked at each length."""
    first, second = list(puzzle.lines)[:2]
    yield from ["check", ("lift", first), ("move", {"line": first, "by": [0, 1]}),
                ("move", {"line": first, "by": [1, 0]}), ("drop", first), ("lift", second),
                ("place", {"line": second, "at": 0}), ("cancel", second),
                ("move", {"line": first, "by": [-1, 0]}), ("move", {"line": first, "by": [-1, 0]}), ("lift", "?"),
                ("turn", first), "run"]  # fmt: skip
    texts = {text: letter for letter, text in puzzle.lines.items()}
    for at, (depth, text) in enumerate(puzzle._right):
        yield ("place", {"line": texts[text], "at": at, "deeper": 3})
        yield "check"
        yield ("move", {"line": texts[text], "by": [depth - 3, 0]})
        yield "check"
    yield from [("lift", texts["total += x"]), ("cancel", texts["total += x"])]
    yield from ["run", ("place", {"line": texts["total = x"], "at": 2}), "check", "reset"]
