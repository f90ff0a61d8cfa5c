# One server under two names: a client that allows itself two connections a host opens four.
source "$RECORD/programs/images.sh"

# curl counts connections by name, not by address: one of it for each name, two at a time each.
ask() {
    local name
    for name in a b; do
        curl -sS -Z --parallel-immediate --parallel-max 2 --resolve "$name.example.test:80:$SERVER_ADDRESS" \
            "http://$name.example.test/image[1-2]" &
    done
    wait
}
