# nginx computes Content-Length, and its configuration adds another with `add_header`.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'location / { add_header Content-Length 5; return 200 "hello\n"; }'; }
ask() { curl -sS "http://$SERVER_ADDRESS/"; }
