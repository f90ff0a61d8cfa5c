# The closing handshake of a WebSocket is whole, and then the client closes the TCP connection, which RFC 6455 §7.1.1 leaves
# to the server: the client keeps TIME_WAIT. The server takes a moment to close.
serve() {
    python3 - <<'PROGRAM'
import base64
import hashlib
import re

import peer

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
CLOSE_1000 = bytes([0x88, 2]) + (1000).to_bytes(2, "big")

connection, _ = peer.listen().accept()
inbox = peer.Inbox(connection)
key = re.search(r"(?i)sec-websocket-key: (\S+)", inbox.head()).group(1)
accept = base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode()
connection.sendall(
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode())
peer.await_readable(connection)
connection.recv(100)
connection.sendall(CLOSE_1000)
inbox.rest()
peer.pause(0.05)
connection.close()
PROGRAM
}
ask() {
    python3 - <<'PROGRAM'
import peer

MASK = bytes([0x37, 0xFA, 0x21, 0x3D])

connection = peer.connect()
connection.sendall(peer.get("/chat", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
peer.Inbox(connection).head()
peer.pause(0.1)
payload = (1000).to_bytes(2, "big")
connection.sendall(bytes([0x88, 0x82]) + MASK + bytes(octet ^ mask for octet, mask in zip(payload, MASK)))
connection.recv(100)
connection.close()
PROGRAM
}
