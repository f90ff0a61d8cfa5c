# Nothing listens at the origin: HAProxy is refused, tries again each second as often as it may, and answers 503.
source "$RECORD/programs/haproxy.sh"

prepare() { haproxy_configuration '' 'retries 2'; }
ask() { curl -sS "http://$SERVER_ADDRESS/report"; }
