"""What an explorer shows while its kernel is busy, after a reload of the page, after a restart and without a server."""

import pytest
from browser import JupyterLab, Lab

KERNEL = "jupyterapp.shell.currentWidget.sessionContext.session.kernel"
ASK = f"""async code => {{
    let printed = "";
    const asked = {KERNEL}.requestExecute({{code}});
    asked.onIOPub = ({{content}}) => {{ printed += content.text ?? ""; }};
    await asked.done;
    return printed.trim();
}}"""
EXPLORERS = "from widgets import NeuronExplorer, Workbench\nbench, neuron = Workbench(), NeuronExplorer()\n"
LEFT = "print(len(bench._views), bench.playing)"


@pytest.fixture
def lab(tmp_path):
    """A server of its own: this test ends it."""
    server = JupyterLab(tmp_path)
    page = Lab(server)
    yield page
    server.close()


def test_it_says_when_its_kernel_does_not_hear_and_never_pause_for_what_does_not_play(lab):
    page = lab.run_cells(EXPLORERS + "bench", "neuron")
    bench = page.locator(".nn-explorer").first
    notice, button = bench.locator(".nn-notice"), lambda name: bench.get_by_role("button", name=name, exact=True)
    state = "document.querySelector('.nn-explorer').dataset.kernel === '{}'".format

    button("Play").click()
    button("Pause").wait_for()
    page.evaluate(f"void {KERNEL}.requestExecute({{code: 'import time; time.sleep(4)'}})")
    lab.wait_for(state("busy"), "the explorer to say that its kernel is busy")
    assert "is busy" in notice.inner_text()
    lab.wait_for(f"{state('')} && !document.querySelector('.nn-explorer .nn-notice').innerText", "to be heard again")
    assert button("Pause").count() == 1

    page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    page.reload()
    lab.wait_for("document.querySelectorAll('.nn-explorer[data-frame]').length === 2", "the explorers after a reload")
    button("Play").wait_for()
    assert page.evaluate(ASK, LEFT) == "1 False", "the view of before is known to be gone, and nothing plays unseen"
    button("Play").click()
    button("Pause").wait_for()

    page.evaluate(f"{KERNEL}.restart()")
    lab.wait_for(state("lost"), "the explorer to say that its kernel has gone")
    lab.wait_for(f"{KERNEL}.status === 'idle'", "a new kernel")
    page.wait_for_timeout(700)  # a look later it is still so
    assert "run its cell again" in notice.inner_text() and not button("Pause").count()
    assert button("Play").get_attribute("aria-disabled") == "true"

    lab.run_all()
    button("Play").click()
    button("Pause").wait_for()
    lab.server.stop()
    lab.wait_for(state("cut"), "the explorer to say that the server does not answer")
    assert "server does not answer" in notice.inner_text() and not button("Pause").count()
