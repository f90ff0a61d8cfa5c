# nginx announces one second and keeps three; Python's http.client does not read that and asks again after two.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'keepalive_timeout 3s 1s; location / { return 200 "hello\n"; }'; }
ask() { python3 "$RECORD/programs/pool_client.py" 2 2; }
