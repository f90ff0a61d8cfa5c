# A proxy on 192.0.2.2 that does not know `Connection` passes it on; Apache on 192.0.2.3 grants keep-alive to what it
# takes for its peer; the client believes it too and sends a second request that nobody will read.
# Both hops cross the tap.
source "$RECORD/programs/apache.sh"
PORT=8080

prepare() { apache_configuration 100; }
serve() { HOP=8080 NEXT=$ORIGIN_ADDRESS:80 python3 "$RECORD/programs/one_response_proxy.py"; }
ask() {
    apache2 -D FOREGROUND -f "$RUN/apache.conf" &
    until ss -Hltn 'sport = :80' | grep -q .; do sleep 0.05; done
    python3 - <<'PROGRAM'
import os
import socket

import peer

PATIENCE_SECONDS = 2
host = os.environ["ORIGIN_ADDRESS"]
request = f"GET http://{host}/index.txt HTTP/1.0\r\nHost: {host}\r\nConnection: Keep-Alive\r\n\r\n".encode()

connection = socket.create_connection((os.environ["SERVER_ADDRESS"], 8080))
inbox = peer.Inbox(connection)
connection.sendall(request)
inbox.message()
connection.sendall(request)
connection.settimeout(PATIENCE_SECONDS)
try:
    inbox.message()
except TimeoutError:
    pass
connection.close()
PROGRAM
    # Apache closes the idle connection to the proxy 5 s after its response.
    sleep 4
    kill %1
}
