"""What `read_table` says of its arguments, by the names that these choices have in the pane Table."""

import re

HERE = (
    (r" \(\d[\d,]* in .*\), this is the first", ", this is the first"),  # the pane lists the columns
    (r"missing='drop' leaves these rows out, missing='fill' fills them",
     "the menu “Missing cells” leaves these rows out, or fills them in"),
    (r"missing='fill' keeps", "“Missing cells: fill in” keeps"),
    (r"leave_out='.+?' leaves", "left out, it leaves"),
    (r"leave_out=\(.+?\) leaves", "left out, they leave"),
    (r"leave_out=('.+?')(\?| if)", r"leave \1 out\2"),
    (r"target=('.+?') would be another", r"\1 would be another"),
)  # fmt: skip


def as_here(text):
    """A sentence of `read_table` with the names that its choices have in the pane."""
    for there, here in HERE:
        text = re.sub(there, here, text)
    return text
