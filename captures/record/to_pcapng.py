"""Turns tcpdump's pcap into the library's pcapng: to_pcapng.py RAW CAPTURE CASE END [KEEP [COUNTS]].

KEEP is a list of packet numbers (`1-6,8-20`): the others are left out, as a tap would that began late or was too slow. They
are written in its order (`11-20,1-10`), as `mergecap -a` puts files behind each other. COUNTS are what tcpdump said of its
losses at the end (captured, received by filter, dropped by kernel): a pcap has no place for them, a pcapng has.

editcap would do, but it also writes its own version and the machine's into the section header. Here the section
says only which case it is, so that recording on another machine changes packets and nothing else.
"""

import struct
import sys

NANOSECOND_PCAP = 0xA1B23C4D
ETHERNET = 1


def padded(octets):
    return octets + bytes(-len(octets) % 4)


def option(code, octets):
    return struct.pack("<HH", code, len(octets)) + padded(octets)


def block(kind, body):
    length = 12 + len(body)
    return struct.pack("<II", kind, length) + body + struct.pack("<I", length)


def section_header(comment):
    opt_comment, end = option(1, comment.encode()), option(0, b"")
    return block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1) + opt_comment + end)


def interface(name, snap_length):
    if_name, if_tsresol, end = option(2, name.encode()), option(9, b"\x09"), option(0, b"")
    return block(1, struct.pack("<HHI", ETHERNET, 0, snap_length) + if_name + if_tsresol + end)


def enhanced_packet(nanoseconds, original_length, octets):
    head = struct.pack("<IIIII", 0, nanoseconds >> 32, nanoseconds & 0xFFFFFFFF, len(octets), original_length)
    return block(6, head + padded(octets))


def interface_statistics(nanoseconds, captured, accepted, dropped):
    head = struct.pack("<III", 0, nanoseconds >> 32, nanoseconds & 0xFFFFFFFF)
    # isb_filteraccept, isb_osdrop, isb_usrdeliv (draft-ietf-opsawg-pcapng §4.6).
    counts = [option(code, struct.pack("<Q", int(count))) for code, count in ((6, accepted), (7, dropped), (8, captured))]
    return block(5, head + b"".join(counts) + option(0, b""))


def packets(pcap):
    magic, _, _, _, _, snap_length, link_type = struct.unpack_from("<IHHiIII", pcap)
    if magic != NANOSECOND_PCAP or link_type != ETHERNET:
        sys.exit("to_pcapng.py: expected tcpdump's little-endian nanosecond Ethernet pcap")
    yield snap_length
    position = 24
    while position < len(pcap):
        seconds, fraction, captured, original = struct.unpack_from("<IIII", pcap, position)
        position += 16
        yield seconds * 1_000_000_000 + fraction, original, pcap[position : position + captured]
        position += captured


def kept(recorded, keep):
    if not keep:
        return recorded
    ranges = [words.partition("-") for words in keep.split(",")]
    return [packet for first, _, last in ranges for packet in recorded[int(first) - 1 : int(last or first)]]


def main(raw, capture, case, end, keep="", counts=""):
    with open(raw, "rb") as file:
        snap_length, *recorded = packets(file.read())
    times = [time for time, _, _ in recorded]
    if times != sorted(times):
        sys.exit("to_pcapng.py: time goes backwards in this recording; record it again")
    with open(capture, "wb") as file:
        file.write(section_header(f"HttpWireAnalyzer captures/{case}"))
        file.write(interface(end, snap_length))
        for packet in kept(recorded, keep):
            file.write(enhanced_packet(*packet))
        if counts:
            file.write(interface_statistics(times[-1], *counts.split()))


main(*sys.argv[1:])
