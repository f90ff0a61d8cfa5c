"""Each response is two small writes with Nagle's algorithm on: the second waits for the client's delayed ACK."""

import peer


def serve():
    connection, _ = peer.listen().accept()
    inbox = peer.Inbox(connection)
    while inbox.message() is not None:
        head, blank, body = peer.response("200 OK", b"hello\n").partition(b"\r\n\r\n")
        connection.send(head + blank)
        connection.send(body)
    connection.close()


def ask():
    connection = peer.connect()
    inbox = peer.Inbox(connection)
    for _ in range(6):
        connection.sendall(peer.get())
        inbox.message()
    connection.close()


peer.run(serve, ask)
