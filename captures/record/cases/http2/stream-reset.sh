# One stream is refused, one ends in an error of the server, one is given up by the client; the connection goes on, and a
# PING is answered on it.
serve() {
    node - <<'PROGRAM'
const http2 = require('node:http2');
const { NGHTTP2_REFUSED_STREAM } = http2.constants;
const server = http2.createServer();
server.on('stream', (stream, headers) => {
  stream.on('error', () => {});
  switch (headers[':path']) {
    case '/refused':
      stream.close(NGHTTP2_REFUSED_STREAM);
      break;
    case '/broken':
      stream.respond({ ':status': 200, 'content-length': 1000 });
      stream.write('part', () => stream.destroy(new Error('broken')));
      break;
    case '/endless':
      stream.respond({ ':status': 200 });
      stream.write('more');
      break;
    default:
      stream.respond({ ':status': 204 }, { endStream: true });
  }
});
server.listen(80);
PROGRAM
}
ask() {
    node - <<'PROGRAM'
const http2 = require('node:http2');
const session = http2.connect(`http://${process.env.SERVER_ADDRESS}`);
const ask = (path) => new Promise((done) => {
  const stream = session.request({ ':path': path });
  stream.on('error', () => {});
  stream.on('close', done);
  stream.on('data', () => {
    if (path === '/endless') {
      stream.close(http2.constants.NGHTTP2_CANCEL);
    }
  });
  stream.resume();
});
(async () => {
  await ask('/refused');
  await Promise.all([ask('/broken'), ask('/endless')]);
  await new Promise((done) => session.ping(Buffer.alloc(8, 7), done));
  await ask('/last');
  session.close();
})();
PROGRAM
}
