# A server that does not know Expect reads on silently; curl waits a second for the 100 and then sends the body.
serve() {
    python3 - <<'PROGRAM'
import peer

connection, _ = peer.listen().accept()
inbox = peer.Inbox(connection)
inbox.message()
connection.sendall(peer.response("200 OK", b"stored\n"))
inbox.rest()
connection.close()
PROGRAM
}
ask() {
    seq -s ' ' 100 | curl -sS --data-binary @- -H 'Content-Type: text/plain' -H 'Expect: 100-continue' \
        "http://$SERVER_ADDRESS/numbers"
}
