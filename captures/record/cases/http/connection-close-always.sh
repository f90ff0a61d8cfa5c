# `keepalive_timeout 0`: each response says close, although the client would have kept its connection.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'keepalive_timeout 0; location / { return 200 "hello\n"; }'; }
ask() { python3 "$RECORD/programs/pool_client.py" 4 0.1; }
