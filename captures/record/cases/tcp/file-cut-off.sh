# The capture was copied while it was written: its last record is not whole.
source "$RECORD/programs/nginx.sh"
CUT=40

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
ask() { curl -sS "http://$SERVER_ADDRESS/1" "http://$SERVER_ADDRESS/2"; }
