# The client's pool lets go first: Node's agent with a timeout of 1 s, nginx would wait for 75.
source "$RECORD/programs/nginx.sh"

prepare() { nginx_configuration 'location / { return 200 "hello\n"; }'; }
ask() {
    node - <<'PROGRAM'
const http = require('node:http');
const agent = new http.Agent({ keepAlive: true, timeout: 1000 });
http.get({ host: process.env.SERVER_ADDRESS, agent }, (response) => response.resume());
// An idle connection does not keep Node running.
setTimeout(() => {}, 1500);
PROGRAM
}
