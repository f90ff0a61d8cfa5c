"""A WebSocket client (websockets) that may send one message and wait until it comes back, stays for a while, and says Close.

websocket_client.py TARGET SECONDS [--send TEXT] [--subprotocol NAME] [--compress] [--killed]
"""

import argparse
import asyncio
import os
import signal

import websockets


async def main(wanted):
    url = f"ws://{os.environ['SERVER_ADDRESS']}{wanted.target}"
    async with websockets.connect(
        url,
        subprotocols=[wanted.subprotocol] if wanted.subprotocol else None,
        compression="deflate" if wanted.compress else None,
        ping_interval=None,
    ) as socket:
        if wanted.send:
            await socket.send(wanted.send)
            await socket.recv()
        await asyncio.sleep(wanted.seconds)
        if wanted.killed:
            os.kill(os.getpid(), signal.SIGKILL)


options = argparse.ArgumentParser()
options.add_argument("target")
options.add_argument("seconds", type=float)
options.add_argument("--send")
options.add_argument("--subprotocol")
options.add_argument("--compress", action="store_true")
options.add_argument("--killed", action="store_true")
asyncio.run(main(options.parse_args()))
