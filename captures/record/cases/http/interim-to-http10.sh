# A handler in Node that says 102 (Processing) before its response; curl speaks HTTP/1.0.
serve() {
    node - <<'PROGRAM'
const http = require('node:http');
http.createServer((request, response) => {
  response.writeProcessing();
  setTimeout(() => response.end('hello\n'), 100);
}).listen(80);
PROGRAM
}
ask() { curl -sS --http1.0 "http://$SERVER_ADDRESS/"; }
