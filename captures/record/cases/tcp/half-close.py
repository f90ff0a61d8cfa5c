"""The client ends its own direction at once; the server takes 298 ms to answer and only then closes."""

import socket

import peer


def serve():
    connection, _ = peer.listen().accept()
    peer.Inbox(connection).rest()
    peer.pause(0.298)
    connection.sendall(peer.response("200 OK", b"late\n", "Connection: close"))
    connection.close()


def ask():
    connection = peer.connect()
    connection.sendall(peer.get("/report", "Connection: close"))
    connection.shutdown(socket.SHUT_WR)
    peer.Inbox(connection).rest()
    connection.close()


peer.run(serve, ask)
