# The server accepts and reads but never answers; curl gives up after 2 s.
serve() {
    python3 - <<'PROGRAM'
import peer

connection, _ = peer.listen().accept()
peer.Inbox(connection).rest()
connection.close()
PROGRAM
}
ask() { curl -sS --max-time 2 "http://$SERVER_ADDRESS/report"; }
