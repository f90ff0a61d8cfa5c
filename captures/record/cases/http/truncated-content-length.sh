# The server announces 100 octets, sends 10 and closes; curl complains.
serve() {
    python3 - <<'PROGRAM'
import peer

connection, _ = peer.listen().accept()
peer.Inbox(connection).message()
connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n0123456789")
connection.close()
PROGRAM
}
ask() { curl -sS "http://$SERVER_ADDRESS/"; }
