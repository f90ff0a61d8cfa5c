"""The wire delivers one segment of a response twice; the server had sent it once."""

import peer

# record: FORWARDER=--delay-ms 10 --double server:data:2

BODY = bytes(ord("a") + index // 1448 % 26 for index in range(3 * 1448 - 200))

peer.run_one_exchange("/letters", BODY)
