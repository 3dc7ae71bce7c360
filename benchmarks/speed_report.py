"""From `speed.json` to the section "Speed" of RESULTS.md, and to its pictures. Computes ratios, times nothing."""

from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
SLACK = 1.15  # a goal may be missed by this much: noise
ROWS = (  # goals: nnlib's time over the plain script's, over hand-tuned NumPy's
    ("playground 2-8-8-1, 500 points, full batch, SGD", 0.85, 1.5),
    ("digits 64-64-64-10, batch 32, Adam", 0.75, 1.4),
    ("784-256-128-10, batch 128, Adam", 0.8, 1.1),
    ("784-256-128-10, batch 32, Adam", 0.8, 1.2),
    ("784-64-64-1, 12,000 examples, full batch, SGD", 1.05, 1.05),
)
FIT, WIDE = 1.1, 1.15  # goals: fit over its own steps; nnlib over hand-tuned for any wide network
COLUMNS = (
    ("plain script", "the plain script"),
    ("hand-tuned", "hand-tuned NumPy"),
    ("products", "the products"),
    ("pytorch", "PyTorch eager"),
    ("sklearn", "scikit-learn"),
    ("jax", "JAX, `lax.scan`"),
    ("numba", "Numba"),
)
STYLES = {  # Okabe–Ito colours, each with a marker of its own
    "nnlib": ("#0072B2", "o", "nnlib"),
    "plain script": ("#CC79A7", "D", "the plain script"),
    "hand-tuned": ("#56B4E9", "v", "hand-tuned NumPy"),
    "pytorch": ("#D55E00", "s", "PyTorch eager"),
    "sklearn": ("#009E73", "^", "scikit-learn"),
    "jax": ("#E69F00", "P", "JAX, lax.scan"),
    "numba": ("#7F7F7F", "*", "Numba"),
    "products": ("#000000", "x", "the matrix products alone"),
}


def write_report(results, out=None):
    """Write the section and the pictures into the project, or all into the folder `out`. Returns the section."""
    text = "\n\n".join(part for part in sections(results) if part)
    pictures = out or HERE.parent / "docs" / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    draw_table(results, pictures / "speed_table.png")
    draw_growth(results, pictures / "speed_growth.png")
    write_section((out or HERE) / "RESULTS.md", "speed", text)
    return text


def write_section(path, name, text):
    """Put `text` between the marks of section `name` in the Markdown file, or at its end; the rest stays as it is."""
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    title = "# Benchmarks: what was measured, and how to repeat it\n"
    old = path.read_text(encoding="utf-8") if path.exists() else title
    before, _, rest = old.partition(begin)
    after = rest.partition(end)[2] if rest else ""
    path.write_text(f"{before.rstrip()}\n\n{begin}\n{text}\n{end}\n{after.lstrip()}", encoding="utf-8")


def verdict(good):
    """`good` is how many times better than asked: 1 or more is met, a little less is within the slack for noise."""
    return "met" if good >= 1 else "**not met**, within 15 %" if good * SLACK >= 1 else "**not met**"


def measured(table):
    """The rows that are there: `--quick` measures the first alone."""
    return [row for row in ROWS if row[0] in table]


def ratio(row, other, own="nnlib"):
    """How many times `own`'s time the other takes: the median over the turns of best over best; None if not measured.

    Neighbours in time are compared, since a machine that does other work is slow for minutes and quick for minutes.
    """
    if other in row:
        return float(np.median(np.divide(row[other]["turns"], row[own]["turns"])))


def sections(results):
    yield opening(results)
    if "table" in results:
        yield main_table(results["table"]["times"])
        yield paired(results["table"]["times"])
    if "fit" in results:
        yield fit(results["fit"]["times"])
    if "threads" in results and "table" in results:
        yield threads(results["table"]["times"], results["threads"]["times"])
    if "table" in results:
        yield READING
        yield tricks(results["table"]["times"])
    if "grid" in results:
        yield grid(results["grid"])
    if "map" in results:
        yield decision_map(results["map"]["times"])
    if "start" in results:
        yield start(results["start"])
    if "growth" in results:
        yield growth(results["growth"])
    if "agreement" in results:
        yield agreement(results["agreement"])
    missing = [name for name in ("fit", "grid", "growth", "threads") if name not in results]
    if missing:
        command = f"speed.py --python PATH --only {' '.join(missing)}"
        yield f"### Not measured yet\n\nThe sections {', '.join(missing)}; `{command}` adds them."


