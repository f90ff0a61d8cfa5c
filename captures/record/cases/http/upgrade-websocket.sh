# Node switches to WebSocket with 101; the client sends a masked text frame, gets it back, and both say Close.
serve() {
    node - <<'PROGRAM'
const http = require('node:http');
const crypto = require('node:crypto');
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const CLOSE = 0x88;
const server = http.createServer();
server.on('upgrade', (request, socket) => {
  const accept = crypto.createHash('sha1').update(request.headers['sec-websocket-key'] + GUID).digest('base64');
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    `Sec-WebSocket-Accept: ${accept}\r\n\r\n`);
  // The client sends each frame, short and masked, in a segment of its own and waits for the answer.
  socket.on('data', (frame) => {
    const mask = frame.subarray(2, 6);
    const payload = frame.subarray(6).map((octet, index) => octet ^ mask[index % 4]);
    socket.write(Buffer.from([frame[0], payload.length, ...payload]));
    if (frame[0] === CLOSE) {
      socket.end();
    }
  });
});
server.listen(80);
PROGRAM
}
ask() {
    python3 - <<'PROGRAM'
import peer

TEXT, CLOSE = 0x81, 0x88
MASK = bytes([0x37, 0xFA, 0x21, 0x3D])


def frame(kind, payload):
    masked = bytes(octet ^ MASK[index % 4] for index, octet in enumerate(payload))
    return bytes([kind, 0x80 | len(payload)]) + MASK + masked


connection = peer.connect()
connection.sendall(peer.get("/chat", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
peer.Inbox(connection).head()
connection.sendall(frame(TEXT, b"hello"))
connection.recv(100)
peer.pause(0.1)
connection.sendall(frame(CLOSE, (1000).to_bytes(2, "big")))
peer.Inbox(connection).rest()
connection.close()
PROGRAM
}
