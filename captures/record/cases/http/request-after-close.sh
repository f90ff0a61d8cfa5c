# Apache says close in its response, and a client written by hand that looks for another spelling asks once more.
source "$RECORD/programs/apache.sh"

prepare() { apache_configuration 1; }
ask() {
    python3 - <<'PROGRAM'
import peer

connection = peer.connect()
inbox = peer.Inbox(connection)
head = ""
# Field values of Connection have no case (RFC 9110 §7.6.1); this client does not know that.
while head is not None and "Connection: Close" not in head:
    connection.sendall(peer.get("/index.txt"))
    try:
        head, _ = inbox.message()
    except (TypeError, ConnectionError):
        head = None
connection.close()
PROGRAM
}
