# A server in Python that makes chunks by hand and counts characters in place of octets.
serve() {
    python3 - <<'PROGRAM'
import http.server


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for text in ("tea\n", "café\n", ""):
            self.wfile.write(f"{len(text):x}\r\n{text}\r\n".encode())


http.server.ThreadingHTTPServer(("0.0.0.0", 80), Handler).serve_forever()
PROGRAM
}
ask() { curl -sS "http://$SERVER_ADDRESS/"; }
