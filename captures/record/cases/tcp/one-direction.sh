# A mirror port that shows one direction only: tcpdump takes what goes to the server.
source "$RECORD/programs/nginx.sh"
TAP_FILTER='tcp dst port 80'

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
ask() { curl -sS "http://$SERVER_ADDRESS/1" "http://$SERVER_ADDRESS/2"; }
