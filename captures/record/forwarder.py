"""A wire with a delay and, if asked, with faults: joins the interfaces `client` and `server` of its namespace.

forwarder.py [--delay-ms N] [--drop CHOICE]… [--double CHOICE]… [--hold CHOICE:MS]…

CHOICE is SIDE:KIND:K or SIDE:KIND:K-L, for example `server:data:2`: the second packet with data that the server's side
sends. KIND is syn, data or ack (neither SYN nor data); retransmissions count as packets of their own. A held packet is
MS later than the others, which overtake it. It stands in for `tc netem`, which the kernel at hand may lack and which
cannot be told which packet.
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
SYN = 0x02


def kind_of(frame):
    if struct.unpack_from("!H", frame, 12)[0] != IPV4 or frame[ETHERNET_HEADER + 9] != TCP:
        return "other"
    ip_header = (frame[ETHERNET_HEADER] & 0x0F) * 4
    total = struct.unpack_from("!H", frame, ETHERNET_HEADER + 2)[0]
    tcp = ETHERNET_HEADER + ip_header
    if frame[tcp + 13] & SYN:
        return "syn"
    return "data" if total - ip_header - (frame[tcp + 12] >> 4) * 4 > 0 else "ack"


class Choice:
    """Some packets of one kind from one side, by their ordinals."""

    def __init__(self, words):
        self._side, self._kind, ordinals = words
        first, _, last = ordinals.partition("-")
        self._ordinals = range(int(first), int(last or first) + 1)

    def takes(self, side, kind, ordinal):
        return (side, kind) == (self._side, self._kind) and ordinal in self._ordinals


def choice(text):
    return Choice(text.split(":"))


def held(text):
    *words, milliseconds = text.split(":")
    return Choice(words), float(milliseconds) / 1000


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--delay-ms", type=float, default=0)
    options.add_argument("--drop", type=choice, action="append", default=[])
    options.add_argument("--double", type=choice, action="append", default=[])
    options.add_argument("--hold", type=held, action="append", default=[])
    arguments = options.parse_args()

    sides = {}
    for name in ("client", "server"):
        side = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS))
        side.bind((name, ALL_PROTOCOLS))
        sides[side] = name
    client, server = sides
    other = {client: server, server: client}
    print("forwarding", file=sys.stderr, flush=True)

    # (due, order, out, frame): `order` keeps frames that are due together in their order.
    late, order, seen = [], 0, {}
    while True:
        wait = max(0, late[0][0] - time.monotonic()) if late else None
        for side in select.select(list(other), [], [], wait)[0]:
            frame, (_, _, direction, _, _) = side.recvfrom(65536)
            if direction == socket.PACKET_OUTGOING:
                continue
            packet = (sides[side], kind_of(frame))
            seen[packet] = seen.get(packet, 0) + 1
            packet += (seen[packet],)
            if any(dropped.takes(*packet) for dropped in arguments.drop):
                continue
            extra = sum(seconds for chosen, seconds in arguments.hold if chosen.takes(*packet))
            due = time.monotonic() + arguments.delay_ms / 1000 + extra
            for _ in range(2 if any(doubled.takes(*packet) for doubled in arguments.double) else 1):
                order += 1
                heapq.heappush(late, (due, order, other[side], frame))
        while late and late[0][0] <= time.monotonic():
            _, _, out, frame = heapq.heappop(late)
            out.send(frame)


main()
