"""One client port, two connections: the first is aborted, so nobody holds TIME_WAIT and the port is free at once."""

import socket
import struct

import peer

PORT = 40000
ABORT = struct.pack("ii", 1, 0)


def serve():
    listener = peer.listen()
    while True:
        connection, _ = listener.accept()
        inbox = peer.Inbox(connection)
        try:
            while (message := inbox.message()) is not None:
                connection.sendall(peer.response("200 OK", message[0].split()[1].encode() + b"\n"))
        except ConnectionResetError:
            pass
        connection.close()


def ask():
    first = peer.connect(PORT)
    first.sendall(peer.get("/first"))
    peer.Inbox(first).message()
    first.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
    first.close()
    peer.pause(0.1)

    second = peer.connect(PORT)
    second.sendall(peer.get("/second"))
    peer.Inbox(second).message()
    second.close()


peer.run(serve, ask)
