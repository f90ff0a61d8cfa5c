# A Node server that takes IMAGE_MILLISECONDS for any image (sourced by the cases that ask for several at once).
export IMAGE_MILLISECONDS=100

serve() {
    node - "$IMAGE_MILLISECONDS" <<'PROGRAM'
const http = require('node:http');
const milliseconds = Number(process.argv[2]);
http.createServer((request, response) => {
  setTimeout(() => response.end(`${request.url}\n`), milliseconds);
}).listen(80);
PROGRAM
}
