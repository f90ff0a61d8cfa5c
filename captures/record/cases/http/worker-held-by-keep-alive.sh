# Apache httpd with one worker of the blocking kind (prefork) and KeepAliveTimeout 1: while it waits on the first
# client's idle connection, the second client's request waits with it.
source "$RECORD/programs/apache.sh"

prepare() {
    apache_configuration 100
    sed -i 's/mpm_event/mpm_prefork/g; s/^KeepAliveTimeout .*/KeepAliveTimeout 1/; /^ThreadsPerChild/d
        s/^MaxRequestWorkers .*/MaxRequestWorkers 1/' "$RUN/apache.conf"
}
ask() {
    python3 "$RECORD/programs/patient_client.py" 1 /index.txt &
    sleep 0.1
    curl -sS "http://$SERVER_ADDRESS/index.txt"
    wait
}
