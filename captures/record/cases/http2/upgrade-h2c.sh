# curl asks in HTTP/1.1 and offers h2c; Apache httpd switches, and answers on stream 1. A second request of curl goes on
# stream 3.
source "$RECORD/programs/apache.sh"

prepare() {
    apache_configuration 100
    sed -i '1i LoadModule http2_module /usr/lib/apache2/modules/mod_http2.so' "$RUN/apache.conf"
    echo 'Protocols h2c http/1.1' >>"$RUN/apache.conf"
}
ask() { curl -sS --http2 "http://$SERVER_ADDRESS/index.txt" "http://$SERVER_ADDRESS/index.txt?again"; }
