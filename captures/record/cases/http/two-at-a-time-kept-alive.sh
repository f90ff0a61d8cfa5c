# Four images of 100 ms each, two at a time: curl opens two connections and uses each twice.
source "$RECORD/programs/images.sh"

ask() { curl -sS -Z --parallel-immediate --parallel-max 2 "http://$SERVER_ADDRESS/image[1-4]"; }