def opening(results):
    facts = ", ".join(f"{name} {value}" for name, value in results["machine"].items())
    dates = sorted({results[name]["date"] for name in results if name != "machine"})
    loads = [results[name]["load before"] for name in results if name != "machine"]
    loads = [load for load in loads if load is not None]
    return (
        "## Speed\n\n"
        f"Measured {' to '.join(dict.fromkeys((dates[0], dates[-1])))} on: {facts}. The machine did other work too: "
        f"its load before the sections was {min(loads):.1f} to {max(loads):.1f}.\n\n"
        "    python benchmarks/speed.py --python PATH/TO/PYTHON/WITH/TORCH\n\n"
        "float32; the same first weights and batch sizes; a fresh process for every library in every round, turns in "
        "random order, in pieces of 5 ms. Times are the smallest CPU times of one step, with one BLAS thread "
        "where nothing else is said. Ratios are the median over the turns of best over best in the same turn, since "
        "the machine is not equally fast all the time. Every library computes its loss as a number at every step. "
        "The plain script is `plain_script.py`, which checks nothing and keeps no way back; hand-tuned NumPy is "
        "`hand_tuned.py`, with `out=` everywhere. PyTorch has its fused, stable losses (from z) and class numbers as "
        "labels; scikit-learn's clock runs from its first step to its last, without what `fit` does before and after; "
        "JAX and Numba (`compiled.py`) are compiled before the clock. The products write into arrays that are there."
    )


