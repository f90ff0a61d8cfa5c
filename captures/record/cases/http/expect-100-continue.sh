# curl uploads a file but first asks whether it may; nginx's WebDAV module says 100 and, when it has the file, 201.
source "$RECORD/programs/nginx.sh"

prepare() {
    mkdir -p "$RUN/uploads"
    nginx_configuration "location / { root $RUN/uploads; dav_methods PUT; }"
    seq -s ' ' 100 >"$RUN/numbers.txt"
}
ask() { curl -sS -T "$RUN/numbers.txt" -H 'Expect: 100-continue' "http://$SERVER_ADDRESS/numbers.txt"; }
