# The client knows a link-layer address for 192.0.2.9, but no station has it: nothing ever answers.
PORT=

serve() { :; }
ask() {
    ip neigh replace 192.0.2.9 lladdr 02:00:5e:00:02:09 dev eth0
    curl -sS --connect-timeout 8 http://192.0.2.9/
}
