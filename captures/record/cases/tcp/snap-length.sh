# tcpdump keeps 96 octets of each packet (`-s 96`), which is less than the heads have.
source "$RECORD/programs/nginx.sh"
SNAP_LENGTH=96

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
ask() { curl -sS "http://$SERVER_ADDRESS/1" "http://$SERVER_ADDRESS/2"; }
