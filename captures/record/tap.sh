# The tap: tcpdump on one end, the client's unless the case says `TAP=server` (sourced by record.sh).

tap_open() {
    local ns=$CLIENT_NS
    if [[ $TAP == server ]]; then
        ns=$SERVER_NS
    fi
    # --immediate-mode and -U: without them the last packets stay in the kernel's ring when tcpdump is stopped,
    # and the last packets (FIN, RST) are what these captures are about.
    local delivery=(-U --immediate-mode)
    if [[ $TAP_PATIENT == yes ]]; then
        delivery=(-U)
    fi
    if [[ -n $TAP_ROOM_KIB ]]; then
        delivery+=(-B "$TAP_ROOM_KIB")
    fi
    timeout "$PATIENCE_SECONDS" ip netns exec "$ns" \
        tcpdump -i eth0 "${delivery[@]}" --time-stamp-precision=nano -s "$SNAP_LENGTH" -Z root \
        -w "$RUN/raw.pcap" "$TAP_FILTER" \
        2>"$RUN/tap.log" &
    TAP_JOB=$!
    await_line "$RUN/tap.log" 'listening on'
    # For cases whose tap does not run for a while.
    pgrep -P "$TAP_JOB" >"$RUN/tap.pid"
}

# tap_close CASE: stops the tap when the file has stopped growing, and files the capture.
tap_close() {
    local before now=-1
    until [[ ${before:-} == "$now" ]]; do
        before=$now
        sleep "$SETTLE_SECONDS"
        now=$(stat -c %s "$RUN/raw.pcap")
    done
    kill -TERM "$TAP_JOB"
    wait "$TAP_JOB" || true
    local counts=
    if [[ $TAP_LOSES == yes ]]; then
        counts="$(tap_count) $(tap_says 'received by filter') $(tap_says 'dropped by kernel')"
    elif ! grep -q '^0 packets dropped by kernel' "$RUN/tap.log"; then
        echo "record.sh: the tap of $1 lost packets; record it again" >&2
        cat "$RUN/tap.log" >&2
        exit 1
    fi
    mkdir -p "$LIBRARY/$1"
    python3 "$RECORD/to_pcapng.py" "$RUN/raw.pcap" "$LIBRARY/$1/capture.pcapng" "$1" "$TAP" "$KEEP" "$counts"
    truncate -s "-$CUT" "$LIBRARY/$1/capture.pcapng"
}

tap_count() { tap_says captured; }

# tap_says WHAT: one of the counts that tcpdump tells at its end.
tap_says() { sed -n "s/^\([0-9]*\) packets \?$1\$/\1/p" "$RUN/tap.log"; }
