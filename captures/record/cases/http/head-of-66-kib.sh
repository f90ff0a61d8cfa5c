# Two cookies of 33 KiB each: Python's server takes them line by line, most others would not take the head.
serve() {
    python3 - <<'PROGRAM'
import http.server


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(204)
        self.end_headers()


http.server.ThreadingHTTPServer(("0.0.0.0", 80), Handler).serve_forever()
PROGRAM
}
ask() {
    local cookie
    cookie=$(printf '%033792d' 0)
    curl -sS -H "X-Session: $cookie" -H "X-Rights: $cookie" "http://$SERVER_ADDRESS/"
}
