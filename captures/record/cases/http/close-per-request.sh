# Three requests with `Connection: close`: three connections, each closed by nginx.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'location / { return 200 "$uri\n"; }'; }
# Not curl: it closes as soon as Content-Length is satisfied, and sometimes wins.
ask() {
    local target
    for target in /1 /2 /3; do
        python3 "$RECORD/programs/patient_client.py" 1 "$target" 'Connection: close'
    done
}
