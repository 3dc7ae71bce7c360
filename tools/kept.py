"""What the solved notebooks keep of their outputs. Needs nothing installed, so that it is at hand wherever they run."""


def lines(text):
    return text.splitlines(keepends=True)


def as_kept(output):
    """The text of an output, with nothing in it that changes from run to run; None if there is none."""
    if output["output_type"] == "stream" and output["name"] == "stdout":
        return {"name": "stdout", "output_type": "stream", "text": lines(output["text"])}
    text = output.get("data", {}).get("text/plain")
    if output["output_type"] == "execute_result" and text is not None:
        return {"data": {"text/plain": lines(text)}, "execution_count": output["execution_count"], "metadata": {},
                "output_type": "execute_result"}  # fmt: skip
    return None


def said_by_watch(outputs):
    """What `Watch` said on stderr in the outputs of a cell, as lines."""
    texts = [output["text"] for output in outputs or () if output.get("name") == "stderr"]
    return [line for line in "".join(texts).splitlines() if line.startswith("Watch: ")]
