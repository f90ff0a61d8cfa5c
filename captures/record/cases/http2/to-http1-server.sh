# A client speaks HTTP/2 by prior knowledge, as gRPC clients do, to an nginx that has it off.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'location / { return 200 "ready\n"; }'; }
ask() { curl -sS --http2-prior-knowledge "http://$SERVER_ADDRESS/report"; }
