# The cure that does not cure: the client says Proxy-Connection, a proxy that knows nothing (192.0.2.2:8080) passes it
# on, and a proxy that knows it (192.0.2.3:3128) keeps the connection that the first one waits to see closed.
# All three hops cross the tap; the origin is 192.0.2.2:80.
PORT=8080

prepare() { (source "$RECORD/programs/nginx.sh" && nginx_configuration 'location / { return 200 "hello\n"; }'); }
serve() {
    nginx -c "$RUN/nginx.conf" &
    HOP=8080 NEXT=$ORIGIN_ADDRESS:3128 python3 "$RECORD/programs/one_response_proxy.py"
}
ask() {
    HOP=3128 python3 "$RECORD/programs/proxy_connection_proxy.py" &
    until ss -Hltn 'sport = :3128' | grep -q .; do sleep 0.05; done
    python3 - <<'PROGRAM'
import os
import socket

import peer

PATIENCE_SECONDS = 1
host = os.environ["SERVER_ADDRESS"]
request = f"GET http://{host}/ HTTP/1.0\r\nHost: {host}\r\nProxy-Connection: Keep-Alive\r\n\r\n".encode()

connection = socket.create_connection((host, 8080))
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
    sleep 1.5
    kill %1
}
