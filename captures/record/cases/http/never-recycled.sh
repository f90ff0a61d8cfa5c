# A client that never opens a connection anew: for ten minutes and a half it asks 192.0.2.2, and does not see that the same
# host is served by 192.0.2.4 as well, where another client goes. Takes eleven minutes.
source "$RECORD/programs/nginx.sh"
PATIENCE_SECONDS=720
SETTLE_SECONDS=2

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
serve() {
    ip address add 192.0.2.4/24 dev eth0
    nginx -c "$RUN/nginx.conf"
}
ask() {
    (
        sleep 300
        curl -sS -H 'Host: app.test' http://192.0.2.4/
    ) &
    python3 - <<'PROGRAM'
import http.client
import os
import time

connection = http.client.HTTPConnection(os.environ["SERVER_ADDRESS"])
for ordinal in range(10):
    time.sleep(70 if ordinal > 0 else 0)
    connection.request("GET", "/", headers={"Host": "app.test"})
    connection.getresponse().read()
connection.close()
PROGRAM
    wait
}
