# Python's email package folds a long value, and http.client sends it as it is: a field over two lines.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
ask() {
    python3 - <<'PROGRAM'
import email.header
import http.client
import os

subject = email.header.Header("a subject that is longer than the seventy-six columns which a line of a mail may have").encode()
connection = http.client.HTTPConnection(os.environ["SERVER_ADDRESS"])
connection.request("GET", "/", headers={"X-Subject": subject})
print(connection.getresponse().status)
connection.close()
PROGRAM
}
