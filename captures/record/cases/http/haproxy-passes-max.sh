# Node announces that a connection takes three requests (`maxRequestsPerSocket`); HAProxy passes that on, and its client's
# connection takes five.
source "$RECORD/programs/haproxy.sh"

prepare() { haproxy_configuration ''; }
ask() {
    node - <<'PROGRAM' &
const server = require('node:http').createServer((request, response) => response.end('hello\n'));
server.maxRequestsPerSocket = 3;
server.listen(80);
PROGRAM
    until ss -Hltn 'sport = :80' | grep -q .; do sleep 0.05; done
    python3 "$RECORD/programs/pool_client.py" 5 0.05
    sleep 0.5
}
