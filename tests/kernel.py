"""A real kernel with its loop, for tests of what needs one: cells run, messages come, it can be stopped and killed."""

import os
import time
from pathlib import Path

from jupyter_client.manager import KernelManager

ROOT = Path(__file__).resolve().parents[1]


class Kernel:
    """One kernel of this interpreter; `run` gives what a cell printed, showed and raised."""

    def __init__(self, folder, **environment):
        self.manager = KernelManager(kernel_name="python3")
        self.manager.start_kernel(cwd=str(folder), env={**os.environ, "PYTHONPATH": str(ROOT), **environment})
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=120)

    def send(self, code, **header):
        """Ask for a cell to be run and do not wait; returns the id of the request."""
        message = self.client.session.msg("execute_request", {
            "code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False,
            "stop_on_error": False})  # fmt: skip
        message["header"].update(header)
        self.client.shell_channel.send(message)
        return message["header"]["msg_id"]

    def result(self, request, timeout=60):
        """`{"text": …, "error": …, "shown": [mime bundles], "messages": […]}` when the cell has ended."""
        told = {"text": "", "error": None, "shown": [], "messages": []}
        end = time.monotonic() + timeout
        while True:
            message = self.client.get_iopub_msg(timeout=max(0.1, end - time.monotonic()))
            if message["parent_header"].get("msg_id") != request:
                continue
            kind, content = message["header"]["msg_type"], message["content"]
            told["messages"].append(message)
            if kind == "stream":
                told["text"] += content["text"]
            elif kind in ("display_data", "execute_result"):
                told["shown"].append(content["data"])
                told["text"] += content["data"].get("text/plain", "") + "\n"
            elif kind == "error":
                told["error"] = content["ename"]
            elif kind == "status" and content["execution_state"] == "idle":
                return told

    def run(self, code, timeout=60, **header):
        return self.result(self.send(code, **header), timeout)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
