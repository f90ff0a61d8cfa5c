# Python's `http.server` as it comes answers HTTP/1.1 in HTTP/1.0 and closes: two requests cost two connections.
prepare() {
    mkdir "$RUN/documents"
    echo hello >"$RUN/documents/hello.txt"
}
serve() { python3 -m http.server --directory "$RUN/documents" 80; }
# Not curl: it closes as soon as Content-Length is satisfied, and sometimes wins.
ask() {
    python3 "$RECORD/programs/patient_client.py" 1 /hello.txt
    python3 "$RECORD/programs/patient_client.py" 1 /hello.txt
}
