"""One client port, two connections: the server closes the first and still holds TIME_WAIT when the second SYN comes."""

import peer

PORT = 40000


def serve():
    listener = peer.listen()
    while True:
        connection, _ = listener.accept()
        target = peer.Inbox(connection).message()[0].split()[1]
        connection.sendall(peer.response("200 OK", target.encode() + b"\n", "Connection: close"))
        connection.close()


def ask():
    for target in ("/first", "/second"):
        connection = peer.connect(PORT)
        connection.sendall(peer.get(target, "Connection: close"))
        peer.Inbox(connection).rest()
        # RFC 6191 compares timestamps of the two incarnations; these are far enough apart to differ.
        peer.pause(0.2)
        connection.close()
        peer.pause(0.2)


peer.run(serve, ask)
