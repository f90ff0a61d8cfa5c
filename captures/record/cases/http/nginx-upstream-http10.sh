# nginx as a proxy as it comes, HTTP/1.0 and `Connection: close` to the origin: twenty requests on one connection of the
# client are twenty connections behind it.
source "$RECORD/programs/nginx.sh"

prepare() {
    nginx_configuration "location / { proxy_pass http://$ORIGIN_ADDRESS; }"
    nginx_origin 'location / { return 200 "hello\n"; }'
}
ask() {
    nginx -c "$RUN/origin.conf" &
    until ss -Hltn 'sport = :80' | grep -q .; do sleep 0.05; done
    python3 "$RECORD/programs/pool_client.py" 20
    kill $!
}
