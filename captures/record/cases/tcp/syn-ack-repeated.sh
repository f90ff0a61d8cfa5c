# The client's first two ACKs are lost behind the tap: for the client the connection is open, the server says SYN-ACK again.
source "$RECORD/programs/nginx.sh"
FORWARDER='--drop client:ack:1-2'

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
ask() {
    python3 - <<'PROGRAM'
import http.client
import os
import time

# A connection that is opened ahead of need.
connection = http.client.HTTPConnection(os.environ["SERVER_ADDRESS"])
connection.connect()
time.sleep(4)
connection.request("GET", "/")
connection.getresponse().read()
connection.close()
PROGRAM
}
