# nginx as a proxy with `chunked_transfer_encoding off`, before a Python server that says no length: the body ends with the
# connection. The hop behind is inside the server.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'chunked_transfer_encoding off; location / { proxy_pass http://127.0.0.1:8080; }'; }
serve() {
    python3 - <<'PROGRAM' &
import http.server


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        for line in range(3):
            self.wfile.write(f"line {line}\n".encode())


http.server.HTTPServer(("127.0.0.1", 8080), Handler).serve_forever()
PROGRAM
    until ss -Hltn 'sport = :8080' | grep -q .; do sleep 0.05; done
    nginx -c "$RUN/nginx.conf"
}
ask() {
    for _ in 1 2; do
        curl -sS "http://$SERVER_ADDRESS/"
    done
}
