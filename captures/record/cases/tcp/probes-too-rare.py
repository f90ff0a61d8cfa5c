"""The wire forgets after 11 idle seconds; the client's keep-alive probes begin after twelve."""
# record: FORWARDER=--forget-seconds 11

import socket

import peer


def serve():
    listener = peer.listen()
    held = []
    while True:
        connection, _ = listener.accept()
        peer.Inbox(connection).message()
        connection.sendall(peer.response("200 OK", b"hello\n"))
        held.append(connection)


def ask():
    connection = peer.connect()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 12)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)
    connection.sendall(peer.get())
    inbox = peer.Inbox(connection)
    inbox.message()
    try:
        inbox.rest()
    except TimeoutError:
        connection.close()
    # The path lives: a new connection is answered.
    again = peer.connect()
    again.sendall(peer.get())
    peer.Inbox(again).message()
    again.close()


peer.run(serve, ask)
