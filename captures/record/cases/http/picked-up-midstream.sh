# What a capture shows that was started after the beginning of the connection and stopped before its
# end: the second response of three, and the third exchange.
source "$RECORD/programs/nginx.sh"
KEEP=9-11

prepare() { nginx_configuration 'location / { return 200 "$uri\n"; }'; }
ask() { curl -sS "http://$SERVER_ADDRESS/[1-3]"; }
