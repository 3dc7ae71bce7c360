"""What tests make somebody say, kept in a file that is read before it is committed: `== test`, then the words."""


def read(file):
    """`{test: its words}`."""
    blocks = file.read_text(encoding="utf-8").removeprefix("== ").split("\n\n== ") if file.exists() else []
    return {name: words.rstrip("\n") for name, _, words in (block.partition("\n") for block in blocks)}


def write(file, kept):
    blocks = (f"== {name}\n{words}" for name, words in sorted(kept.items()) if words)
    file.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
