"""Asks COUNT times on one connection, 200 ms apart, and then waits until the server closes.

patient_client.py COUNT TARGET [FIELD…]
"""

import sys

import peer

PAUSE_SECONDS = 0.2


def main(count, target, *fields):
    connection = peer.connect()
    inbox = peer.Inbox(connection)
    for ordinal in range(int(count)):
        if ordinal > 0:
            peer.pause(PAUSE_SECONDS)
        connection.sendall(peer.get(target, *fields))
        inbox.message()
    inbox.rest()
    connection.close()


main(*sys.argv[1:])
