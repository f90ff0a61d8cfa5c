"""The wire holds three ACKs of the client back for 300 ms: the server times out and repeats what had arrived."""

import subprocess

import peer

# record: TAP=server
# record: FORWARDER=--delay-ms 10 --hold client:ack:2-4:300

BODY = bytes(ord("a") + index // 1448 % 26 for index in range(2 * 1448 - 200))


def serve():
    # Without the tail loss probe, which would come a little earlier and repeat the last segment, not the first.
    subprocess.run(["sysctl", "-qw", "net.ipv4.tcp_early_retrans=0"], check=True)
    connection, _ = peer.listen().accept()
    inbox = peer.Inbox(connection)
    inbox.message()
    connection.sendall(peer.response("200 OK", BODY))
    inbox.rest()
    connection.close()


def ask():
    connection = peer.connect()
    connection.sendall(peer.get("/letters"))
    peer.Inbox(connection).message()
    # Until the late ACKs have arrived, so that the close does not overtake them.
    peer.pause(1)
    connection.close()


peer.run(serve, ask)
