# A WebSocket between two libraries that ends as RFC 6455 wants it: a text message each way, compressed; the client sends
# Close 1000, the server answers and closes the TCP connection.
source "$RECORD/programs/websocket.sh"

serve() {
    websocket_server 80
    wait
}
ask() {
    python3 - <<'PROGRAM'
import asyncio
import os

import websockets


async def main():
    url = f"ws://{os.environ['SERVER_ADDRESS']}/chat"
    async with websockets.connect(url, subprotocols=["chat"], ping_interval=None) as socket:
        await socket.send("good morning, good morning, good morning")
        await socket.recv()
        await asyncio.sleep(0.2)


asyncio.run(main())
PROGRAM
}
