"""The client does not read for a second and a half: its window closes, the server's kernel probes, the window opens."""

import socket
import subprocess

import peer

# record: MTU=9000

BODY = b"z" * 60_000
SMALL_BUFFER = 16_000


def serve():
    # Without the tail loss probe, which would repeat the last segment while its ACK is still being delayed.
    subprocess.run(["sysctl", "-qw", "net.ipv4.tcp_early_retrans=0"], check=True)
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
    connection.sendall(peer.get("/film"))
    peer.pause(1.5)
    peer.Inbox(connection).message()
    connection.close()


peer.run(serve, ask)
