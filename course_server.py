"""What the course asks of the Jupyter server: send every kernel message at once.

By default the system holds a small message back until the one before it has been acknowledged (Nagle's algorithm).
An explorer sends many small messages, so the picture would stutter. Installed with the course as a server extension.
"""


def _jupyter_server_extension_points():
    return [{"module": "course_server"}]


def _load_jupyter_server_extension(server):
    settings = server.web_app.settings
    connection = settings.get("kernel_websocket_connection_class")
    if connection is not None:  # a server that keeps its class elsewhere works as it did before
        settings["kernel_websocket_connection_class"] = without_delay(connection)


def without_delay(connection):
    """The same kind of kernel connection, whose websocket sends each message at once (TCP_NODELAY)."""

    class PromptConnection(connection):
        def connect(self):
            handler = getattr(self, "websocket_handler", None)
            if getattr(handler, "ws_connection", None) is not None:  # it is None when the page has just been closed
                handler.set_nodelay(True)
            return super().connect()

    return PromptConnection
