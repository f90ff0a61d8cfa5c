# HAProxy allows each client two connections; the third is closed as soon as it is accepted.
source "$RECORD/programs/haproxy.sh"

prepare() {
    haproxy_configuration '' 'http-request return status 200 content-type text/plain string hello'
    sed -i '/^    bind :80/a\    stick-table type ip size 100 store conn_cur\
    tcp-request connection track-sc0 src\
    tcp-request connection reject if { sc0_conn_cur gt 2 }' "$RUN/haproxy.cfg"
}
ask() {
    python3 - <<'PROGRAM'
import peer

connections = []
for ordinal in (1, 2, 3):
    connection = peer.connect()
    connections.append(connection)
    # Time for the server to make up its mind: the third request is not sent any more.
    peer.pause(0.05)
    try:
        connection.sendall(peer.get(f"/{ordinal}"))
        peer.Inbox(connection).message()
    except ConnectionResetError:
        pass
for connection in connections:
    connection.close()
PROGRAM
}
