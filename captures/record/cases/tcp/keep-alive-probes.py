"""One exchange, then idleness: the server's kernel probes each second, the client's answers, until the client closes."""

import socket

import peer


def serve():
    connection, _ = peer.listen().accept()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
    inbox = peer.Inbox(connection)
    inbox.message()
    connection.sendall(peer.response("200 OK", b"still here?\n"))
    inbox.rest()
    connection.close()


def ask():
    connection = peer.connect()
    connection.sendall(peer.get())
    peer.Inbox(connection).message()
    peer.pause(3.5)
    connection.close()


peer.run(serve, ask)
