#!/usr/bin/env bash
# Records the captures of this library from real programs: record.sh [CASE…], for example
# `record.sh http/keep-alive-countdown tcp/half-close`; without a name, every case.
# Needs root (network namespaces) and Debian's nginx, apache2, apache2-utils, haproxy, squid, nodejs, node-ws, wrk, curl,
# openssl, python3, python3-websockets, tcpdump, iproute2, ethtool and procps, and the .NET 10 SDK for Kestrel. Nothing
# leaves the namespaces, which are removed at the end, whatever happens.
set -euo pipefail

# Debian's own programs, so that a version manager in the caller's PATH does not change what is recorded.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
RECORD=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
LIBRARY=$(dirname "$RECORD")

# No case needs a quarter of this; it only keeps a program that hangs from keeping the recorder.
PATIENCE_SECONDS=60

source "$RECORD/network.sh"
source "$RECORD/tap.sh"

record_case() (
    name=$1
    RUN=$(mktemp -d /tmp/hwa-record.XXXXXX)
    # The servers drop their privileges and still have to read their documents here.
    chmod 755 "$RUN"
    export RUN RECORD
    trap 'network_down; rm -rf "$RUN"' EXIT

    # What a case file may change.
    PORT=80                # where readiness is looked for in the server's namespace; empty: nothing listens
    TAP=client             # or server: the end at which the packets are taken
    TAP_FILTER=tcp         # what tcpdump keeps
    MTU=1500               # of both ends
    FORWARDER=             # arguments of forwarder.py; empty: the two ends are joined directly
    OFFLOADS=off           # on: the kernels leave segmenting and checksums to the cards, as most hosts do
    SNAP_LENGTH=0          # octets of each packet that are kept; 0: all
    TAP_PATIENT=           # yes: tcpdump as it comes, which is handed packets up to a second late
    TAP_ROOM_KIB=          # the kernel's buffer for the tap; empty: tcpdump's own 2 MiB
    TAP_LOSES=             # yes: that the tap loses packets is the case, and the file has its counts
    KEEP=                  # packets of the recording that are kept, in their order; empty: all
    CUT=0                  # octets that are missing at the file's end, as if the disk had been full
    SETTLE_SECONDS=0.5     # the capture ends when it has not grown for so long
    prepare() { :; }       # writes configuration files into $RUN
    load_case "$name"

    prepare
    network_up
    tap_open
    in_server serve >"$RUN/server.log" 2>&1 &
    if [[ -n $PORT ]]; then
        await_listener "$SERVER_NS" "$PORT"
    fi
    # The clients of some cases fail: that is what these cases show.
    in_client ask >"$RUN/client.log" 2>&1 || true
    tap_close "$name"
    echo "$name: $(tap_count) packets"
)

# A case is either a shell file that defines `serve` and `ask`, or one Python program that is told which to be.
load_case() {
    export CASE_FILE=$RECORD/cases/$1
    export PYTHONPATH=$RECORD PYTHONDONTWRITEBYTECODE=1
    if [[ -f $CASE_FILE.sh ]]; then
        source "$CASE_FILE.sh"
    elif [[ -f $CASE_FILE.py ]]; then
        serve() { python3 "$CASE_FILE.py" serve; }
        ask() { python3 "$CASE_FILE.py" ask; }
        # Settings of a Python case are comment lines: `# record: MTU=9000`.
        local setting
        while read -r setting; do
            declare -g "$setting"
        done < <(sed -n 's/^# record: //p' "$CASE_FILE.py")
    else
        echo "record.sh: no case '$1' in $RECORD/cases" >&2
        exit 2
    fi
}

all_cases() {
    (cd "$RECORD/cases" && find . -name '*.sh' -o -name '*.py') | sed -E 's|^\./||; s|\.(sh\|py)$||' | sort
}

if [[ $EUID -ne 0 ]]; then
    echo "record.sh: needs root, to make network namespaces" >&2
    exit 2
fi

# One processor for everything: two would stamp the two directions, and now and then a packet would carry an earlier
# time than the one before it.
processor=$(awk '/^Cpus_allowed_list/ { split($2, allowed, /[-,]/); print allowed[1] }' /proc/self/status)
taskset -cp "$processor" $$ >/dev/null

if [[ $# -eq 0 ]]; then
    mapfile -t cases < <(all_cases)
    set -- "${cases[@]}"
fi

for name; do
    record_case "$name"
done
