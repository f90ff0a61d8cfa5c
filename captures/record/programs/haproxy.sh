# An HAProxy of our own on 192.0.2.2:80 before an origin on 192.0.2.3:80, for the cases that ask for one (sourced by
# their files). The origin lives at the client's end, so both hops cross the tap.

# haproxy_configuration TIMEOUTS [BACKEND]: lines for its `defaults` section and for its `backend` section.
haproxy_configuration() {
    cat >"$RUN/haproxy.cfg" <<CONFIGURATION
global
    maxconn 100
    nbthread 1
defaults
    mode http
    timeout connect 1s
    timeout client 30s
    timeout server 30s
    $1
frontend web
    bind :80
    default_backend origin
backend origin
    ${2:-}
    server origin $ORIGIN_ADDRESS:80
CONFIGURATION
}

serve() { haproxy -db -f "$RUN/haproxy.cfg"; }
