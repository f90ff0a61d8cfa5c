# A client opens a connection ahead of need; HAProxy answers 408 after a second to a request that was not made, and the client
# takes it for the answer to the one that it then makes.
source "$RECORD/programs/haproxy.sh"

prepare() { haproxy_configuration 'timeout http-request 1s'; }
ask() {
    python3 - <<'PROGRAM'
import http.client
import os
import time

connection = http.client.HTTPConnection(os.environ["SERVER_ADDRESS"])
connection.connect()
time.sleep(1.5)
try:
    connection.request("GET", "/")
    print(connection.getresponse().status)
except ConnectionError as error:
    print(error)
connection.close()
PROGRAM
}
