"""A server extension for the tests alone: tells for each open kernel websocket whether TCP_NODELAY is on."""

import gc
import json
import socket

from jupyter_server.base.handlers import APIHandler
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler


class NodelayHandler(APIHandler):
    def get(self):
        sockets = [
            handler.ws_connection.stream.socket
            for handler in gc.get_objects()
            if isinstance(handler, KernelWebsocketHandler) and handler.ws_connection is not None
        ]
        flags = [bool(s.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)) for s in sockets if s is not None]
        self.finish(json.dumps(flags))


def _jupyter_server_extension_points():
    return [{"module": "nodelay_probe"}]


def _load_jupyter_server_extension(server):
    server.web_app.add_handlers(".*$", [(r"/nodelay", NodelayHandler)])
