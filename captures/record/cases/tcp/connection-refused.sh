# Nothing listens on the port: the server's kernel answers the SYN with a reset.
PORT=

serve() { :; }
ask() { curl -sS "http://$SERVER_ADDRESS/"; }
