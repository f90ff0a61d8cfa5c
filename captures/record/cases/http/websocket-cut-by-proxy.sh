# A WebSocket through nginx, on which nobody says anything: nginx closes it after two seconds (`proxy_read_timeout 2s`, 60 s
# as it comes), without a Close frame. The hop behind is inside the server.
source "$RECORD/programs/nginx.sh"
source "$RECORD/programs/websocket.sh"

prepare() { websocket_proxy 2; }
serve() {
    node - <<'PROGRAM' &
const http = require('node:http');
const crypto = require('node:crypto');
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const server = http.createServer();
server.on('upgrade', (request, socket) => {
  const accept = crypto.createHash('sha1').update(request.headers['sec-websocket-key'] + GUID).digest('base64');
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    `Sec-WebSocket-Accept: ${accept}\r\n\r\n`);
  // One text frame, and then nothing until there is news.
  setTimeout(() => socket.write(Buffer.from([0x81, 5, ...Buffer.from('hello')])), 300);
  socket.on('end', () => socket.end());
});
server.listen(8080);
PROGRAM
    until ss -Hltn 'sport = :8080' | grep -q .; do sleep 0.05; done
    nginx -c "$RUN/nginx.conf"
}
ask() {
    python3 - <<'PROGRAM'
import peer

connection = peer.connect()
connection.sendall(peer.get("/chat", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
peer.Inbox(connection).rest()
connection.close()
PROGRAM
}
