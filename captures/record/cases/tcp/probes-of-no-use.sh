# Node's client probes its idle connection each second, and nginx closes it after three: a probe is no request.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'keepalive_timeout 3s; location / { return 200 "hello\n"; }'; }
ask() {
    node - "$SERVER_ADDRESS" <<'PROGRAM'
const http = require('node:http');
const agent = new http.Agent({ keepAlive: true });
const request = http.get({ host: process.argv[2], agent }, (response) => response.resume());
request.on('socket', (socket) => {
  socket.setKeepAlive(true, 1000);
  socket.on('close', () => process.exit());
});
// A pooled socket alone does not keep the program alive.
setTimeout(() => {}, 10000);
PROGRAM
}
