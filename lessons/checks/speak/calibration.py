"""How well a learner knows what they know: how sure they said they were, beside how often they were right.

A prediction counts once what happened has been revealed, with the letter that stood there then. Nobody is told before
whether a prediction is right, and a letter that was put right afterwards changes nothing.
"""


def counted(records):
    """`{percent: (predictions, right ones)}` of the revealed predictions that came with a confidence."""
    found = {}
    for record in records.values():
        if record.get("sure") and "foreseen" in record:
            said, right = found.get(record["sure"], (0, 0))
            found[record["sure"]] = said + 1, right + record["foreseen"]
    return dict(sorted(found.items()))


def sentence(counts):
    """One line: "You said 80 % sure 10 times and were right 6 times." Empty where there is nothing to say."""
    if not counts:
        return ""
    parts = [f"{sure} % sure {times(said)} and were right {times(right)}" for sure, (said, right) in counts.items()]
    line = f"You said {', '.join(parts)}."
    every = sum(said for said, _ in counts.values())
    if every < 10:  # too few to judge by
        return line
    sure = sum(percent * said for percent, (said, _) in counts.items()) / every
    right = 100 * sum(right for _, right in counts.values()) / every
    verdict = "You are surer than you are right" if sure > right + 10 else (
        "You know more than you think" if right > sure + 10 else "That goes well together")  # fmt: skip
    return f"{line} On average {sure:.0f} % sure, {right:.0f} % right. {verdict}."


def times(count):
    return "once" if count == 1 else f"{count} times"
