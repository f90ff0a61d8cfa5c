"""The tap is stopped right after the last packets: they are in the kernel's buffer, and tcpdump never asks for them."""

import peer

# record: TAP_PATIENT=yes
# record: TAP_LOSES=yes
# record: SETTLE_SECONDS=0.1


def serve():
    connection, _ = peer.listen().accept()
    inbox = peer.Inbox(connection)
    while inbox.message():
        connection.sendall(peer.response("200 OK", b"hello\n"))
    connection.close()


def ask():
    connection = peer.connect()
    inbox = peer.Inbox(connection)
    for target, idle in (("/first", 2), ("/second", 0)):
        connection.sendall(peer.get(target))
        inbox.message()
        peer.pause(idle)
    connection.close()


peer.run(serve, ask)
