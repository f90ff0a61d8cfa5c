"""The client's host vanishes after an exchange; the server's kernel probes three times and gives the connection up."""

import os
import socket
import subprocess

import peer


def serve():
    connection, _ = peer.listen().accept()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)
    inbox = peer.Inbox(connection)
    inbox.message()
    connection.sendall(peer.response("200 OK", b"hello\n"))
    try:
        inbox.rest()
    except TimeoutError:
        connection.close()


def ask():
    connection = peer.connect()
    connection.sendall(peer.get())
    peer.Inbox(connection).message()
    # The tap still sees what arrives, but there is no longer a host with this address to answer.
    subprocess.run(["ip", "address", "delete", os.environ["CLIENT_ADDRESS"] + "/24", "dev", "eth0"], check=True)
    peer.pause(6)


peer.run(serve, ask)
