# curl -p asks a proxy on 192.0.2.2 for a tunnel to nginx on 192.0.2.3; both hops cross the tap.
source "$RECORD/programs/nginx.sh"
PORT=3128

prepare() { nginx_configuration 'location / { return 200 "through the tunnel\n"; }'; }
serve() { python3 "$RECORD/programs/connect_proxy.py"; }
ask() {
    nginx -c "$RUN/nginx.conf" &
    until ss -Hltn 'sport = :80' | grep -q .; do sleep 0.05; done
    curl -sS -p -x "http://$SERVER_ADDRESS:3128" "http://$ORIGIN_ADDRESS/"
    kill $!
}
