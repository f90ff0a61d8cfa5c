"""The wire loses the second of eight data segments of a response; the tap at the server sees it sent twice."""

import peer

# record: TAP=server
# record: FORWARDER=--delay-ms 10 --drop server:data:2

BODY = bytes(ord("a") + index // 1448 % 26 for index in range(8 * 1448 - 200))

peer.run_one_exchange("/letters", BODY)
