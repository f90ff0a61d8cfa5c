# A client sends half a head and stops; after 1 s (`timeout http-request`) HAProxy answers 408 and closes.
source "$RECORD/programs/haproxy.sh"

prepare() { haproxy_configuration 'timeout http-request 1s'; }
ask() {
    python3 - <<'PROGRAM'
import peer

connection = peer.connect()
connection.sendall(b"GET /slowly HTTP/1.1\r\nHost: 192.0.2.2\r\n")
peer.Inbox(connection).rest()
connection.close()
PROGRAM
}
