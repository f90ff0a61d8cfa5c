# A device on the way does not like the second request: it keeps it back and sends both ends a RST in the other's name.
source "$RECORD/programs/nginx.sh"
FORWARDER='--reset client:data:2'

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
ask() { python3 "$RECORD/programs/pool_client.py" 2 0.1; }
