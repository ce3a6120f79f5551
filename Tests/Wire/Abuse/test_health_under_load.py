"""Finding 11: health and metrics answer whatever the load."""

import http.client
import json
import subprocess
import threading
import time

import pytest
import requests

from support.server import BINARY
from support.wire import Wire

CONNECTIONS = 220


class Flood:
    """Sign-ins on so many connections, each as fast as it gets answers."""

    def __init__(self, target):
        self._address = target.server.url.removeprefix("http://")
        self._body = json.dumps(target.sign_in_body)
        self._stop = threading.Event()
        self.statuses = {}
        self._threads = [threading.Thread(target=self._run) for _ in range(CONNECTIONS)]
        for thread in self._threads:
            thread.start()

    def _run(self):
        connection = http.client.HTTPConnection(self._address, timeout=30)
        while not self._stop.is_set():
            connection.request("POST", "/", self._body, Wire.headers("InitiateAuth"))
            answer = connection.getresponse()
            answer.read()
            self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
        connection.close()

    def close(self):
        self._stop.set()
        for thread in self._threads:
            thread.join()


def look(url, path, count):
    statuses, times = [], []
    for _ in range(count):
        answer = requests.get(url + path, timeout=30)
        statuses.append(answer.status_code)
        times.append(answer.elapsed.total_seconds())
    return statuses, max(times)


def test_beside_a_flood_of_sign_ins(target, report):
    flood = Flood(target)
    try:
        time.sleep(1)
        for path in ["/_martlet/health", "/_martlet/metrics"]:
            statuses, slowest = look(target.server.url, path, 40)
            report(path, f"{40 - statuses.count(200)} of 40 refused, {slowest:.2f} s at most")
            assert statuses == [200] * 40
    finally:
        flood.close()
    report("the flood", flood.statuses)


def test_a_port_of_their_own(serve, report):
    target = serve("--admin-listen", "127.0.0.1:0")
    line = target.server.wait_for_log("health and metrics are on")
    url = "http://" + json.loads(line)["message"].rsplit(" ", 1)[1]
    assert requests.get(url + "/_martlet/health", timeout=10).json() == {"status": "ok"}
    assert "martlet_requests_total" in requests.get(url + "/_martlet/metrics", timeout=10).text
    assert requests.post(url, data="{}", headers=Wire.headers("ListUserPools"), timeout=10).status_code == 404
    assert target.server.get("/_martlet/metrics").status_code == 404
    assert target.server.get("/_martlet/health").status_code == 200
    flood = Flood(target)
    try:
        time.sleep(1)
        for path in ["/_martlet/health", "/_martlet/metrics"]:
            statuses, slowest = look(url, path, 40)
            report(f"{path} on its own port", f"{40 - statuses.count(200)} of 40 refused, {slowest:.2f} s at most")
            assert statuses == [200] * 40
    finally:
        flood.close()


@pytest.mark.parametrize("address, complaint", [
    ("8485", "--admin-listen: 8485 isn't an address and a port"),
    ("127.0.0.1:x", "--admin-listen: 127.0.0.1:x isn't an address and a port"),
])
def test_an_address_that_is_none(target, address, complaint):
    command = [BINARY, "serve", "--database", "sqlite:x.db", "--master-key", "k", "--public-url", "https://a"]
    refused = subprocess.run([*command, "--admin-listen", address], capture_output=True, text=True)
    assert refused.returncode == 2
    assert complaint in refused.stderr
