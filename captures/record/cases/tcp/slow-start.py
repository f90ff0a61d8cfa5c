"""A response of 30 segments over 20 ms each way on a cold connection: ten segments, a round trip, and then the rest."""

import peer

# record: FORWARDER=--delay-ms 20

BODY = b"s" * (30 * 1448 - 200)

peer.run_one_exchange("/large", BODY)
