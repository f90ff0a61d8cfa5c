# The path has fallen asleep after eleven idle seconds: it loses the next request and takes its repetition.
source "$RECORD/programs/nginx.sh"
FORWARDER='--drop client:data:2'

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
ask() { python3 "$RECORD/programs/pool_client.py" 2 11; }
