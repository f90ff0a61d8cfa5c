"""The wire loses a response of one segment and the first two repetitions of it: probe, timeout, and a doubled one."""

import peer

# record: TAP=server
# record: FORWARDER=--delay-ms 10 --drop server:data:1-3

peer.run_one_exchange("/letter", b"arrives at the fourth attempt\n")
