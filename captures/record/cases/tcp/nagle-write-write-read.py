"""Each POST is two small writes with Nagle's algorithm on, then a read: on a kept connection the second write waits."""

import peer

BODY = b"amount=100"


def serve():
    listener = peer.listen()
    while True:
        connection, _ = listener.accept()
        inbox = peer.Inbox(connection)
        while inbox.message() is not None:
            connection.sendall(peer.response("200 OK", b"paid\n"))
        connection.close()


def ask():
    whole = peer.request("POST", "/pay", "Content-Type: text/plain", body=BODY)
    for exchanges in (3, 1):
        connection = peer.connect()
        inbox = peer.Inbox(connection)
        for _ in range(exchanges):
            connection.send(whole[: -len(BODY)])
            connection.send(BODY)
            inbox.message()
        connection.close()
        peer.pause(0.1)


peer.run(serve, ask)
