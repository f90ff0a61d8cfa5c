"""The server answers 413 after the head alone and closes with the body of 60 000 octets unread in its buffer."""

import peer

# Jumbo frames, so that the body is seven segments and not forty-two.
# record: MTU=9000

BODY = b"x" * 60_000


def serve():
    connection, _ = peer.listen().accept()
    # Octet by octet, so that nothing of the body is read with the head.
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += connection.recv(1)
    peer.pause(0.1)
    connection.sendall(peer.response("413 Content Too Large", b"too large\n", "Connection: close"))
    peer.pause(0.05)
    connection.close()


def ask():
    connection = peer.connect()
    connection.sendall(peer.request("POST", "/upload", "Content-Type: text/plain", body=BODY))
    inbox = peer.Inbox(connection)
    inbox.message()
    try:
        inbox.rest()
    except ConnectionResetError:
        pass
    connection.close()


peer.run(serve, ask)
