# The two ends of a WebSocket, and a proxy between them (sourced by the files of the cases that have them).

# websocket_server PORT [MILLISECONDS]: Debian's node-ws; returns when it listens.
websocket_server() {
    NODE_PATH=/usr/share/nodejs node "$RECORD/programs/websocket_server.js" "$@" &
    until ss -Hltn "sport = :$1" | grep -q .; do sleep 0.05; done
}

# websocket_client TARGET SECONDS [OPTION…]: Debian's python3-websockets.
websocket_client() { python3 "$RECORD/programs/websocket_client.py" "$@"; }

export -f websocket_server websocket_client

# websocket_proxy SECONDS: the configuration of an nginx (programs/nginx.sh) before port 8080 that gives up after so much
# silence.
websocket_proxy() {
    nginx_configuration 'location / {
            proxy_pass http://127.0.0.1:8080;
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            proxy_read_timeout '"$1"s';
        }'
}

serve() {
    websocket_server 80
    wait
}
