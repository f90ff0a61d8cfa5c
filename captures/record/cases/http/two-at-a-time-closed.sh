# Four images of 100 ms each, two at a time and `Connection: close`: curl has to open four connections.
source "$RECORD/programs/images.sh"

ask() { curl -sS -Z --parallel-immediate --parallel-max 2 -H 'Connection: close' "http://$SERVER_ADDRESS/image[1-4]"; }
