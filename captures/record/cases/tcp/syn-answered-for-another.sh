# tcp/syn-on-open-connection in a capture that was started between its two connections.
KEEP=8-20

serve() { python3 "$RECORD/cases/tcp/syn-on-open-connection.py" serve; }
ask() { python3 "$RECORD/cases/tcp/syn-on-open-connection.py" ask; }
