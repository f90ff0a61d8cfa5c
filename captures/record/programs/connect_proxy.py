"""A proxy on port 3128 that knows CONNECT only: 200, then octets both ways until either side ends."""

import select
import socket

import peer


def relay(left, right):
    other = {left: right, right: left}
    while True:
        for source in select.select(list(other), [], [])[0]:
            octets = source.recv(65536)
            if not octets:
                return
            other[source].sendall(octets)


def main():
    listener = socket.create_server(("0.0.0.0", 3128))
    while True:
        client, _ = listener.accept()
        host, port = peer.Inbox(client).head().split()[1].split(":")
        with client, socket.create_connection((host, int(port))) as origin:
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            relay(client, origin)


main()
