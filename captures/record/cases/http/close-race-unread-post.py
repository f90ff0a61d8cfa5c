"""The server stops reading and closes while a whole POST lies in its receive buffer: a reset, and no FIN at all."""

import peer


def serve():
    connection, _ = peer.listen().accept()
    peer.Inbox(connection).message()
    connection.sendall(peer.response("200 OK", b"hello\n"))
    # Long enough for the POST, sent after 500 ms, to arrive and be acknowledged by the kernel alone.
    peer.pause(0.6)
    connection.close()


def ask():
    connection = peer.connect()
    connection.sendall(peer.get("/cart"))
    peer.Inbox(connection).message()
    peer.pause(0.5)
    connection.sendall(peer.request("POST", "/pay", "Content-Type: text/plain", body=b"amount=100"))
    try:
        peer.Inbox(connection).message()
    except ConnectionResetError:
        pass
    connection.close()


peer.run(serve, ask)
