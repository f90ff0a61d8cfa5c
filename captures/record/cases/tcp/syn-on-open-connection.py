"""The client's host restarts without a word and opens a connection from the same port; the server still has the old one."""

import socket

import peer

PORT = 40000
TCP_REPAIR = 19


def serve():
    listener = peer.listen()
    for _ in range(2):
        connection, _ = listener.accept()
        inbox = peer.Inbox(connection)
        inbox.message()
        connection.sendall(peer.response("200 OK", b"hello\n"))
        try:
            inbox.rest()
        except ConnectionResetError:
            pass
        connection.close()


def ask():
    connection = peer.connect(source_port=PORT)
    connection.sendall(peer.get())
    peer.Inbox(connection).message()
    # In repair mode the kernel forgets a socket that is closed, and tells nobody: as if its host had lost power.
    connection.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
    connection.close()
    peer.pause(0.2)
    again = peer.connect(source_port=PORT)
    again.sendall(peer.get())
    peer.Inbox(again).message()
    again.close()


peer.run(serve, ask)
