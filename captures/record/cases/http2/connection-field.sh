# A gateway that was written by hand turns HTTP/1 into HTTP/2 and leaves Connection and Keep-Alive in; the server takes such
# a message for malformed. What it sends without them is answered on the same connection.
serve() {
    node - <<'PROGRAM'
const http2 = require('node:http2');
const server = http2.createServer();
server.on('stream', (stream) => {
  stream.on('error', () => {});
  stream.respond({ ':status': 200 });
  stream.end('done\n');
});
server.listen(80);
PROGRAM
}
ask() {
    python3 - <<'PROGRAM'
import os
import socket
import struct
import time

HEADERS, SETTINGS, GOAWAY = 1, 4, 7
END_STREAM, ACK, END_HEADERS = 1, 1, 4


def frame(kind, flags, stream, payload=b''):
    return struct.pack('>I', len(payload))[1:] + bytes([kind, flags]) + struct.pack('>I', stream) + payload


def text(value):
    return bytes([len(value)]) + value.encode()


# RFC 7541 §6.1, §6.2.2: indexed fields of the static table, and literals without indexing.
def request(stream, path, fields):
    block = b'\x82\x86' + b'\x04' + text(path) + b'\x01' + text('app')
    block += b''.join(b'\x00' + text(name) + text(value) for name, value in fields)
    return frame(HEADERS, END_STREAM | END_HEADERS, stream, block)


with socket.create_connection((os.environ['SERVER_ADDRESS'], 80)) as connection:
    connection.sendall(b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' + frame(SETTINGS, 0, 0))
    time.sleep(0.05)
    connection.sendall(frame(SETTINGS, ACK, 0))
    connection.sendall(request(1, '/cart', [('connection', 'keep-alive'), ('keep-alive', 'timeout=5')]))
    time.sleep(0.05)
    connection.sendall(request(3, '/cart', []))
    time.sleep(0.05)
    connection.sendall(frame(GOAWAY, 0, 0, bytes(8)))
    while connection.recv(4096):
        pass
PROGRAM
}
