# Apache httpd with its own defaults (KeepAliveTimeout 5, MaxKeepAliveRequests 100) and a client that asks four
# times and then waits to be closed.
source "$RECORD/programs/apache.sh"

prepare() { apache_configuration 100; }
ask() { python3 "$RECORD/programs/patient_client.py" 4 /index.txt 'Connection: keep-alive'; }
