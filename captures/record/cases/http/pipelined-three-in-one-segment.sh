# Three GETs in one segment; Node has the second and third answers at once, but the first takes 500 ms.
serve() {
    node - <<'PROGRAM'
const http = require('node:http');
const delays = { '/slow': 500 };
http.createServer((request, response) => {
  setTimeout(() => response.end(`${request.url}\n`), delays[request.url] ?? 0);
}).listen(80);
PROGRAM
}
ask() {
    python3 - <<'PROGRAM'
import peer

connection = peer.connect()
connection.sendall(b"".join(peer.get(target) for target in ("/slow", "/second", "/third")))
inbox = peer.Inbox(connection)
for _ in range(3):
    inbox.message()
connection.close()
PROGRAM
}
