# Two clients, one after the other, each with two requests on one connection; HAProxy gives all four to nginx on one
# connection of its own (`http-reuse always`), which nginx closes when it has been idle for 500 ms.
source "$RECORD/programs/haproxy.sh"

prepare() {
    haproxy_configuration '' 'http-reuse always'
    (
        # Of this file the configuration only: its `serve` would take HAProxy's place.
        source "$RECORD/programs/nginx.sh"
        nginx_configuration 'keepalive_timeout 500ms; location / { return 200 "$uri\n"; }'
    )
}
ask() {
    nginx -c "$RUN/nginx.conf" &
    until ss -Hltn 'sport = :80' | grep -q .; do sleep 0.05; done
    curl -sS "http://$SERVER_ADDRESS/1" "http://$SERVER_ADDRESS/2"
    sleep 0.1
    curl -sS "http://$SERVER_ADDRESS/3" "http://$SERVER_ADDRESS/4"
    sleep 0.8
    kill $!
}
