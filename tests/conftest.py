"""Fixtures for every test: a JupyterLab server for the whole run, and a browser page for one test."""

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def jupyterlab(tmp_path_factory):
    from browser import JupyterLab

    server = JupyterLab(tmp_path_factory.mktemp("jupyterlab"))
    yield server
    server.close()


@pytest.fixture(scope="session")
def new_lab(request):
    """Makes a page of JupyterLab in Chromium; see tests/browser.py. One at a time: they share the browser's folder."""
    if shutil.which("chromium") is None:
        told = "this test drives Chromium, and `chromium` is not on the PATH (Debian, Ubuntu: apt install chromium)"
        pytest.fail(told) if os.environ.get("CI") == "true" else pytest.skip(told)
    from browser import Lab

    return lambda **options: Lab(request.getfixturevalue("jupyterlab"), **options)


@pytest.fixture
def lab(request, new_lab):
    """A page of its own for one test, which fails if anything in it complains. Its kernels end with the test."""
    page = new_lab(**getattr(request, "param", {}))
    yield page
    try:
        page.check()
    finally:
        page.close()
