"""Both ends close at one agreed moment; the wire takes 20 ms each way, so each FIN leaves before the other arrives."""

import os
import time

import peer

# record: FORWARDER=--delay-ms 20

MEETING = os.path.join(os.environ["RUN"], "meeting")


def close_at(moment, connection):
    peer.pause(max(0, moment - time.monotonic()))
    connection.close()


def serve():
    connection, _ = peer.listen().accept()
    peer.Inbox(connection).message()
    moment = time.monotonic() + 0.3
    with open(MEETING, "w") as file:
        file.write(str(moment))
    connection.sendall(peer.response("200 OK", b"both\n", "Connection: close"))
    close_at(moment, connection)
    peer.pause(1)


def ask():
    connection = peer.connect()
    connection.sendall(peer.get("/", "Connection: close"))
    peer.Inbox(connection).message()
    with open(MEETING) as file:
        moment = float(file.read())
    close_at(moment, connection)
    peer.pause(0.5)


peer.run(serve, ask)
