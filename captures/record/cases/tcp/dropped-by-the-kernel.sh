# The tap does not run during the second of three answers, as on a host with too much to do, and the kernel keeps no more than
# its small buffer holds.
source "$RECORD/programs/nginx.sh"
TAP_ROOM_KIB=16
TAP_LOSES=yes

prepare() { nginx_configuration 'location / { return 200 "hello\n"; } location /large { root '"$RUN"'; }'; head -c 40000 /dev/zero | tr '\0' x >"$RUN/large"; }
ask() {
    curl -sS "http://$SERVER_ADDRESS/1"
    kill -STOP "$(cat "$RUN/tap.pid")"
    curl -sS -o /dev/null "http://$SERVER_ADDRESS/large"
    kill -CONT "$(cat "$RUN/tap.pid")"
    sleep 0.2
    curl -sS "http://$SERVER_ADDRESS/2"
}
