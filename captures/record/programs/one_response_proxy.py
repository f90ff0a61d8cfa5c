"""A proxy that has not heard of `Connection`: listens on $HOP, passes the head of one request to $NEXT as it came, and
what comes back until the other side closes."""

import os
import socket

import peer

listener = socket.create_server(("0.0.0.0", int(os.environ["HOP"])))
client, _ = listener.accept()
head = peer.Inbox(client).head()
host, port = os.environ["NEXT"].split(":")
with client, socket.create_connection((host, int(port))) as following:
    # Every field as it came, hop-by-hop or not; then one response, which ends when the other side closes.
    following.sendall(head.encode() + b"\r\n\r\n")
    while octets := following.recv(65536):
        client.sendall(octets)
