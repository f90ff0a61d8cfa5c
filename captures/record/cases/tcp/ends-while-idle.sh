# The capture ends 0.5 s after an exchange; nginx would have closed the idle connection after 75 s.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
ask() {
    # The client goes on waiting when the capture has ended, and is ended with its namespace.
    python3 "$RECORD/programs/patient_client.py" 1 / &
    sleep 0.5
}
