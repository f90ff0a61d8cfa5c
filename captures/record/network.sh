# The two ends of every recording: a client's and a server's namespace joined by a veth pair, or by forwarder.py
# in a third namespace when packets have to be late or lost (sourced by record.sh).

CLIENT_NS=hwa-client-$$
SERVER_NS=hwa-server-$$
LINK_NS=hwa-link-$$

# 192.0.2.0/24 is TEST-NET-1 (RFC 5737): never a real host's.
CLIENT_ADDRESS=192.0.2.1
SERVER_ADDRESS=192.0.2.2
# The client's end also owns this one, so that what a proxy on the server asks of it crosses the same wire.
ORIGIN_ADDRESS=192.0.2.3

# Locally administered addresses of our own: no vendor, no machine.
CLIENT_MAC=02:00:5e:00:02:01
SERVER_MAC=02:00:5e:00:02:02

network_up() {
    ip netns add "$CLIENT_NS"
    ip netns add "$SERVER_NS"
    if [[ -z $FORWARDER ]]; then
        ip -n "$CLIENT_NS" link add eth0 type veth peer name eth0 netns "$SERVER_NS"
    else
        ip netns add "$LINK_NS"
        ip -n "$LINK_NS" link add client type veth peer name eth0 netns "$CLIENT_NS"
        ip -n "$LINK_NS" link add server type veth peer name eth0 netns "$SERVER_NS"
    fi
    end_up "$CLIENT_NS" "$CLIENT_MAC" "$CLIENT_ADDRESS" "$ORIGIN_ADDRESS"
    end_up "$SERVER_NS" "$SERVER_MAC" "$SERVER_ADDRESS"
    ip -n "$CLIENT_NS" neigh replace "$SERVER_ADDRESS" lladdr "$SERVER_MAC" dev eth0
    ip -n "$SERVER_NS" neigh replace "$CLIENT_ADDRESS" lladdr "$CLIENT_MAC" dev eth0
    ip -n "$SERVER_NS" neigh replace "$ORIGIN_ADDRESS" lladdr "$CLIENT_MAC" dev eth0
    if [[ -n $FORWARDER ]]; then
        forwarder_up
    fi
}

end_up() {
    local ns=$1 mac=$2 address
    shift 2
    ip netns exec "$ns" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv4.tcp_congestion_control=reno
    ip -n "$ns" link set lo up
    ip -n "$ns" link set eth0 address "$mac" mtu "$MTU"
    for address; do
        ip -n "$ns" addr add "$address/24" dev eth0
    done
    if [[ $OFFLOADS == off ]]; then
        offloads_off "$ns" eth0
    fi
    ip -n "$ns" link set eth0 up
}

# With offloads the tap would see checksums that nobody has computed yet, and segments larger than any on a wire.
offloads_off() {
    ip netns exec "$1" ethtool -K "$2" tso off gso off gro off tx off rx off >/dev/null
}

forwarder_up() {
    local side
    ip netns exec "$LINK_NS" sysctl -qw net.ipv6.conf.all.disable_ipv6=1
    for side in client server; do
        ip -n "$LINK_NS" link set "$side" mtu "$MTU" promisc on
        offloads_off "$LINK_NS" "$side"
        ip -n "$LINK_NS" link set "$side" up
    done
    # Unquoted on purpose: FORWARDER is a list of words.
    timeout "$PATIENCE_SECONDS" ip netns exec "$LINK_NS" \
        python3 "$RECORD/forwarder.py" $FORWARDER 2>"$RUN/forwarder.log" &
    # It is ended with its namespace; the shell need not report that.
    disown
    await_line "$RUN/forwarder.log" forwarding
}

# Runs a shell function of the case in the namespace of one end.
in_server() { in_namespace "$SERVER_NS" "$@"; }
in_client() { in_namespace "$CLIENT_NS" "$@"; }

in_namespace() {
    local ns=$1 function=$2
    export CLIENT_ADDRESS SERVER_ADDRESS ORIGIN_ADDRESS
    timeout "$PATIENCE_SECONDS" ip netns exec "$ns" bash -c "$(declare -f "$function"); $function"
}

# Asks the kernel's socket table, so that looking for the server puts nothing on the wire.
await_listener() {
    local _
    for _ in $(seq 100); do
        if ip netns exec "$1" ss -Hltn "sport = :$2" | grep -q .; then
            return
        fi
        sleep 0.05
    done
    echo "record.sh: nothing listens on port $2; the server said:" >&2
    cat "$RUN/server.log" >&2
    exit 1
}

await_line() {
    local _
    for _ in $(seq 100); do
        if grep -q "$2" "$1" 2>/dev/null; then
            return
        fi
        sleep 0.05
    done
    echo "record.sh: waited in vain for '$2' in $(basename "$1"):" >&2
    cat "$1" >&2
    exit 1
}

# Ends the processes that live in our namespaces, by id, and no others.
network_down() {
    local ns pids
    for ns in "$CLIENT_NS" "$SERVER_NS" "$LINK_NS"; do
        pids=$(ip netns pids "$ns" 2>/dev/null) || continue
        if [[ -n $pids ]]; then
            kill -KILL $pids 2>/dev/null || true
        fi
        ip netns del "$ns" 2>/dev/null || true
    done
    wait 2>/dev/null || true
}
