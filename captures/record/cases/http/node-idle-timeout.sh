# Node's http.Server as it comes: it announces `timeout=5` and closes when it closes; the client asks once and waits.
serve() {
    node - <<'PROGRAM'
const http = require('node:http');
http.createServer((request, response) => response.end('hello\n')).listen(80);
PROGRAM
}
ask() { python3 "$RECORD/programs/patient_client.py" 1 /; }
