# Python's http.server speaks HTTP/1.0; without Content-Length only its close tells where the body ends.
serve() {
    python3 - <<'PROGRAM'
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(b"ends where the connection ends\n")


HTTPServer(("", 80), Handler).serve_forever()
PROGRAM
}
ask() { curl -sS --http1.0 "http://$SERVER_ADDRESS/"; }
