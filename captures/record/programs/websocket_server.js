// A WebSocket server (ws) that sends back what it is sent: node websocket_server.js PORT [MILLISECONDS]. With MILLISECONDS,
// it pings each client so often. Compression is accepted where the client offers it.
const { WebSocketServer } = require('ws');

const [port, interval] = process.argv.slice(2).map(Number);
const server = new WebSocketServer({ port, perMessageDeflate: true, handleProtocols: () => 'chat' });
server.on('connection', (socket) => {
  const timer = interval ? setInterval(() => socket.ping('alive?'), interval) : undefined;
  socket.on('message', (octets, isBinary) => socket.send(octets, { binary: isBinary }));
  socket.on('close', () => clearInterval(timer));
});
