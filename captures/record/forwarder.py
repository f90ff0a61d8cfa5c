"""A wire with a delay and, if asked, with faults: joins the interfaces `client` and `server` of its namespace.

forwarder.py [--delay-ms N] [--drop CHOICE]… [--double CHOICE]… [--hold CHOICE:MS]… [--reset CHOICE]…
             [--forget-seconds N]

CHOICE is SIDE:KIND:K or SIDE:KIND:K-L, for example `server:data:2`: the second packet with data that the server's side
sends. KIND is syn, data or ack (neither SYN nor data); retransmissions count as packets of their own. A held packet is
MS later than the others, which overtake it. A reset packet is kept back, and both ends get a RST in the other's name, as
a device on the way makes it that does not want the connection. --forget-seconds makes the wire a device with a table:
what belongs to a connection that was silent for longer is dropped from then on, both ways and without a word, until a SYN
opens it anew. It stands in for `tc netem`, which the kernel at hand may lack and which cannot be told which packet.
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
SYN, RST, ACK = 0x02, 0x04, 0x10
# A device's own packets begin with its own TTL; the ends' begin with Linux's 64.
DEVICE_TTL = 255


def is_tcp(frame):
    return struct.unpack_from("!H", frame, 12)[0] == IPV4 and frame[ETHERNET_HEADER + 9] == TCP


def tcp_offset(frame):
    return ETHERNET_HEADER + (frame[ETHERNET_HEADER] & 0x0F) * 4


def data_length(frame):
    tcp = tcp_offset(frame)
    total = struct.unpack_from("!H", frame, ETHERNET_HEADER + 2)[0]
    return ETHERNET_HEADER + total - tcp - (frame[tcp + 12] >> 4) * 4


def kind_of(frame):
    if not is_tcp(frame):
        return "other"
    if frame[tcp_offset(frame) + 13] & SYN:
        return "syn"
    return "data" if data_length(frame) > 0 else "ack"


def checksum(octets):
    words = struct.unpack(f"!{len(octets) // 2}H", octets)
    total = sum(words)
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def reset(frame, back):
    """The RST that ends the connection of this frame: to its sender (back) or on to its receiver."""
    tcp = tcp_offset(frame)
    macs, (source, target) = (frame[0:6], frame[6:12]), (frame[tcp - 8 : tcp - 4], frame[tcp - 4 : tcp])
    ports = struct.unpack_from("!HH", frame, tcp)
    sequence, acknowledgment = struct.unpack_from("!II", frame, tcp + 4)
    if back:
        macs, (source, target), ports = macs[::-1], (target, source), ports[::-1]
        sequence, acknowledgment = acknowledgment, (sequence + data_length(frame)) & 0xFFFFFFFF
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 40, 0, 0, DEVICE_TTL, TCP, 0, source, target)
    ip = ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:]
    segment = struct.pack("!HHIIBBHHH", *ports, sequence, acknowledgment, 0x50, RST | ACK, 0, 0, 0)
    pseudo = source + target + struct.pack("!HH", TCP, len(segment))
    segment = segment[:16] + struct.pack("!H", checksum(pseudo + segment)) + segment[18:]
    return b"".join(macs) + struct.pack("!H", IPV4) + ip + segment


class Table:
    """What a device on the way remembers: when it last saw something of each connection."""

    def __init__(self, seconds):
        self._seconds = seconds
        self._seen = {}

    def passes(self, frame):
        if self._seconds is None or not is_tcp(frame):
            return True
        tcp, now = tcp_offset(frame), time.monotonic()
        source, target = frame[tcp - 8 : tcp - 4] + frame[tcp : tcp + 2], frame[tcp - 4 : tcp] + frame[tcp + 2 : tcp + 4]
        connection = min(source, target) + max(source, target)
        if not frame[tcp + 13] & SYN and now - self._seen.get(connection, 0) > self._seconds:
            return False
        self._seen[connection] = now
        return True


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
    options.add_argument("--reset", type=choice, action="append", default=[])
    options.add_argument("--forget-seconds", type=float)
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
    table = Table(arguments.forget_seconds)
    while True:
        wait = max(0, late[0][0] - time.monotonic()) if late else None
        for side in select.select(list(other), [], [], wait)[0]:
            frame, (_, _, direction, _, _) = side.recvfrom(65536)
            if direction == socket.PACKET_OUTGOING:
                continue
            packet = (sides[side], kind_of(frame))
            seen[packet] = seen.get(packet, 0) + 1
            packet += (seen[packet],)
            if not table.passes(frame) or any(dropped.takes(*packet) for dropped in arguments.drop):
                continue
            if any(chosen.takes(*packet) for chosen in arguments.reset):
                side.send(reset(frame, back=True))
                other[side].send(reset(frame, back=False))
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
