# A server in Python whose Content-Length counts characters where it should count octets: "café" has four and five.
serve() {
    python3 - <<'PROGRAM'
import http.server


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        text = "café"
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", len(text))
        self.end_headers()
        self.wfile.write(text.encode())


http.server.ThreadingHTTPServer(("0.0.0.0", 80), Handler).serve_forever()
PROGRAM
}
ask() { curl -sS "http://$SERVER_ADDRESS/1" "http://$SERVER_ADDRESS/2"; }
