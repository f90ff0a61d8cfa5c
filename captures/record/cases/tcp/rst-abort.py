"""A complete exchange, then the client closes with SO_LINGER 0: a reset where a FIN was due."""

import socket
import struct

import peer


def serve():
    connection, _ = peer.listen().accept()
    inbox = peer.Inbox(connection)
    inbox.message()
    connection.sendall(peer.response("200 OK", b"done\n"))
    try:
        inbox.rest()
    except ConnectionResetError:
        pass


def ask():
    connection = peer.connect()
    connection.sendall(peer.get())
    peer.Inbox(connection).message()
    peer.pause(0.1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


peer.run(serve, ask)
