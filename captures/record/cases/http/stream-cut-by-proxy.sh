# Server-sent events through nginx, which gives an origin up that says nothing for two seconds (`proxy_read_timeout 2s`, 60 s
# as it comes): the stream ends in the middle. The hop behind is inside the server.
source "$RECORD/programs/nginx.sh"

prepare() {
    nginx_configuration 'location / {
            proxy_pass http://127.0.0.1:8080;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering off;
            proxy_read_timeout 2s;
        }'
}
serve() {
    node - <<'PROGRAM' &
const http = require('node:http');
http.createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.write('data: one\n\n');
  setTimeout(() => response.write('data: two\n\n'), 500);
  setTimeout(() => response.end('data: three\n\n'), 4000);
}).listen(8080);
PROGRAM
    until ss -Hltn 'sport = :8080' | grep -q .; do sleep 0.05; done
    nginx -c "$RUN/nginx.conf"
}
ask() { curl -sS -N "http://$SERVER_ADDRESS/events"; }
