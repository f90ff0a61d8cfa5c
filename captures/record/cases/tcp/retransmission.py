"""The wire loses the second of eight data segments of a response; the tap at the server sees it sent twice."""

import peer

# record: TAP=server
# record: FORWARDER=--delay-ms 10 --drop-server-data 2

BODY = bytes(ord("a") + index // 1448 % 26 for index in range(8 * 1448 - 200))


def serve():
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
    connection.close()


peer.run(serve, ask)
