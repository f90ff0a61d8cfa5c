# The client's route leads through 192.0.2.2, which knows no way to 198.51.100.9 and says so with ICMP.
PORT=
TAP_FILTER='tcp or icmp'

serve() { sysctl -qw net.ipv4.ip_forward=1 && ip route add unreachable 198.51.100.0/24; }
ask() {
    ip route add 198.51.100.0/24 via "$SERVER_ADDRESS"
    sleep 0.2
    curl -sS http://198.51.100.9/
}
