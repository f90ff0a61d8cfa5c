# The wire forgets a connection after 11 idle seconds; the client's pool keeps its three connections for longer than that.
FORWARDER='--forget-seconds 11'

serve() {
    node - <<'PROGRAM'
const http = require('node:http');
const server = http.createServer((request, response) => {
  setTimeout(() => response.end('hello\n'), 50);
});
server.keepAliveTimeout = 75000;
server.listen(80);
PROGRAM
}
ask() {
    python3 - <<'PROGRAM'
import http.client
import os
import threading
import time

TIMEOUT_SECONDS = 4


def get(connection):
    connection.request("GET", "/")
    connection.getresponse().read()


def client(idle_seconds):
    """One connection of the pool: two requests with so much idleness between them, and a new connection where it fails."""
    connection = http.client.HTTPConnection(os.environ["SERVER_ADDRESS"], timeout=TIMEOUT_SECONDS)
    get(connection)
    time.sleep(idle_seconds)
    try:
        get(connection)
    except TimeoutError:
        connection.close()
        get(connection)
    connection.close()


threads = [threading.Thread(target=client, args=[idle]) for idle in (10, 12, 14)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
PROGRAM
}
