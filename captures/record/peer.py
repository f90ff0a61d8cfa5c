"""What the cases written in Python share: sockets on the recording's addresses, and reading whole messages.

These peers speak on plain sockets, because the cases need the socket call at the right moment (shutdown, close
with octets unread, SO_LINGER) that an HTTP library would not make.
"""

import os
import socket
import sys
import time

SERVER = (os.environ["SERVER_ADDRESS"], 80)


def listen():
    return socket.create_server(("0.0.0.0", SERVER[1]))


def connect(source_port=None):
    connection = socket.socket()
    if source_port is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        connection.bind((os.environ["CLIENT_ADDRESS"], source_port))
    connection.connect(SERVER)
    return connection


def get(target="/", *fields):
    return request("GET", target, *fields)


def request(method, target, *fields, body=b""):
    lines = [f"{method} {target} HTTP/1.1", f"Host: {SERVER[0]}", *fields]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "".join(line + "\r\n" for line in lines).encode() + b"\r\n" + body


def response(status, body=b"", *fields):
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/plain", f"Content-Length: {len(body)}", *fields]
    return "".join(line + "\r\n" for line in lines).encode() + b"\r\n" + body


class Inbox:
    """What a connection has delivered and nobody has taken yet."""

    def __init__(self, connection):
        self._connection = connection
        self._octets = b""

    def head(self):
        while b"\r\n\r\n" not in self._octets:
            if not self._more():
                return None
        head, _, self._octets = self._octets.partition(b"\r\n\r\n")
        return head.decode()

    def message(self):
        """A head and the body that its Content-Length announces; None when the peer has closed."""
        head = self.head()
        if head is None:
            return None
        announced = [line for line in head.lower().split("\r\n") if line.startswith("content-length:")]
        if not announced:
            return head, b""
        length = int(announced[0].split(":")[1])
        while len(self._octets) < length and self._more():
            pass
        body, self._octets = self._octets[:length], self._octets[length:]
        return head, body

    def rest(self):
        """Everything up to the peer's FIN."""
        while self._more():
            pass
        octets, self._octets = self._octets, b""
        return octets

    def _more(self):
        octets = self._connection.recv(65536)
        self._octets += octets
        return len(octets) > 0


def await_readable(connection):
    """Returns when octets or the peer's FIN can be read, and reads neither."""
    connection.recv(1, socket.MSG_PEEK)


def pause(seconds):
    time.sleep(seconds)


def run(serve, ask):
    {"serve": serve, "ask": ask}[sys.argv[1]]()


def run_one_exchange(target, body):
    """One GET on one connection, answered with the body; the client closes first."""

    def serve():
        connection, _ = listen().accept()
        inbox = Inbox(connection)
        inbox.message()
        connection.sendall(response("200 OK", body))
        inbox.rest()
        connection.close()

    def ask():
        connection = connect()
        connection.sendall(get(target))
        Inbox(connection).message()
        connection.close()

    run(serve, ask)