def main_table(table):
    """One line a network: nnlib's time over each other's."""
    lines = [
        "### A training step",
        "",
        "In each cell: nnlib's time over the other's (below 1, nnlib is faster), the other's time in µs in brackets, "
        "and where there is one the goal, and whether it is met.",
        "",
        "| work | nnlib, µs | " + " | ".join(label for _, label in COLUMNS) + " |",
        "| --- |" + " --- |" * (1 + len(COLUMNS)),
    ]
    for name, *goals in measured(table):
        row, cells = table[name], []
        for other, _ in COLUMNS:
            if other not in row:
                cells.append("not measured")
                continue
            value = ratio(row, "nnlib", own=other)
            goal = dict(zip(("plain script", "hand-tuned"), goals, strict=True)).get(other)
            told = f", goal ≤ {goal:g}: {verdict(goal / value)}" if goal else ""
            cells.append(f"{value:.2f} ({row[other]['cpu_min'] * 1e6:,.0f}){told}")
        lines.append(f"| {name} | {row['nnlib']['cpu_min'] * 1e6:,.0f} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n\n![Time of a step](../docs/pictures/speed_table.png)"


def paired(table):
    """Other readings of the same measurement, to see how much they disagree."""
    lines = [
        "How sure this is: the same ratios from the smallest CPU times of all turns, and from the median wall times.",
        "",
        "| work | " + " | ".join(f"{label}: smallest, wall" for _, label in COLUMNS) + " |",
        "| --- |" + " --- |" * len(COLUMNS),
    ]
    for name, *_ in measured(table):
        row, cells = table[name], []
        for other, _ in COLUMNS:
            if other not in row:
                cells.append("not measured")
                continue
            cells.append(", ".join(f"{row['nnlib'][key] / row[other][key]:.2f}" for key in ("cpu_min", "wall_median")))
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def fit(table):
    ((name, row),) = table.items()
    value = ratio(row, "nnlib fit")
    return (
        f"### What `fit` costs besides its steps\n\n{name}, against its own steps: {value:.2f} × (goal ≤ {FIT:g}: "
        f"{verdict(FIT / value)}), {row['nnlib fit']['cpu_min'] * 1e6:,.0f} µs a step in place of "
        f"{row['nnlib']['cpu_min'] * 1e6:,.0f}. It looks the data over and makes the copy in which an example is one "
        "row: of one epoch that is a large share, of ten a small one. It watches what a tutor would besides."
    )


def threads(table, default):
    libraries = "nnlib", "plain script", "hand-tuned", "pytorch", "products"
    lines = [
        "With the default number of threads, smallest wall times in µs, one thread's in brackets:",
        "",
        "| work | nnlib | the plain script | hand-tuned NumPy | PyTorch eager | the products |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, *_ in measured(table):
        one, many = table[name], default[name]
        cells = [
            f"{many[lib]['wall_min'] * 1e6:,.0f} ({one[lib]['wall_min'] * 1e6:,.0f})" if lib in many else "not measured"
            for lib in libraries
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def tricks(table):
    lines = [
        "### What readability costs",
        "",
        "Two tricks that nnlib does without, measured as a learner's own classes in the same network: the bias added "
        "in place (`output += bias`), and ReLU as `np.maximum(z, np.zeros(z.shape[1], z.dtype))` (NumPy is slow when "
        "one of the two is a single 0). `np.maximum(z, 0)` and `weights @ inputs + bias` are what a learner reads, so "
        "they stay.",
        "",
        "| work | nnlib, µs | both tricks would gain |",
        "| --- | --- | --- |",
    ]
    for name, *_ in measured(table):
        row = table[name]
        gain = 100 * (1 - ratio(row, "nnlib tricks"))
        lines.append(f"| {name} | {row['nnlib']['cpu_min'] * 1e6:,.0f} | {gain:.0f} % |")
    return "\n".join(lines)


def grid(result):
    rows = result["times"]
    tuned = {name: ratio(row, "nnlib", own="hand-tuned") for name, row in rows.items()}
    plain = {name: ratio(row, "nnlib", own="pytorch") for name, row in rows.items() if "pytorch" in row}
    lines = [
        "### Any width 256 … 2048, depth 1 … 8, batch 1 … 4096",
        "",
        f"{len(rows)} networks (SGD, mini-batches, 10 classes) of the {result['all']} on a lattice; {result['fit']} of "
        "them are small enough to be measured (at most 4·10⁹ floating-point operations a step and 20 million "
        "parameters), the small corners are all among these and the rest are drawn at random.",
        "",
    ]
    for title, values, limit in (
        (f"nnlib's time over hand-tuned NumPy's (goal: at most {WIDE:.2f})", tuned, WIDE),
        ("nnlib's time over PyTorch's, for comparison", plain, None),
    ):
        if not values:
            continue
        ordered = sorted(values.items(), key=lambda item: -item[1])
        median = float(np.median(list(values.values())))
        text = f"- {title}: median {median:.2f}, worst {ordered[0][1]:.2f} at {ordered[0][0]}"
        if limit:
            over = [f"{name} ({value:.2f})" for name, value in ordered if value > limit]
            text += f"; {len(over)} of {len(values)} above: {verdict(limit / ordered[0][1])}"
            text += f". Above the goal: {'; '.join(over)}" if over else ""
        lines.append(text + ".")
    return "\n".join(lines)


def decision_map(result):
    (name, row), *_ = result.items()
    own = row["nnlib"]["cpu_min"]
    text = f"### {name[0].upper()}{name[1:]}\n\nnnlib {own * 1e6:,.0f} µs (goal ≤ 150: {verdict(150e-6 / own)})"
    if "pytorch" in row:
        text += f"; PyTorch {row['pytorch']['cpu_min'] * 1e6:,.0f} µs, {ratio(row, 'pytorch'):.1f} ×"
    value = ratio(row, "sklearn")
    return (
        f"{text}; scikit-learn {row['sklearn']['cpu_min'] * 1e6:,.0f} µs, {value:.1f} × "
        f"(goal ≥ 3 ×: {verdict(value / 3)}). Before each library looks, an array of 16 MB is made and freed, as "
        "loading data does. In a process that never freed anything large, `malloc` hands the arrays of 320 kB back to "
        "the system at every call, and the page faults cost nnlib about 400 µs more (124 faults a call, counted). "
        "`output += bias` in Dense would avoid them (0 faults), at the price of the formula in one line that every "
        "lesson and explorer shows."
    )


def start(result):
    runs, memory = result["runs"], result["memory"]
    best = {name: np.array(values).min(axis=0) for name, values in runs.items()}
    nnlib, numpy = best["import nnlib"], best["import numpy"]
    lines = [
        "### From nothing",
        "",
        f"- `import nnlib`: {nnlib[2] * 1e3:.0f} ms of CPU, `import numpy` {numpy[2] * 1e3:.0f} ms: "
        f"{nnlib[2] / numpy[2]:.2f} × (goal below 1.3: {verdict(1.3 / (nnlib[2] / numpy[2]))}); peak memory of the "
        f"process {nnlib[3]:.0f} MiB, with NumPy alone {numpy[3]:.0f} "
        f"(goal below 40: {verdict(40 / nnlib[3])}).",
    ]
    to_98 = [name for name in runs if name.startswith("98")]
    own = max(best[name][1] for name in to_98)
    own_wall = max(best[name][0] for name in to_98)
    epochs = [int(runs[name][0][2]) for name in to_98]
    text = (
        f"- Process start to 98 % of the digits' test images (64-64-64-10, Adam, batch 32; {len(to_98)} seeds, "
        f"{min(epochs)} to {max(epochs)} epochs): {own:.2f} s of CPU, {own_wall:.2f} s by the clock, for the seed "
        "that took longest"
    )
    if "import torch" in best:
        torch = best["import torch"]
        text += (
            f"; a process that only imports PyTorch takes {torch[1]:.2f} s of CPU, {torch[0]:.2f} s by the clock "
            f"(goal: nnlib is there first: {verdict(torch[0] / own_wall)})"
        )
    lines.append(text + ".")
    text = f"- Peak memory of training 784-256-128-10, batches of 128, 4,000 examples: nnlib {memory['nnlib']:.0f} MiB"
    text += f", PyTorch {memory['pytorch']:.0f} MiB." if "pytorch" in memory else "."
    lines.append(text)
    return "\n".join(lines)


def growth(result):
    lines = [
        "### Growth",
        "",
        "Times of a step for doubled sizes; the exponent between two sizes is log₂ of the ratio of their times: 0 is "
        "overhead alone, 1 is in proportion, 2 is with the square.",
        "",
        "![Growth of the time of a step](../docs/pictures/speed_growth.png)",
        "",
        "| doubled | sizes | nnlib, µs | local exponents |",
        "| --- | --- | --- | --- |",
    ]
    for name, line in result.items():
        if name not in FIXED:
            continue
        times = np.array([row["nnlib"]["cpu_min"] for row in line["times"]])
        exponents = np.diff(np.log2(times)) / np.diff(np.log2(line["values"]))
        lines.append(
            f"| {name} ({FIXED[name]}) | {line['values'][0]} … {line['values'][-1]} | {times[0] * 1e6:,.0f} … "
            f"{times[-1] * 1e6:,.0f} | {', '.join(f'{value:.1f}' for value in exponents)} |"
        )
    return "\n".join(lines)


def agreement(result):
    worst = max(value for row in result.values() if isinstance(row, dict) for value in row.values())
    return (
        "### The same training\n\nThe five networks above, in float64, 64 examples, 5 full-batch steps from the same "
        f"weights: between nnlib and each other library no parameter differs by more than {worst:.0e} of the largest "
        "change that training made."
    )


READING = """### Where goals are missed, and why

- **Small networks.** Most of a step of 2-8-8-1 is the formulas as they are taught, called one after the other: about
  forty NumPy calls on 500 to 4,000 numbers. Hand-tuned NumPy makes fewer of them, each into an array that is there.
  nnlib writes a formula once and as a learner reads it, makes a new array for each result, so that nothing is
  overwritten that somebody holds, and has what the plain script has not: a way back if training diverges, the check
  that the new parameters are finite, shape checks, the callbacks' hooks.
- **Wide networks with few examples**: a step is then passes over the parameters, and nnlib makes three that PyTorch
  does not: the copy to go back to, the check, and the gradient written for all of them before the first is used.
  Optimisers take long vectors in pieces of 65,536 numbers, which wait in the cache for a rule's next line: SGD on 4.2
  million parameters takes 2.8 ms in place of 10.4, Adam on 235,000 0.45 in place of 0.48.
  With `np.matmul` in place of `np.dot` for the gradients (below) it was worse: on the quicker machine 11 of the 36
  networks were above the goal then, the worst at 3.25.
- **Adam** on 235,000 parameters is ten passes over memory, about 430 µs: with batches of 32 nearly as long as the
  products. Pieces of 16,384 numbers were slower than none: the calls cost more than the memory.
- **What tuning gained** (single calls, 8 × 500 or 1 × 500 numbers, µs): the gradient of the weights by `np.dot` 1.2 in
  place of `np.matmul`'s 1.7 (2048 units, 2048 features, one example: 1,950 in place of 4,660); Sigmoid without
  `np.where` 8.7 in place of 11.7; the loss's `sum()/n` in place of `mean()` 15.5 in place of 22.3; `np.dot` in place
  of `@` where one unit sends its gradient down, 5.5 in place of 10.0; LeakyReLU without `np.where` 6 times faster on
  64 × 12,000 random numbers (1.6 ms in place of 9.7)."""
FIXED = {
    "width": "2 hidden layers, batch 128",
    "depth": "width 64, batch 32",
    "batch": "width 64, 2 hidden layers",
    "examples": "2-8-8-1, full batch",
}


def draw_table(results, path):
    if "table" not in results:
        return
    from matplotlib.figure import Figure

    rows = results["table"]["times"]
    figure = Figure(figsize=(9, 4.2), layout="constrained")
    axes = figure.subplots()
    shown = measured(rows)
    for place, (name, *_) in enumerate(shown):
        row = rows[name]
        for library, (color, marker, label) in STYLES.items():
            if library in row:
                value = ratio(row, library, own="products")
                axes.plot(value, -place, marker, color=color, ms=8, label=label if place == 0 else None)
    axes.set_yticks([-place for place in range(len(shown))], [row[0].replace(", ", "\n", 1) for row in shown])
    axes.set_xscale("log")
    axes.set_xlabel("CPU time of a step ÷ that of its matrix products alone (one thread, float32): left is faster")
    axes.grid(axis="x", which="both", alpha=0.3)
    axes.set_xticks([1, 2, 5, 10, 20, 50], ["1", "2", "5", "10", "20", "50"])
    axes.legend(loc="lower right", fontsize=8)
    figure.savefig(path, dpi=120)


def draw_growth(results, path):
    if "growth" not in results:
        return
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 5.6), layout="constrained")
    axes = figure.subplots(2, 4, sharex="col", height_ratios=(3, 1))
    for column, name in enumerate(name for name in FIXED if name in results["growth"]):
        line = results["growth"][name]
        for library in ("nnlib", "pytorch", "products"):
            if library not in line["times"][0]:
                continue
            color, marker, label = STYLES[library]
            times = np.array([row[library]["cpu_min"] * 1e6 for row in line["times"]])
            axes[0, column].loglog(line["values"], times, marker=marker, color=color, ms=4, label=label)
            middles = np.sqrt(np.array(line["values"][1:]) * line["values"][:-1])
            exponents = np.diff(np.log2(times)) / np.diff(np.log2(line["values"]))
            axes[1, column].plot(middles, exponents, marker=marker, color=color, ms=4)
        axes[0, column].set_title(f"{name}\n{FIXED[name]}", fontsize=9)
        axes[1, column].set_xlabel(name)
        axes[1, column].set_ylim(-0.6, 2.6)
        for axis in axes[:, column]:
            axis.grid(alpha=0.3)
    axes[0, 0].set_ylabel("CPU time of a step, µs")
    axes[1, 0].set_ylabel("local exponent")
    axes[0, 0].legend(fontsize=8)
    figure.savefig(path, dpi=120)
