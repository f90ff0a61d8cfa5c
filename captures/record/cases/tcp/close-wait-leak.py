"""The client closes and the server's program does not notice: CLOSE_WAIT, and in the end the client knows nothing."""

import subprocess

import peer


def serve():
    connection, _ = peer.listen().accept()
    peer.Inbox(connection).message()
    connection.sendall(peer.response("200 OK", b"hello\n"))
    peer.pause(4)
    # What a leaked connection is good for in the end: the first octet that the program still writes is refused.
    connection.sendall(b"anybody there?\n")
    peer.pause(10)


def ask():
    # How long a closed socket of Linux stays in FIN_WAIT_2; 60 s by default.
    subprocess.run(["sysctl", "-qw", "net.ipv4.tcp_fin_timeout=2"], check=True)
    connection = peer.connect()
    connection.sendall(peer.get())
    peer.Inbox(connection).message()
    connection.close()
    peer.pause(5)


peer.run(serve, ask)
