# Eight images of 100 ms each, six connections to one host, as browsers do.
source "$RECORD/programs/images.sh"

ask() { curl -sS -Z --parallel-immediate --parallel-max 6 "http://$SERVER_ADDRESS/image[1-8]"; }
