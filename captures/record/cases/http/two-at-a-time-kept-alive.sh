# Four images, two at a time: curl opens two connections and uses each twice. A round trip takes half a second, and so
# does the server over each image.
source "$RECORD/programs/images.sh"
IMAGE_MILLISECONDS=500
FORWARDER='--delay-ms 250'

ask() { curl -sS -Z --parallel-immediate --parallel-max 2 "http://$SERVER_ADDRESS/image[1-4]"; }
