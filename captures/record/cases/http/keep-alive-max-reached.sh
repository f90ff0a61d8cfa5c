# Apache httpd with MaxKeepAliveRequests 3: it counts down 3, 2, 1, says `Connection: close` and closes.
source "$RECORD/programs/apache.sh"

prepare() { apache_configuration 3; }
ask() { python3 "$RECORD/programs/patient_client.py" 4 /index.txt 'Connection: keep-alive'; }
