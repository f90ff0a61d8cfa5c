"""A response of 30 segments over 20 ms each way on a cold connection: ten segments, a round trip, and then the rest."""

import peer

# record: FORWARDER=--delay-ms 20

BODY = b"s" * (30 * 1448 - 200)


def serve():
    connection, _ = peer.listen().accept()
    inbox = peer.Inbox(connection)
    inbox.message()
    connection.sendall(peer.response("200 OK", BODY))
    inbox.rest()
    connection.close()


def ask():
    connection = peer.connect()
    connection.sendall(peer.get("/large"))
    peer.Inbox(connection).message()
    connection.close()


peer.run(serve, ask)
