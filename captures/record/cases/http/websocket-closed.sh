# A WebSocket between two libraries that ends as RFC 6455 wants it: a text message each way, compressed; the client sends
# Close 1000, the server answers and closes the TCP connection.
source "$RECORD/programs/websocket.sh"

ask() { websocket_client /chat 0.2 --send "good morning, good morning, good morning" --subprotocol chat --compress; }
