# curl is told to send Content-Length and Transfer-Encoding together, as an attacker would; nginx refuses it.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
ask() {
    curl -sS -H 'Transfer-Encoding: chunked' -H 'Content-Length: 6' -d 'a=b' "http://$SERVER_ADDRESS/"
}
