# Two files of a ring, put behind each other in the order of their names, as `mergecap -a tap.10 tap.9` does.
source "$RECORD/programs/nginx.sh"
KEEP=11-20,1-10

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
ask() {
    curl -sS "http://$SERVER_ADDRESS/1"
    sleep 1
    curl -sS "http://$SERVER_ADDRESS/2"
}
