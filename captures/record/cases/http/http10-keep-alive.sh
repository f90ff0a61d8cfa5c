# ab -k asks in HTTP/1.0 for `Connection: Keep-Alive`, Apache httpd grants it: two requests, one connection.
source "$RECORD/programs/apache.sh"

prepare() { apache_configuration 100; }
ask() { ab -q -k -n 2 -c 1 "http://$SERVER_ADDRESS/index.txt"; }
