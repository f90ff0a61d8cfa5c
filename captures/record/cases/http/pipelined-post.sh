# A GET right behind a POST that has not been answered: it works here, and it is what a client should not do.
serve() {
    node - <<'PROGRAM'
const http = require('node:http');
http.createServer((request, response) => {
  request.resume().on('end', () => setTimeout(() => response.end(`${request.method}\n`), 50));
}).listen(80);
PROGRAM
}
ask() {
    python3 - <<'PROGRAM'
import peer

connection = peer.connect()
connection.sendall(peer.get("/cart"))
inbox = peer.Inbox(connection)
inbox.message()
connection.sendall(peer.request("POST", "/pay", "Content-Type: text/plain", body=b"amount=100") + peer.get("/receipt"))
for _ in range(2):
    inbox.message()
connection.close()
PROGRAM
}
