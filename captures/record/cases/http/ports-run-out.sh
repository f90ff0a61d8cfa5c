# A client with 24 ports and a connection of its own for each request, which it closes first: the 25th has no port.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
ask() {
    sysctl -qw net.ipv4.ip_local_port_range='40000 40023'
    python3 - <<'PROGRAM'
import http.client
import os

for _ in range(30):
    connection = http.client.HTTPConnection(os.environ["SERVER_ADDRESS"])
    connection.request("GET", "/")
    connection.getresponse().read()
    connection.close()
PROGRAM
}
