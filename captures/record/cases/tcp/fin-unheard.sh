# The client's host loses its address while the connection is idle: nobody hears nginx close it after two seconds.
source "$RECORD/programs/nginx.sh"
TAP=server

prepare() { nginx_configuration 'keepalive_timeout 2s; location / { return 200 "hello\n"; }'; }
ask() {
    python3 - <<'PROGRAM'
import subprocess

import peer

connection = peer.connect()
connection.sendall(peer.get())
peer.Inbox(connection).message()
peer.pause(0.2)
subprocess.run("ip -o link | sed -n 's/^[0-9]*: \\([^:@]*\\).*ether.*/\\1/p' | xargs -n 1 ip address flush dev", shell=True, check=True)
peer.pause(12)
PROGRAM
}
