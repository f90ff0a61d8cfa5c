# nginx as a reverse proxy as it comes: HTTP/1.1 and keep-alive with the client, HTTP/1.0 and a new connection for each
# request with the origin, although that one could do more.
prepare() {
    (
        source "$RECORD/programs/nginx.sh"
        nginx_configuration "location / { proxy_pass http://$ORIGIN_ADDRESS; }"
        source "$RECORD/programs/apache.sh"
        apache_configuration 100
    )
}
serve() { nginx -c "$RUN/nginx.conf"; }
ask() {
    apache2 -D FOREGROUND -f "$RUN/apache.conf" &
    until ss -Hltn 'sport = :80' | grep -q .; do sleep 0.05; done
    curl -sS "http://$SERVER_ADDRESS/index.txt" "http://$SERVER_ADDRESS/index.txt"
    sleep 0.2
    kill $!
}
