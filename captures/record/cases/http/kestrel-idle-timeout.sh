# Kestrel with KeepAliveTimeout 2 s: three connections that fall idle 600 ms apart are closed by its heartbeat of 1 s.

prepare() {
    # In a directory of its own: the properties of this repository are not this program's.
    mkdir "$RUN/kestrel"
    cp "$RECORD/programs/kestrel.cs" "$RUN/kestrel"
    (cd "$RUN/kestrel" && dotnet build kestrel.cs -o "$RUN/kestrel/bin") >"$RUN/kestrel.log" 2>&1 || {
        cat "$RUN/kestrel.log" >&2
        exit 1
    }
}
serve() { DOTNET_CLI_TELEMETRY_OPTOUT=1 dotnet "$RUN/kestrel/bin/kestrel.dll"; }
ask() {
    local client
    for client in 1 2 3; do
        python3 "$RECORD/programs/patient_client.py" 1 / &
        sleep 0.6
    done
    wait
}
