"""A quick way to call a server: kept connections, and answers with the time they took."""

import http.client
import json
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from support.wire import Wire


class Lost(Exception):
    """The connection ended before an answer came: what became of the request, nobody knows."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: dict[str, Any]
    seconds: float

    @property
    def ok(self):
        return self.status == 200

    @property
    def error(self):
        return self.body.get("__type")


class Gate:
    def __init__(self, server, timeout=60):
        self.server = server
        self._address = server.url.removeprefix("http://")
        self._timeout = timeout
        self._idle = deque()

    def __del__(self):
        self.close()

    def close(self):
        """Closes the connections that are kept. The next call opens another."""
        while self._idle:
            self._idle.pop().close()

    def call(self, operation, **body):
        return self._send("POST", "/", json.dumps(body).encode(), Wire.headers(operation))

    def send(self, request):
        """Sends what `Tenant.signed` made."""
        return self._send("POST", "/", request.body, dict(request.headers))

    def health(self):
        return self._send("GET", "/_martlet/health", None, {})

    def _send(self, method, path, data, headers):
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = http.client.HTTPConnection(self._address, timeout=self._timeout)
        start = time.monotonic()
        try:
            connection.request(method, path, data, headers)
            response = connection.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise Lost(f"{error!r} after {time.monotonic() - start:.2f} s") from error
        seconds = time.monotonic() - start
        self._idle.append(connection)
        return Answer(response.status, json.loads(text) if text else {}, seconds)


def wait_until(condition, seconds=20, every=0.02):
    """Waits for a condition; returns the seconds it took."""
    start = time.monotonic()
    while not condition():
        assert time.monotonic() - start < seconds, f"not so within {seconds} s"
        time.sleep(every)
    return time.monotonic() - start


def restart(server):
    """Starts a server that ended; returns the seconds until it listens."""
    begin = time.monotonic()
    server.log.clear()  # `start` waits for a line that may be there from before
    server.start()
    return time.monotonic() - begin


def health_is(gate, status):
    """A condition: the server says of itself that it is well, 200, or isn't, 503."""
    def holds():
        try:
            return gate.health().status == status
        except Lost:
            return False

    return holds


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def resident(pid):
    """Resident memory of a process in MB."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024
