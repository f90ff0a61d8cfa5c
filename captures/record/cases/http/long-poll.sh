# The server answers when it has something to say: after 300 ms, after 700 ms, and the third time nothing for 1 s (204).
serve() {
    node - <<'PROGRAM'
const http = require('node:http');
const PATIENCE = 1000;
const events = [[300, 'first\n'], [700, 'second\n']];
http.createServer((request, response) => {
  const [wait, text] = events.shift() ?? [PATIENCE, null];
  setTimeout(() => (text ? response.end(text) : response.writeHead(204).end()), wait);
}).listen(80);
PROGRAM
}
ask() { curl -sS "http://$SERVER_ADDRESS/events?after=[0-2]"; }
