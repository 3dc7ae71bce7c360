"""What a learner names or raises is text in JupyterLab: in explorers, in their static fallback and in checks."""

import pytest

PAYLOADS = [
    "<img src=x onerror=window.hacked=1>",
    "<script>window.hacked=1</script>",
    '"><svg onload=window.hacked=1>',
    "'\" autofocus onfocus=window.hacked=1 x='",
    "</code></pre><img src=x onerror=window.hacked=1>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "<style>*{display:none}</style>",
    "[me](javascript:window.hacked=1)",
    "![me](x){onerror=window.hacked=1}",
    "$\\href{javascript:window.hacked=1}{me}$",
    "&lt;img src=x onerror=window.hacked=1&gt;",
    "{{constructor.constructor('window.hacked=1')()}}",
]
ANYTHING = ", ".join(
    f".jp-OutputArea-output {bad}"
    for bad in (
        "[onerror]",
        "[onload]",
        "[onfocus]",
        "[autofocus]",
        "script",
        "iframe",
        "[src='x']",
        "[href^=javascript]",
    )
)
SETUP = f"""
from widgets import ActivationExplorer
from lessons.checks import check

PAYLOADS = {PAYLOADS!r}


def named(payload):
    def call(self, z):
        return z

    def gradient(self, z):
        raise ValueError(payload)

    return type(payload, (), {{"__call__": call, "gradient": gradient, "__repr__": lambda self: payload}})()
"""
FALLBACK = """
for payload in PAYLOADS:  # what a front end without widgets shows
    bundle = ActivationExplorer(named(payload))._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    display({"text/markdown": data["text/markdown"]}, raw=True)
"""
CHECKS = """
for payload in PAYLOADS:
    def sigmoid(z):
        raise ValueError(payload)

    check("02.5")
"""


@pytest.mark.parametrize("lab", [{"subshells": "perCommTarget"}], indirect=True)
def test_payloads_stay_text(lab):
    explorers = "for payload in PAYLOADS:\n    display(ActivationExplorer(named(payload)))"
    page = lab.run_cells(SETUP, explorers, FALLBACK, CHECKS)
    explorers = page.locator(".nn-explorer")
    explorers.nth(len(PAYLOADS) - 1).locator(".nn-failure").wait_for()
    for number, payload in enumerate(PAYLOADS):
        failure = explorers.nth(number).locator(".nn-failure").inner_text()
        assert payload in failure, f"expected {payload} as it was typed, got {failure}"
    shown = page.locator(".jp-OutputArea-output").all_inner_texts()
    for payload in PAYLOADS:
        assert sum(payload in text for text in shown) >= 3, f"{payload} is not on the page as it was typed"
    assert page.locator(ANYTHING).evaluate_all("nodes => nodes.map(node => node.outerHTML)") == []
    assert page.evaluate("window.hacked") is None
