# The origin reads the request and closes without a word: HAProxy has to answer 502.
source "$RECORD/programs/haproxy.sh"

# HAProxy repeats what could not be delivered, and this was (`retry-on` is conn-failure by default).
prepare() { haproxy_configuration ''; }
ask() {
    python3 - <<'PROGRAM' &
import os
import socket

import peer

listener = socket.create_server((os.environ["ORIGIN_ADDRESS"], 80))
connection, _ = listener.accept()
peer.Inbox(connection).message()
connection.close()
PROGRAM
    until ss -Hltn 'sport = :80' | grep -q .; do sleep 0.05; done
    curl -sS "http://$SERVER_ADDRESS/report"
}
