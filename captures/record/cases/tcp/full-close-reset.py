"""The server answers and closes both directions while the client still sends: what it sends next is reset."""

import peer


def serve():
    connection, _ = peer.listen().accept()
    # One read takes all that has come: the head and a part of the body.
    connection.recv(65536)
    connection.sendall(peer.response("403 Forbidden", b"no uploads here\n", "Connection: close"))
    connection.close()


def ask():
    connection = peer.connect()
    whole = peer.request("POST", "/upload", "Content-Type: text/plain", body=b"x" * 2000)
    connection.sendall(whole[:600])
    peer.pause(0.1)
    connection.sendall(whole[600:1200])
    connection.close()


peer.run(serve, ask)
