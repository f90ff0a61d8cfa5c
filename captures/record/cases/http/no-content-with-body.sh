# A server in Python that answers 204 with the body `null`, as a serialiser makes it; the client asks twice.
serve() {
    python3 - <<'PROGRAM'
import http.server
import json


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_DELETE(self):
        body = json.dumps(None).encode()
        self.send_response(204)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", len(body))
        self.end_headers()
        self.wfile.write(body)


http.server.ThreadingHTTPServer(("0.0.0.0", 80), Handler).serve_forever()
PROGRAM
}
ask() { curl -sS -X DELETE "http://$SERVER_ADDRESS/1" "http://$SERVER_ADDRESS/2"; }
