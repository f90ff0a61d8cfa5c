"""A client with a small receive buffer over 20 ms each way: a window's worth, a round trip of waiting, and again."""

import socket

import peer

# record: TAP=server
# record: FORWARDER=--delay-ms 20

BODY = b"w" * (12 * 1448 - 200)
SMALL_BUFFER = 4_000


def serve():
    connection, _ = peer.listen().accept()
    inbox = peer.Inbox(connection)
    inbox.message()
    connection.sendall(peer.response("200 OK", BODY))
    inbox.rest()
    connection.close()


def ask():
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
    connection.connect(peer.SERVER)
    connection.sendall(peer.get("/letters"))
    peer.Inbox(connection).message()
    connection.close()


peer.run(serve, ask)
