# HAProxy keeps a client's idle connection for 1 s (`timeout http-keep-alive`), not for the 30 s of `timeout client`.
source "$RECORD/programs/haproxy.sh"

prepare() {
    haproxy_configuration 'timeout http-keep-alive 1s' \
        'http-request return status 200 content-type text/plain string hello'
}
ask() { python3 "$RECORD/programs/patient_client.py" 2 /; }
