# Node announces that it keeps connections for 5 s; HAProxy passes that on and keeps its own clients' for 2 s.
source "$RECORD/programs/haproxy.sh"

prepare() { haproxy_configuration 'timeout http-keep-alive 2s'; }
ask() {
    node - <<'PROGRAM' &
require('node:http').createServer((request, response) => response.end('hello\n')).listen(80);
PROGRAM
    until ss -Hltn 'sport = :80' | grep -q .; do sleep 0.05; done
    python3 "$RECORD/programs/patient_client.py" 2 /
    sleep 5
}
