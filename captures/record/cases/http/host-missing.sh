# An HTTP/1.1 request without Host, as health checks written by hand send it; nginx answers 400.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
ask() { curl -sS -H 'Host:' "http://$SERVER_ADDRESS/"; }
