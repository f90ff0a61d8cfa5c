"""The wire loses the last two of four segments, after which no ACK can come: a probe repeats the last one soon."""

import peer

# record: TAP=server
# record: FORWARDER=--delay-ms 10 --drop server:data:3-4

BODY = bytes(ord("a") + index // 1448 % 26 for index in range(4 * 1448 - 200))

peer.run_one_exchange("/letters", BODY)
