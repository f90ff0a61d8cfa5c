# wrk keeps one connection busy for its second and then drops it, whatever is outstanding.
source "$RECORD/programs/images.sh"

ask() { wrk -t1 -c1 -d1s "http://$SERVER_ADDRESS/image"; }
