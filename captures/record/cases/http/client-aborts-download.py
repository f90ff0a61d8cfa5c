"""The client reads the beginning of a large response and closes with the rest unread: a reset in mid-body."""

import socket

import peer

# Jumbo frames, so that the body is a few segments.
# record: MTU=9000

BODY = b"d" * 200_000


def serve():
    connection, _ = peer.listen().accept()
    peer.Inbox(connection).message()
    try:
        connection.sendall(peer.response("200 OK", BODY))
    except ConnectionResetError:
        pass
    connection.close()


def ask():
    connection = socket.socket()
    # A small window, so that the server cannot have sent everything by the time the client has had enough.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 40_000)
    connection.connect(peer.SERVER)
    connection.sendall(peer.get("/film"))
    peer.Inbox(connection).head()
    peer.pause(0.1)
    connection.close()


peer.run(serve, ask)
