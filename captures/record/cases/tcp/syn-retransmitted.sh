# The wire loses the client's first SYN; its kernel repeats it after a second, and everything goes on as usual.
source "$RECORD/programs/nginx.sh"
FORWARDER='--delay-ms 10 --drop client:syn:1'

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
ask() { curl -sS "http://$SERVER_ADDRESS/"; }
