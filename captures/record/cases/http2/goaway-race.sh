# A server 20 ms away says GOAWAY with stream 1 as its last, at about the time at which the client opens two more: they
# cross. The GET is sent again on a new connection, the POST is not, although it could be.
FORWARDER='--delay-ms 20'

serve() {
    node - <<'PROGRAM'
const http2 = require('node:http2');
const DRAIN_MS = 130, ANSWER_MS = 400;
const server = http2.createServer();
let isFirst = true;
server.on('session', (session) => {
  if (isFirst) {
    isFirst = false;
    session.once('stream', () => setTimeout(() => session.goaway(http2.constants.NGHTTP2_NO_ERROR, 1), DRAIN_MS));
  }
});
server.on('stream', (stream, headers) => {
  // nghttp2 closes the streams beyond the last of its own GOAWAY.
  stream.on('error', () => {});
  setTimeout(() => {
    if (!stream.destroyed) {
      stream.respond({ ':status': 200 });
      stream.end('done\n');
    }
  }, headers[':path'] === '/first' ? ANSWER_MS : 0);
});
server.listen(80);
PROGRAM
}
ask() {
    node "$RECORD/programs/h2_client.js" '[{"at": 0, "path": "/first"}, {"at": 165, "path": "/list", "again": true},
        {"at": 170, "method": "POST", "path": "/pay", "body": "amount=1"}]'
}
