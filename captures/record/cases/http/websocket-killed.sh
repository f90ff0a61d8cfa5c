# A WebSocket client whose process is killed: its kernel sends FIN, and no Close frame says good-bye (code 1006).
source "$RECORD/programs/websocket.sh"

ask() { websocket_client /chat 0.3 --send hello --killed; }
