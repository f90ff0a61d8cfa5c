# Two requests over TLS on one connection; nginx has a certificate that it signed itself.
source "$RECORD/programs/nginx.sh"
PORT=443

prepare() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=example.test \
        -keyout "$RUN/key.pem" -out "$RUN/certificate.pem" 2>/dev/null
    nginx_configuration "listen 443 ssl; ssl_certificate $RUN/certificate.pem; ssl_certificate_key $RUN/key.pem;
        location / { return 200 \"hello\n\"; }"
}
ask() { curl -sS -k "https://$SERVER_ADDRESS/1" "https://$SERVER_ADDRESS/2"; }
