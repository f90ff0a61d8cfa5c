# The server closes the kept connection when the second request reaches it; curl, which had used the connection before,
# sends that request again on a new one without being told.
serve() {
    python3 - <<'PROGRAM'
import peer

listener = peer.listen()
connection, _ = listener.accept()
inbox = peer.Inbox(connection)
inbox.message()
connection.sendall(peer.response("200 OK", b"first\n"))
inbox.message()
connection.close()

connection, _ = listener.accept()
inbox = peer.Inbox(connection)
inbox.message()
connection.sendall(peer.response("200 OK", b"second\n"))
inbox.rest()
connection.close()
PROGRAM
}
ask() { curl -sS "http://$SERVER_ADDRESS/first" "http://$SERVER_ADDRESS/second"; }
