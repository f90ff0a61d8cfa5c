"""A server that accepts nobody with room for one: the second client's SYN is dropped by the kernel and repeated."""

import socket

import peer


def serve():
    # Linux lets one more wait than the backlog says.
    listener = socket.create_server(("0.0.0.0", 80), backlog=0)
    peer.pause(1.5)
    for _ in range(2):
        connection, _ = listener.accept()
        inbox = peer.Inbox(connection)
        inbox.message()
        connection.sendall(peer.response("200 OK", b"at last\n"))
        inbox.rest()
        connection.close()


def ask():
    first = peer.connect()
    first.sendall(peer.get("/first"))
    second = peer.connect()
    second.sendall(peer.get("/second"))
    for connection in (first, second):
        peer.Inbox(connection).message()
        connection.close()


peer.run(serve, ask)
