"""A pool of one: asks COUNT times, one request after the other and PAUSE seconds apart, on a connection that it keeps for as
long as the server does.

pool_client.py COUNT [PAUSE]
"""

import http.client
import os
import sys
import time


def main(count, pause="0"):
    # http.client opens another connection by itself where a response said `Connection: close`.
    connection = http.client.HTTPConnection(os.environ["SERVER_ADDRESS"])
    for ordinal in range(int(count)):
        if ordinal > 0:
            time.sleep(float(pause))
        connection.request("GET", "/")
        connection.getresponse().read()
    connection.close()


main(*sys.argv[1:])
