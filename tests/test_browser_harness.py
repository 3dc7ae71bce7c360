"""The harness itself: it passes a good notebook and fails a bad one, whichever way it is bad."""

import json

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


def test_a_cell_that_raises_fails_the_test_and_names_the_error(lab):
    with pytest.raises(AssertionError, match="ZeroDivisionError: division by zero"):
        lab.run_cells("1 / 0", "print('never')")
    forget(lab)


def test_a_printed_traceback_fails_the_test(lab):
    with pytest.raises(AssertionError, match="ValueError: said, not raised"):
        lab.run_cells("import traceback\ntry:\n    raise ValueError('said, not raised')\nexcept ValueError:\n"
                      "    traceback.print_exc()")
    forget(lab)


@pytest.mark.parametrize("lab", [{"subshells": "disabled"}, {"subshells": "perCommTarget"}], indirect=True)
def test_an_error_in_a_callback_fails_the_test(lab):
    page = lab.run_cells(BUTTON.format("1 / 0"))
    page.get_by_role("button", name="press me").click()
    lab.wait_for("(window.raised + window.stderr).includes('division by zero')", "the callback's traceback")
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        lab.check()
    forget(lab)


def test_an_error_in_the_browser_fails_the_test(lab):
    broken = "import anywidget\nclass Broken(anywidget.AnyWidget):\n    _esm = '''{}'''\nBroken()"
    with pytest.raises(AssertionError, match="no picture today"):
        lab.run_cells(broken.format("export default { render() { throw new Error('no picture today'); } }"))
        lab.page.wait_for_timeout(5000)  # the view may be made after the cell has ended
        lab.check()
    forget(lab)


def test_a_wait_in_vain_says_for_what(lab):
    lab.run_cells("x = 1")
    with pytest.raises(AssertionError, match="in vain for a unicorn") as failure:
        lab.wait_for("window.unicorn", "a unicorn", seconds=0.2)
    assert failure.value.__cause__ is not None


SENT = """() => {
    window.sent = [];
    jupyterapp.shell.currentWidget.sessionContext.session.kernel.anyMessage.connect((_, {msg, direction}) => {
        if (direction === "send" && msg.header.msg_type === "comm_msg") window.sent.push(msg.header.subshell_id);
    });
}"""


@pytest.mark.parametrize(
    ("lab", "subshell"),
    [({}, False), ({"subshells": "disabled"}, False), ({"subshells": "perCommTarget"}, True)],
    indirect=["lab"],
    ids=["as shipped", "disabled", "perCommTarget"],
)
def test_the_subshell_setting_decides_where_the_browser_sends_a_press(lab, subshell):
    page = lab.run_cells("from ipywidgets import Label\nshown = Label('-')\nshown",
                         BUTTON.format("setattr(shown, 'value', 'pressed')"))
    page.evaluate(SENT)
    page.get_by_role("button", name="press me").click()
    page.get_by_text("pressed", exact=True).wait_for()
    assert [sent is not None for sent in page.evaluate("window.sent")] == [subshell]


@pytest.mark.parametrize("lab", [{"theme": "dark", "width": 800}, {"theme": "light"}], indirect=True, ids=str)
def test_theme_and_width_are_what_was_asked_for(lab, request):
    want = request.node.callspec.params["lab"]
    page = lab.run_cells("x = 1")
    lab.wait_for("document.body.dataset.jpThemeLight !== undefined", "a theme")
    assert page.evaluate("document.body.dataset.jpThemeLight") == json.dumps(want["theme"] == "light")
    assert page.evaluate("window.innerWidth") == want.get("width", 1280)


def test_unknown_parameters_are_refused(jupyterlab):
    from browser import Lab

    with pytest.raises(ValueError, match="theme is one of light, dark; got 'blue'"):
        Lab(jupyterlab, theme="blue")
    with pytest.raises(ValueError, match=r"subshells is one of .*; got 'often'"):
        Lab(jupyterlab, subshells="often")


def test_each_test_leaves_no_kernel_behind(jupyterlab):
    assert jupyterlab.ask("GET", "/api/kernels") == []


def test_no_news_pops_up(lab):
    page = lab.run_cells("x = 1")
    page.wait_for_timeout(3000)
    assert page.locator(".Toastify__toast, .jp-Dialog").all_inner_texts() == []


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
        channel.send(json.dumps({
            "channel": "shell", "content": {}, "metadata": {}, "parent_header": {},
            "header": {"msg_id": "1", "msg_type": "kernel_info_request", "session": "nodelay", "username": "",
                       "version": "5.3", "date": ""},
        }))
        while json.loads(channel.recv())["msg_type"] != "kernel_info_reply":
            pass
        assert jupyterlab.ask("GET", "/nodelay") == [True]
    finally:
        channel.close()
        jupyterlab.shut_kernels_down()


def forget(lab):
    """The error was asked for: the end of the test need not complain again."""
    lab.console.clear()
    lab.page.goto("about:blank")
