"""Three GETs in the pipe; the server answers the first and closes with the others unread: a reset, and no FIN."""

import peer


def serve():
    connection, _ = peer.listen().accept()
    # Octet by octet, so that the other requests stay in the kernel's buffer.
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += connection.recv(1)
    peer.pause(0.1)
    connection.sendall(peer.response("200 OK", b"first\n"))
    peer.pause(0.1)
    connection.close()


def ask():
    connection = peer.connect()
    # Each in a segment of its own; the first has been acknowledged when the others leave.
    for target in ("/first", "/second", "/third"):
        connection.sendall(peer.get(target))
        peer.pause(0.02)
    inbox = peer.Inbox(connection)
    inbox.message()
    try:
        inbox.message()
    except ConnectionResetError:
        pass
    connection.close()


peer.run(serve, ask)
