# The client asks for `Connection: close` and reads to the end; nginx closes right after the response.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
# Not curl: it closes as soon as Content-Length is satisfied, and sometimes wins.
ask() { python3 "$RECORD/programs/patient_client.py" 1 / 'Connection: close'; }
