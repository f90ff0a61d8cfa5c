# nginx answers 413 to a body of 60 000 octets, ends its own direction and reads the rest before it lets go.
source "$RECORD/programs/nginx.sh"
# Jumbo frames, so that the body is seven segments and not forty-two.
MTU=9000

prepare() {
    nginx_configuration 'client_max_body_size 1k; location / { return 200 "hello\n"; }'
    printf '%060000d' 0 >"$RUN/body"
}
ask() { curl -sS -H 'Expect:' -H 'Content-Type: text/plain' --data-binary "@$RUN/body" "http://$SERVER_ADDRESS/upload"; }
