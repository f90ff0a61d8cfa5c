# nginx closes the idle connection after two seconds, and the tap misses its FIN; the client closes half a second later.
source "$RECORD/programs/nginx.sh"
KEEP=1-7,9-99

prepare() { nginx_configuration 'keepalive_timeout 2s; location / { return 200 "hello\n"; }'; }
ask() {
    python3 - <<'PROGRAM'
import peer

connection = peer.connect()
connection.sendall(peer.get())
peer.Inbox(connection).message()
connection.recv(1)
peer.pause(0.5)
connection.close()
PROGRAM
}
