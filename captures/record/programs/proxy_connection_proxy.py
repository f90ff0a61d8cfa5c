"""A proxy that knows Proxy-Connection: listens on $HOP, keeps its client's connection for two idle seconds,
and asks the origin on a connection of its own for each request."""

import os
import socket
from urllib.parse import urlsplit

import peer

IDLE_SECONDS = 2


def asked_origin(head):
    line, *fields = head.split("\r\n")
    method, target, _ = line.split()
    url = urlsplit(target)
    own = [field for field in fields if not field.lower().startswith("proxy-connection:")]
    lines = [f"{method} {url.path} HTTP/1.1", *own, "Connection: close", "", ""]
    with socket.create_connection((url.hostname, url.port or 80)) as origin:
        origin.sendall("\r\n".join(lines).encode())
        answer, body = peer.Inbox(origin).message()
    fields = [field for field in answer.split("\r\n") if not field.lower().startswith("connection:")]
    return "\r\n".join([*fields, "Connection: Keep-Alive", "", ""]).encode() + body


def main():
    listener = socket.create_server(("0.0.0.0", int(os.environ["HOP"])))
    client, _ = listener.accept()
    client.settimeout(IDLE_SECONDS)
    inbox = peer.Inbox(client)
    try:
        while (head := inbox.head()) is not None:
            client.sendall(asked_origin(head))
    except TimeoutError:
        pass
    client.close()


main()
