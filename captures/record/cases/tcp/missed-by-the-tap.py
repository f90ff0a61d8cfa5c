"""A segment of a response that the client acknowledges and the capture has not: the tap lost it, not the network."""

import peer

# record: KEEP=1-9,11-99

BODY = bytes(ord("a") + index // 1448 % 26 for index in range(4 * 1448 - 200))

peer.run_one_exchange("/letters", BODY)
