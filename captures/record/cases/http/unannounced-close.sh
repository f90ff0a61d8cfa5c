# A handler in Node that ends the socket after its response, without having said so; three clients wait for what comes.
serve() {
    node - <<'PROGRAM'
const http = require('node:http');
http.createServer((request, response) => {
  response.end('hello\n', () => request.socket.end());
}).listen(80);
PROGRAM
}
ask() {
    for _ in 1 2 3; do
        python3 "$RECORD/programs/patient_client.py" 1 /
    done
}
