# TLS to a port where nginx speaks HTTP in clear text.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
ask() { curl -sS -k "https://$SERVER_ADDRESS:80/"; }
