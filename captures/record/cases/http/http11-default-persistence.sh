# curl asks twice and Apache httpd answers twice, and neither says anything about the connection.
source "$RECORD/programs/apache.sh"

prepare() { apache_configuration 100; }
ask() { curl -sS "http://$SERVER_ADDRESS/index.txt" "http://$SERVER_ADDRESS/index.txt"; }
