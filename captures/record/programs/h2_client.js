// HTTP/2 in clear text on one connection: h2_client.js PLAN, where PLAN is JSON, an array of
// {at, method, path, body}: when to open the stream, in milliseconds, and with what. A stream that the server refused is
// sent again on a new connection where `again` is true. The program ends when all streams are over.
const http2 = require('node:http2');
const origin = `http://${process.env.SERVER_ADDRESS}`;
const plan = JSON.parse(process.argv[2]);
const sessions = new Set();

function connect() {
  const session = http2.connect(origin);
  sessions.add(session);
  session.on('error', () => {});
  session.on('close', () => sessions.delete(session));
  return session;
}

function send(session, { method = 'GET', path = '/', body = '', again = false }) {
  return new Promise((done) => {
    const stream = session.request({ ':method': method, ':path': path }, { endStream: body === '' });
    stream.on('error', () => {});
    stream.on('close', () => {
      const refused = stream.rstCode === http2.constants.NGHTTP2_REFUSED_STREAM;
      done(refused && again ? send(connect(), { method, path, body }) : undefined);
    });
    stream.resume();
    if (body !== '') {
      stream.end(body);
    }
  });
}

const first = connect();
first.once('connect', async () => {
  await Promise.all(plan.map(async (request) => {
    await new Promise((done) => setTimeout(done, request.at));
    await send(first, request);
  }));
  for (const session of sessions) {
    session.close();
  }
});
