"""The wire lets two segments of a response overtake one; nothing is lost and nothing is sent again."""

import peer

# record: FORWARDER=--delay-ms 10 --hold server:data:2:2

BODY = bytes(ord("a") + index // 1448 % 26 for index in range(4 * 1448 - 200))

peer.run_one_exchange("/letters", BODY)
