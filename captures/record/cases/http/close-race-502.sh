# An origin that closes idle connections after a second, behind a proxy that would keep them for a minute, 20 ms away. The
# client's POST comes to the proxy just as the second is over: the proxy's request and the origin's FIN cross, and the client
# is told 502.
source "$RECORD/programs/nginx.sh"
FORWARDER='--delay-ms 20'

prepare() {
    nginx_configuration 'location / {
            proxy_pass http://origin;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
        }' "upstream origin { server $ORIGIN_ADDRESS; keepalive 2; }"
    nginx_origin 'keepalive_timeout 1s; location / { return 200 "hello\n"; }'
}
ask() {
    nginx -c "$RUN/origin.conf" &
    until ss -Hltn 'sport = :80' | grep -q .; do sleep 0.05; done
    python3 - <<'PROGRAM'
import peer

# The first response leaves the origin two ways before it is here, and the second request needs one way to the proxy.
IDLE_SECONDS, WAY_SECONDS = 1, 0.02

connection = peer.connect()
inbox = peer.Inbox(connection)
connection.sendall(peer.request("POST", "/pay", body=b"1"))
inbox.message()
peer.pause(IDLE_SECONDS - 3 * WAY_SECONDS)
connection.sendall(peer.request("POST", "/pay", body=b"2"))
inbox.message()
connection.close()
PROGRAM
    sleep 0.2
}
