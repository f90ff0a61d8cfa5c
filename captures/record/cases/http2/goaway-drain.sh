# nginx is told to quit while a client has two answers under way: it says GOAWAY, lets them end, and closes.
source "$RECORD/programs/h2_nginx.sh"

prepare() { h2_nginx_configuration; }
ask() {
    node "$RECORD/programs/h2_client.js" '[{"at": 0, "path": "/one/600"}, {"at": 20, "path": "/two/400"}]' &
    sleep 0.4
    nginx -c "$RUN/nginx.conf" -s quit
    wait
}
