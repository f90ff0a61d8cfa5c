# A client asks nginx for four things on one connection of HTTP/2, with prior knowledge. The first comes slowly, and the
# others do not wait for it.
source "$RECORD/programs/h2_nginx.sh"

prepare() { h2_nginx_configuration 'http2_max_concurrent_streams 10;'; }
ask() {
    node "$RECORD/programs/h2_client.js" '[{"at": 0, "path": "/slow/300"}, {"at": 20, "path": "/a"}, {"at": 25, "path": "/b/50"},
        {"at": 200, "path": "/missing"}]'
}
