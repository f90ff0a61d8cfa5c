# nginx closes the idle connection after 1 s; the client's kernel knows, but 20 ms later its program sends a POST.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'keepalive_timeout 1s; location / { return 200 "hello\n"; }'; }
ask() {
    python3 - <<'PROGRAM'
import peer

connection = peer.connect()
connection.sendall(peer.get("/cart"))
peer.Inbox(connection).message()
peer.await_readable(connection)
peer.pause(0.020)
connection.sendall(peer.request("POST", "/pay", "Content-Type: text/plain", body=b"amount=100"))
peer.pause(0.1)
connection.close()
PROGRAM
}
