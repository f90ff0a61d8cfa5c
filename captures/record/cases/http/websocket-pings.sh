# A WebSocket through nginx that gives up after two seconds of silence (`proxy_read_timeout 2s`). Nobody has anything to say,
# but the server pings every second, and the client answers: the connection lives until the client says Close.
source "$RECORD/programs/nginx.sh"
source "$RECORD/programs/websocket.sh"

prepare() {
    nginx_configuration 'location / {
            proxy_pass http://127.0.0.1:8080;
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            proxy_read_timeout 2s;
        }'
}
serve() {
    websocket_server 8080 1000
    nginx -c "$RUN/nginx.conf"
}
ask() {
    python3 - <<'PROGRAM'
import asyncio
import os

import websockets


async def main():
    url = f"ws://{os.environ['SERVER_ADDRESS']}/feed"
    async with websockets.connect(url, ping_interval=None, compression=None) as socket:
        await asyncio.sleep(4.5)


asyncio.run(main())
PROGRAM
}
