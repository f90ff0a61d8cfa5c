# nginx announces ten seconds and keeps two: `keepalive_timeout 2s 10s`; the client asks once and waits.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'keepalive_timeout 2s 10s; location / { return 200 "hello\n"; }'; }
ask() { python3 "$RECORD/programs/patient_client.py" 1 /; }
