"""Finding 7: requests that never end take nothing from those that do."""

import contextlib
import json
import socket
import threading
import time

import pytest
import requests

from support.wire import Wire

# With 0.8 MiB each, and two of a few bytes, they filled the 256 MiB that all bodies could hold, but for 16 bytes.
SIZES = [838_860] * 320 + [120] * 2


class Hoard:
    """Connections that each send a part of a body and then nothing. Those that are closed are opened anew."""

    def __init__(self, url, addresses):
        host, port = url.removeprefix("http://").split(":")
        head = "".join(f"{name}: {value}\r\n" for name, value in Wire.headers("SignUp").items())
        self._head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n{head}\r\n".encode()
        self._server, self._addresses = (host, int(port)), addresses
        self.sockets, self.reopened = [], 0
        for number in range(len(SIZES)):
            self.sockets.append(self._open(number))
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep)
        self._thread.start()

    def _open(self, number):
        source = self._addresses[number % len(self._addresses)]
        made = socket.create_connection(self._server, timeout=5, source_address=(source, 0))
        with contextlib.suppress(OSError):
            made.sendall(self._head + b" " * SIZES[number])
        return made

    def _keep(self):
        while not self._stop.wait(0.2):
            for number, held in enumerate(self.sockets):
                if self._stop.is_set():
                    return
                try:
                    held.recv(1, socket.MSG_DONTWAIT)
                except BlockingIOError:
                    continue
                except OSError:
                    pass
                held.close()
                with contextlib.suppress(OSError):
                    self.sockets[number] = self._open(number)
                    self.reopened += 1

    def close(self):
        self._stop.set()
        self._thread.join()
        for held in self.sockets:
            held.close()


@pytest.mark.parametrize("addresses", [
    ["127.0.0.1"], [f"127.0.1.{number}" for number in range(1, 65)],
], ids=["one address", "64 addresses"])
def test_bodies_that_never_end(target, report, addresses):
    resident = target.process.resident
    hoard = Hoard(target.server.url, addresses)
    try:
        answers, end = [], time.monotonic() + 5
        while time.monotonic() < end:
            answers.append(target.sign_in())
        peak = target.process.resident
    finally:
        hoard.close()
    refused = [answer for answer in answers if answer.status_code != 200]
    slowest = max(answer.elapsed.total_seconds() for answer in answers)
    report(
        "322 connections, 0.8 MiB each",
        f"{len(refused)} of {len(answers)} sign-ins refused, {slowest:.2f} s at most; +{peak - resident:.0f} MB; "
        f"{hoard.reopened} connections opened anew",
    )
    assert not refused
    assert slowest < 5
    assert peak - resident < 400


def test_a_request_that_trickles_is_cut_off(target, report):
    """A byte a second: before, for as long as the client liked."""
    host, port = target.server.url.removeprefix("http://").split(":")
    body = json.dumps(target.sign_in_body).encode()
    fields = {"Host": "x", "Content-Length": len(body), **Wire.headers("InitiateAuth")}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    request = f"POST / HTTP/1.1\r\n{head}\r\n".encode() + body
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        start = time.monotonic()
        connection.sendall(request[:-60])
        with contextlib.suppress(OSError):
            for byte in request[-60:]:
                time.sleep(1)
                connection.sendall(bytes([byte]))
        seconds = time.monotonic() - start
    report("a byte a second", f"cut off after {seconds:.0f} s")
    assert 29 < seconds < 45


def test_the_connections_of_one_address(target, report):
    """One address may have 2,000; of more, its oldest are closed, and others go on."""
    host, port = target.server.url.removeprefix("http://").split(":")
    held = []
    try:
        for _ in range(2_100):
            held.append(socket.create_connection((host, int(port)), timeout=5, source_address=("127.0.2.1", 0)))
        time.sleep(0.5)
        closed = 0
        for connection in held:
            connection.setblocking(False)
            with contextlib.suppress(BlockingIOError, ConnectionResetError):
                closed += connection.recv(1) == b""
        assert target.sign_in().status_code == 200
        metrics = requests.get(f"{target.server.url}/_martlet/metrics", timeout=10).text
    finally:
        for connection in held:
            connection.close()
    assert 'martlet_connections_ended_total{reason="too_many_of_address"} 100' in metrics
    report("2,100 connections of one address", f"{closed} closed, and a sign-in from another answered")
    assert closed == 100
