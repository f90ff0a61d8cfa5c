# A WebSocket through nginx that gives up after two seconds of silence (`proxy_read_timeout 2s`). Nobody has anything to say,
# but the server pings every second, and the client answers: the connection lives until the client says Close.
source "$RECORD/programs/nginx.sh"
source "$RECORD/programs/websocket.sh"

prepare() { websocket_proxy 2; }
serve() {
    websocket_server 8080 1000
    nginx -c "$RUN/nginx.conf"
}
ask() { websocket_client /feed 4.5; }
