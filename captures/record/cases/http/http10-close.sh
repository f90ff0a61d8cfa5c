# ab asks in HTTP/1.0 without a Connection field and reads to the end; nginx closes after the response.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
ask() { ab -q -n 1 -c 1 "http://$SERVER_ADDRESS/"; }
