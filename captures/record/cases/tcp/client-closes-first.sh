# nginx would keep the connection for 75 s; curl is done after one response and closes.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
ask() { curl -sS "http://$SERVER_ADDRESS/"; }
