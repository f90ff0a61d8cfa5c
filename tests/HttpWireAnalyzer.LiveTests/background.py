"""A terminal that is asked for its background. Usage: background.py ANSWER KEYS COMMAND...

ANSWER is what it says to OSC 11, in pieces that come a time apart: milliseconds@letters, with | between pieces; - for a terminal
that says nothing. KEYS are typed when nothing more is drawn. Prints as JSON what was written before the question, what after it,
what came after the screen was given back, and how many milliseconds the program took to end after the last key.
"""
import fcntl, json, os, pty, select, signal, struct, sys, termios, time

QUIET = 1.0
PATIENCE = 15.0
QUESTION = b"\x1b]11;?\x1b\\"
FIRST_FRAME = b"\x1b[?2026l"

answer, keys, command = sys.argv[1], sys.argv[2], sys.argv[3:]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))

seen = b""
ended = False


def read(seconds, from_now=False):
    """What is drawn until nothing was for so long; or for so long from now, whatever is drawn."""
    global seen, ended
    begun = time.monotonic()
    while select.select([terminal], [], [], max(0, begun + seconds - time.monotonic()) if from_now else seconds)[0]:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            part = b""
        ended = ended or not part
        if not part or time.monotonic() - begun > PATIENCE:
            return
        seen += part


def read_until(mark):
    begun = time.monotonic()
    while mark not in seen and not ended and time.monotonic() - begun < PATIENCE:
        read(0.02)


read_until(FIRST_FRAME)
if answer != "-":
    read_until(QUESTION)
    for piece in answer.split("|"):
        wait, letters = piece.split("@", 1)
        read(int(wait) / 1000, from_now=True)
        os.write(terminal, letters.encode().decode("unicode_escape").encode("latin-1"))
read(QUIET)
pressed = time.monotonic()
for key in keys:
    os.write(terminal, key.encode())
    pressed = time.monotonic()
    if key != "q":
        read(QUIET)
while not ended and time.monotonic() - pressed < PATIENCE:
    read(0.02)
took = (time.monotonic() - pressed) * 1000
if not ended:
    os.kill(pid, signal.SIGKILL)
_, status = os.waitpid(pid, 0)
before, _, after = seen.partition(QUESTION)
print(json.dumps({
    "before": before.decode("utf-8", "replace"),
    "after": after.decode("utf-8", "replace"),
    "asked": QUESTION in seen,
    "code": os.waitstatus_to_exitcode(status),
    "took": took,
}))
