# An nginx of our own that speaks HTTP/2 in clear text, before an origin on the same host that takes its time (sourced by
# the cases that ask for it, with programs/nginx.sh).
source "$RECORD/programs/nginx.sh"

# h2_nginx_configuration [HTTP]: what goes into the `http` block.
h2_nginx_configuration() {
    nginx_configuration 'location / { proxy_pass http://127.0.0.1:8080; }' "${1:-}"
    sed -i 's/listen 80;/listen 80 http2;/' "$RUN/nginx.conf"
    # /NAME/MS is answered after so many milliseconds, /missing with 404.
    cat >"$RUN/origin.py" <<'PROGRAM'
import http.server
import time


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name, _, wait = self.path[1:].partition("/")
        time.sleep(int(wait or 0) / 1000)
        if name == "missing":
            self.send_error(404)
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(name.encode() * 100)


http.server.ThreadingHTTPServer(("127.0.0.1", 8080), Handler).serve_forever()
PROGRAM
}

serve() {
    python3 "$RUN/origin.py" &
    until ss -Hltn 'sport = :8080' | grep -q .; do sleep 0.05; done
    nginx -c "$RUN/nginx.conf"
}
