# One response that does not end: Node sends an event each 200 ms until the client, which has had enough, closes.
serve() {
    node - <<'PROGRAM'
const http = require('node:http');
http.createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  let id = 0;
  const timer = setInterval(() => response.write(`id: ${++id}\ndata: tick\n\n`), 200);
  response.on('close', () => clearInterval(timer));
}).listen(80);
PROGRAM
}
ask() { curl -sSN --max-time 1.1 -H 'Accept: text/event-stream' "http://$SERVER_ADDRESS/events"; }
