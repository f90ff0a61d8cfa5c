# The origin reads the request and never answers: after `timeout server 1s` HAProxy answers 504.
source "$RECORD/programs/haproxy.sh"

prepare() { haproxy_configuration 'timeout server 1s'; }
ask() {
    python3 - <<'PROGRAM' &
import os
import socket

import peer

listener = socket.create_server((os.environ["ORIGIN_ADDRESS"], 80))
connection, _ = listener.accept()
peer.Inbox(connection).rest()
connection.close()
PROGRAM
    until ss -Hltn 'sport = :80' | grep -q .; do sleep 0.05; done
    curl -sS "http://$SERVER_ADDRESS/report"
}
