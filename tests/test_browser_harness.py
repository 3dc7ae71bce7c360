"""The harness itself: it passes a good notebook and fails a bad one, whichever way it is bad."""

import json
from pathlib import Path

import pytest
import websocket

BUTTON = """\
from ipywidgets import Button
button = Button(description="press me")
button.on_click(lambda _: {})
button
"""


def test_a_good_notebook_passes_and_shows_what_it_printed(lab):
    page = lab.run_cells("x = 6", "print(x * 7)", "import sys; print('a progress bar', file=sys.stderr)")
    assert lab.text_of(1) == "42\n"
    assert [cell["count"] for cell in lab.cells()] == [1, 2, 3]
    assert page.locator(".jp-CodeCell").count() == 3
    with pytest.raises(AssertionError, match="in vain for a unicorn") as failure:
        lab.wait_for("window.unicorn", "a unicorn", seconds=3)
    assert failure.value.__cause__ is not None
    assert page.locator(".Toastify__toast, .jp-Dialog").all_inner_texts() == [], "news popped up"


def test_the_kernels_run_the_code_of_this_checkout_whichever_is_installed(lab):
    lab.run_cells("import nnlib, widgets\nprint(nnlib.__file__, widgets.__file__)")
    root = Path(__file__).resolve().parents[1]
    assert lab.text_of(0).split() == [str(root / name / "__init__.py") for name in ("nnlib", "widgets")]


BAD = {  # each by itself fails a test; together they save two pages of JupyterLab
    "ValueError: said, not raised":
        "import traceback\ntry:\n    raise ValueError('said, not raised')\n"
        "except ValueError:\n    traceback.print_exc()",
    "no picture today":
        "import anywidget\nclass Broken(anywidget.AnyWidget):\n"
        "    _esm = \"export default { render() { throw new Error('no picture today'); } }\"\nBroken()",
    "ZeroDivisionError: division by zero": "1 / 0",
}  # fmt: skip


def test_a_notebook_that_is_bad_in_three_ways_fails_and_all_are_told(lab):
    with pytest.raises(AssertionError, match="ZeroDivisionError: division by zero"):
        lab.run_cells(*BAD.values(), "print('never')")
    for error in BAD:  # a view may be made after the cell has ended
        told = waited(lab, error)
        assert error in told, f"nothing tells of {error}; told: {told}"
    forget(lab)


@pytest.mark.parametrize("lab", [{"subshells": "disabled"}, {"subshells": "perCommTarget"}], indirect=True)
def test_an_error_in_a_callback_fails_the_test(lab):
    page = lab.run_cells(BUTTON.format("1 / 0"))
    page.get_by_role("button", name="press me").click()
    lab.wait_for("(window.raised + window.stderr).includes('division by zero')", "the callback's traceback")
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        lab.check()
    forget(lab)


SENT = """() => {
    window.sent = [];
    jupyterapp.shell.currentWidget.sessionContext.session.kernel.anyMessage.connect((_, {msg, direction}) => {
        if (direction === "send" && msg.header.msg_type === "comm_msg") window.sent.push(msg.header.subshell_id);
    });
}"""


@pytest.mark.parametrize(
    ("lab", "subshell"),
    [({}, False), ({"subshells": "perCommTarget"}, True)],
    indirect=["lab"],
    ids=["as shipped", "perCommTarget"],
)
def test_the_subshell_setting_decides_where_the_browser_sends_a_press(lab, subshell):
    page = lab.run_cells(
        "from ipywidgets import Label\nshown = Label('-')\nshown", BUTTON.format("setattr(shown, 'value', 'pressed')")
    )
    page.evaluate(SENT)
    page.get_by_role("button", name="press me").click()
    page.get_by_text("pressed", exact=True).wait_for()
    assert [sent is not None for sent in page.evaluate("window.sent")] == [subshell]


@pytest.mark.parametrize("lab", [{"theme": "dark", "width": 800}], indirect=True)
def test_theme_and_width_are_what_was_asked_for(lab):
    page = lab.run_cells("x = 1")
    lab.wait_for("document.body.dataset.jpThemeLight === 'false'", "the dark theme")
    assert page.evaluate("window.innerWidth") == 800


def test_a_page_on_which_nothing_is_left_is_kept_for_the_next_test_and_no_other(new_lab):
    lab = new_lab()
    page = lab.run_cells("x = 1")
    lab.close()
    assert lab.server.shown == ("doc", None), "each test would start a browser of its own"
    lab = new_lab()
    assert lab.run_cells("print('x' in dir())") is page
    assert lab.text_of(0) == "False\n", "the kernel is another one"
    page.evaluate("window.left = 1")
    lab.close()
    assert lab.server.shown is None


def test_unknown_parameters_are_refused(jupyterlab):
    from browser import Lab

    with pytest.raises(ValueError, match="theme is one of light, dark; got 'blue'"):
        Lab(jupyterlab, theme="blue")
    with pytest.raises(ValueError, match=r"subshells is one of .*; got 'often'"):
        Lab(jupyterlab, subshells="often")


def test_each_test_leaves_no_kernel_behind(jupyterlab):
    assert jupyterlab.ask("GET", "/api/kernels") == []


def test_the_environment_ships_its_settings(jupyterlab):
    jupyterlab.set("@jupyterlab/apputils-extension:kernels-settings")
    kernels = jupyterlab.settings("@jupyterlab/apputils-extension:kernels-settings")
    news = jupyterlab.settings("@jupyterlab/apputils-extension:notification")
    assert kernels["commsOverSubshells"] == "disabled"
    assert (news["fetchNews"], news["checkForUpdates"]) == ("false", False)


def test_kernel_messages_are_sent_at_once(jupyterlab):
    kernel = jupyterlab.ask("POST", "/api/kernels", {})["id"]
    address = f"{jupyterlab.url.replace('http', 'ws')}/api/kernels/{kernel}/channels?session_id=nodelay&token=tests"
    channel = websocket.create_connection(address, timeout=60)
    try:
        channel.send(
            json.dumps(
                {
                    "channel": "shell",
                    "content": {},
                    "metadata": {},
                    "parent_header": {},
                    "header": {
                        "msg_id": "1",
                        "msg_type": "kernel_info_request",
                        "session": "nodelay",
                        "username": "",
                        "version": "5.3",
                        "date": "",
                    },
                }
            )
        )
        while json.loads(channel.recv())["msg_type"] != "kernel_info_reply":
            pass
        assert jupyterlab.ask("GET", "/nodelay") == [True]
    finally:
        channel.close()
        jupyterlab.shut_kernels_down()


def waited(lab, error, tries=600):
    """The complaints, as soon as `error` is among them."""
    for _ in range(tries):
        if error in (told := "\n".join(lab.complaints())):
            break
        lab.page.wait_for_timeout(100)
    return told


def forget(lab):
    """The error was asked for: the end of the test need not complain again."""
    lab.console.clear()
    lab.page.goto("about:blank")
