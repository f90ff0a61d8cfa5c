# A server is killed while it has a request of HTTP/2 to answer: its kernel sends FIN, nobody says GOAWAY, and the client
# cannot know whether the POST was processed.
serve() {
    echo $BASHPID >"$RUN/server.pid"
    exec node -e '
const http2 = require("node:http2");
const server = http2.createServer();
server.on("stream", (stream, headers) => {
  if (headers[":path"] === "/quick") {
    stream.respond({ ":status": 200 });
    stream.end("done\n");
  }
});
server.listen(80);'
}
ask() {
    node "$RECORD/programs/h2_client.js" '[{"at": 0, "path": "/quick"}, {"at": 50, "method": "POST", "path": "/pay", "body": "amount=1"}]' &
    sleep 0.5
    kill -KILL "$(cat "$RUN/server.pid")"
    wait
}
