"""Two equal responses over 20 ms each way on one connection: cold it takes three flights, warm it takes one."""

import subprocess

import peer

# record: FORWARDER=--delay-ms 20

BODY = b"s" * (8 * 1448 - 200)


def serve():
    # An initial window of 2 instead of 10, so that eight segments show what thirty would.
    subprocess.run("ip route change 192.0.2.0/24 dev eth0 initcwnd 2".split(), check=True)
    connection, _ = peer.listen().accept()
    inbox = peer.Inbox(connection)
    while inbox.message() is not None:
        connection.sendall(peer.response("200 OK", BODY))
    connection.close()


def ask():
    connection = peer.connect()
    inbox = peer.Inbox(connection)
    for target in ("/cold", "/warm"):
        connection.sendall(peer.get(target))
        inbox.message()
    connection.close()


peer.run(serve, ask)
