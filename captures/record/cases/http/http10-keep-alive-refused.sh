# ab -k asks in HTTP/1.0 for `Connection: Keep-Alive`; Python's `http.server` says nothing to that and closes.
prepare() {
    mkdir "$RUN/documents"
    echo hello >"$RUN/documents/hello.txt"
}
serve() { python3 -m http.server --directory "$RUN/documents" 80; }
ask() { ab -q -k -n 2 -c 1 "http://$SERVER_ADDRESS/hello.txt"; }
