# A WebSocket client whose process is killed: its kernel sends FIN, and no Close frame says good-bye (code 1006).
source "$RECORD/programs/websocket.sh"

serve() {
    websocket_server 80
    wait
}
ask() {
    python3 - <<'PROGRAM'
import asyncio
import os
import signal

import websockets


async def main():
    url = f"ws://{os.environ['SERVER_ADDRESS']}/chat"
    async with websockets.connect(url, ping_interval=None, compression=None) as socket:
        await socket.send("hello")
        await socket.recv()
        await asyncio.sleep(0.3)
        os.kill(os.getpid(), signal.SIGKILL)


asyncio.run(main())
PROGRAM
}
