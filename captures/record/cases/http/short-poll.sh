# The client asks each 200 ms whether there is news; four times there is none (304).
serve() {
    node - <<'PROGRAM'
const http = require('node:http');
let asked = 0;
http.createServer((request, response) => {
  asked += 1;
  if (asked < 5) {
    response.writeHead(304, { ETag: '"none"' }).end();
  } else {
    response.writeHead(200, { ETag: '"one"' }).end('news\n');
  }
}).listen(80);
PROGRAM
}
ask() {
    python3 - <<'PROGRAM'
import peer

connection = peer.connect()
inbox = peer.Inbox(connection)
for _ in range(5):
    connection.sendall(peer.get("/news", 'If-None-Match: "none"'))
    inbox.message()
    peer.pause(0.2)
connection.close()
PROGRAM
}
