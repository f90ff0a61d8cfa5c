# Starts the WebSocket server of several cases and waits until it listens: websocket_server PORT [MILLISECONDS].
# Debian's node-ws.
websocket_server() {
    NODE_PATH=/usr/share/nodejs node "$RECORD/programs/websocket_server.js" "$@" &
    until ss -Hltn "sport = :$1" | grep -q .; do sleep 0.05; done
}
export -f websocket_server
