# nginx closes each connection after five requests; a client that sends twenty-five needs five connections.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'keepalive_requests 5; location / { return 200 "hello\n"; }'; }
ask() { python3 "$RECORD/programs/pool_client.py" 25; }
