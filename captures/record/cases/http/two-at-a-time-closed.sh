# Four images, two at a time and `Connection: close`: curl has to open four connections. A round trip takes half a
# second, and so does the server over each image: opening a connection costs half as much as an image on an open one.
source "$RECORD/programs/images.sh"
IMAGE_MILLISECONDS=500
FORWARDER='--delay-ms 250'

ask() { curl -sS -Z --parallel-immediate --parallel-max 2 -H 'Connection: close' "http://$SERVER_ADDRESS/image[1-4]"; }
