# One connection: HEAD, a PUT that waits 50 ms for its 100 and gets a chunked 201 with a trailer, and a 304 whose
# Content-Length counts octets that are not there.
serve() {
    node - <<'PROGRAM'
const http = require('node:http');
const server = http.createServer((request, response) => {
  if (request.headers['if-none-match']) {
    response.writeHead(304, { ETag: '"v1"', 'Content-Length': 6 }).end();
    return;
  }
  response.writeHead(200, { ETag: '"v1"', 'Content-Length': 6 }).end('hello\n');
});
server.on('checkContinue', (request, response) => {
  setTimeout(() => response.writeContinue(), 50);
  request.resume().on('end', () => {
    response.writeHead(201, { Trailer: 'Server-Timing' });
    response.write('stored\n');
    response.addTrailers({ 'Server-Timing': 'store;dur=1' });
    response.end();
  });
});
server.listen(80);
PROGRAM
}
ask() {
    python3 - <<'PROGRAM'
import http.client

import peer

connection = http.client.HTTPConnection(*peer.SERVER)


def answer():
    response = connection.getresponse()
    response.read()


connection.request("HEAD", "/note")
answer()

connection.putrequest("PUT", "/note", skip_accept_encoding=True)
connection.putheader("Content-Length", "6")
connection.putheader("Expect", "100-continue")
connection.endheaders()
peer.await_readable(connection.sock)
connection.send(b"hello\n")
answer()

connection.request("GET", "/note", headers={"If-None-Match": '"v1"'})
answer()
connection.close()
PROGRAM
}
