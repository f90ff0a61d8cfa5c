# A Squid of our own on port 3128 that stores nothing, for the cases that ask for one (sourced by their files). The
# origin lives at the client's end, so both hops cross the tap.
PORT=3128

# squid_configuration [DIRECTIVES]
squid_configuration() {
    cat >"$RUN/squid.conf" <<CONFIGURATION
http_port 3128
http_access allow all
visible_hostname proxy.example
cache deny all
cache_log /dev/null
access_log none
pid_filename none
netdb_filename none
pinger_enable off
${1:-}
CONFIGURATION
}

serve() { squid -N -f "$RUN/squid.conf"; }
