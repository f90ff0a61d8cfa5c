# The client may use two ports only and closes first each time: the third connection, a second later, has to take one
# of them out of the client's own TIME_WAIT.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'location / { return 200 "$uri\n"; }'; }
ask() {
    # Linux lets its own TIME_WAIT go after a second, for a new connection with timestamps, if it is allowed to.
    sysctl -qw net.ipv4.tcp_tw_reuse=1 net.ipv4.ip_local_port_range='40000 40001'
    curl -sS "http://$SERVER_ADDRESS/1"
    curl -sS "http://$SERVER_ADDRESS/2"
    sleep 1.2
    curl -sS "http://$SERVER_ADDRESS/3"
}
