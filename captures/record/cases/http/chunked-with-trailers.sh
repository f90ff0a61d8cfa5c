# Node sends two chunks and a trailer section that it announced; the client said that it takes trailers.
serve() {
    node - <<'PROGRAM'
const http = require('node:http');
http.createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/plain', Trailer: 'Server-Timing' });
  response.write('first half, ');
  setTimeout(() => {
    response.write('second half\n');
    response.addTrailers({ 'Server-Timing': 'body;dur=50' });
    response.end();
  }, 50);
}).listen(80);
PROGRAM
}
ask() { curl -sS -H 'TE: trailers' -H 'Connection: TE' "http://$SERVER_ADDRESS/"; }
