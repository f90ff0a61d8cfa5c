# Two requests through Squid on one connection of the client, and one of Squid's, which Squid closes
# when it has been idle for a second.
source "$RECORD/programs/squid.sh"

prepare() {
    squid_configuration 'server_idle_pconn_timeout 1 second'
    (
        # Of this file the configuration only: its `serve` would take Squid's place.
        source "$RECORD/programs/nginx.sh"
        nginx_origin 'location / { return 200 "$uri\n"; }'
    )
}
ask() {
    nginx -c "$RUN/origin.conf" &
    until ss -Hltn 'sport = :80' | grep -q .; do sleep 0.05; done
    curl -sS -x "http://$SERVER_ADDRESS:3128" "http://$ORIGIN_ADDRESS/1" "http://$ORIGIN_ADDRESS/2"
    sleep 1.5
}
