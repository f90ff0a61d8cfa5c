# The server takes 0.8 s for an answer; curl waits for 0.4 s, twice.
serve() {
    python3 - <<'PROGRAM'
import http.server
import time


class Report(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        time.sleep(0.8)
        self.send_response(200)
        self.send_header("Content-Length", "6")
        self.end_headers()
        self.wfile.write(b"ready\n")


http.server.ThreadingHTTPServer(("", 80), Report).serve_forever()
PROGRAM
}
ask() {
    for _ in 1 2; do
        curl -sS --max-time 0.4 "http://$SERVER_ADDRESS/report" || true
        sleep 0.6
    done
}
