# nginx as a proxy with `Connection: upgrade` set for all requests, as for WebSocket, and an upstream that keeps connections.
source "$RECORD/programs/nginx.sh"

prepare() {
    nginx_configuration 'location / {
            proxy_pass http://origin;
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
        }' "upstream origin { server $ORIGIN_ADDRESS; keepalive 2; keepalive_timeout 300ms; }"
    nginx_origin 'location / { return 200 "hello\n"; }'
}
ask() {
    nginx -c "$RUN/origin.conf" &
    until ss -Hltn 'sport = :80' | grep -q .; do sleep 0.05; done
    python3 "$RECORD/programs/pool_client.py" 10
    sleep 0.5
}
