# A Node server that holds each answer back for 5.5 s, when there is news; the client asks again at once.
serve() {
    node - <<'PROGRAM'
const http = require('node:http');
http.createServer((request, response) => {
  setTimeout(() => response.end('news\n'), 5500);
}).listen(80);
PROGRAM
}
ask() { curl -sS "http://$SERVER_ADDRESS/news" "http://$SERVER_ADDRESS/news" "http://$SERVER_ADDRESS/news" "http://$SERVER_ADDRESS/news"; }
