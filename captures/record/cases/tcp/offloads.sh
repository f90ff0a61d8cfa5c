# Both ends leave segmenting and checksums to their cards, as most hosts do: the tap sees segments larger than the MSS and
# checksums that nobody has computed yet.
source "$RECORD/programs/nginx.sh"
OFFLOADS=on

prepare() {
    head -c 20000 /dev/zero | tr '\0' x >"$RUN/document"
    nginx_configuration "root $RUN;"
}
ask() { curl -sS "http://$SERVER_ADDRESS/document"; }
