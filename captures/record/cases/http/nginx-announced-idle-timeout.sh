# nginx announces one timeout and keeps another: `keepalive_timeout 3s 2s`; the client asks once and waits.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'keepalive_timeout 3s 2s; location / { return 200 "hello\n"; }'; }
ask() { python3 "$RECORD/programs/patient_client.py" 1 /; }
