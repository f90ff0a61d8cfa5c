# A Node server that takes 100 ms for any image (sourced by the cases that ask for several at once).

serve() {
    node - <<'PROGRAM'
const http = require('node:http');
http.createServer((request, response) => {
  setTimeout(() => response.end(`${request.url}\n`), 100);
}).listen(80);
PROGRAM
}
