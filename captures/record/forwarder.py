"""A wire with a delay and, if asked, a loss: joins the interfaces `client` and `server` of its namespace.

forwarder.py [--delay-ms N] [--drop-server-data K]   K: the K-th segment with data from the server vanishes, once.
It stands in for `tc netem`, which the kernel at hand may lack.
"""

import argparse
import heapq
import select
import socket
import struct
import sys
import time

ALL_PROTOCOLS = 0x0003
ETHERNET_HEADER = 14
IPV4, TCP = 0x0800, 6


def tcp_payload_length(frame):
    if struct.unpack_from("!H", frame, 12)[0] != IPV4 or frame[ETHERNET_HEADER + 9] != TCP:
        return 0
    ip_header = (frame[ETHERNET_HEADER] & 0x0F) * 4
    total = struct.unpack_from("!H", frame, ETHERNET_HEADER + 2)[0]
    tcp_header = (frame[ETHERNET_HEADER + ip_header + 12] >> 4) * 4
    return total - ip_header - tcp_header


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--delay-ms", type=float, default=0)
    options.add_argument("--drop-server-data", type=int, default=0)
    arguments = options.parse_args()

    sides = {}
    for name in ("client", "server"):
        side = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS))
        side.bind((name, ALL_PROTOCOLS))
        sides[name] = side
    other = {sides["client"]: sides["server"], sides["server"]: sides["client"]}
    print("forwarding", file=sys.stderr, flush=True)

    # (due, order, out, frame): `order` keeps frames that are due together in their order.
    late, order, server_data = [], 0, 0
    while True:
        wait = max(0, late[0][0] - time.monotonic()) if late else None
        for side in select.select(list(other), [], [], wait)[0]:
            frame, (_, _, kind, _, _) = side.recvfrom(65536)
            if kind == socket.PACKET_OUTGOING:
                continue
            if side is sides["server"] and tcp_payload_length(frame) > 0:
                server_data += 1
                if server_data == arguments.drop_server_data:
                    continue
            order += 1
            heapq.heappush(late, (time.monotonic() + arguments.delay_ms / 1000, order, other[side], frame))
        while late and late[0][0] <= time.monotonic():
            _, _, out, frame = heapq.heappop(late)
            out.send(frame)


main()
