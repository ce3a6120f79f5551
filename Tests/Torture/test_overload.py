"""Ten times the load that the machine carries: some are served in time, the rest are refused at once."""

import json
import re
import shutil
import subprocess
import threading
import time

import pytest

from rig.gate import Gate, percentile, resident
from support.app import PASSWORD
from support.wire import Wire

SECONDS = 30
CONNECTIONS = 4000
PROBES = 16


class Wrk:
    """A run of Debian's `wrk`: password sign-ins as fast as its connections get answers."""

    def __init__(self, tenant, folder, connections, seconds):
        headers = Wire.headers("InitiateAuth")
        body = json.dumps({
            "ClientId": tenant.client, "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": tenant.usernames[0], "PASSWORD": PASSWORD},
        })
        script = folder / "sign-in.lua"
        lines = [f'wrk.headers["{name}"] = "{value}"' for name, value in headers.items()]
        script.write_text("\n".join(['wrk.method = "POST"', f"wrk.body = [[{body}]]", *lines]))
        self._process = subprocess.Popen(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", script,
             tenant.server.url + "/"],
            stdout=subprocess.PIPE, text=True,
        )
        self._seconds = seconds

    def wait(self):
        """How many requests a second were answered, and how many of them well."""
        output = self._process.communicate(timeout=self._seconds + 60)[0]
        answered = float(re.search(r"Requests/sec: +([\d.]+)", output)[1])
        refused = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
        self.socket_errors = re.search(r"Socket errors:.*", output)
        return answered, answered - (int(refused[1]) / self._seconds if refused else 0)


class Probe:
    """Sign-ins beside the load, one after another on each of some connections, each timed."""

    def __init__(self, tenant, pid):
        self._tenant, self._gate, self._pid = tenant, Gate(tenant.server), pid
        self.served, self.refused, self.memory = [], [], []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(number,)) for number in range(PROBES)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self._gate.close()

    def _run(self, number):
        while not self._stop.wait(0.05):
            answer = self._tenant.sign_in(self._gate)
            if answer.ok:
                self.served.append(answer.seconds)
            else:
                assert (answer.status, answer.error) == (400, "TooManyRequestsException")
                self.refused.append(answer.seconds)
            if number == 0:
                self.memory.append(resident(self._pid))


def times(values):
    p50, p99 = (percentile(values, percent) * 1000 for percent in (50, 99))
    return f"p50 {p50:.0f} ms, p99 {p99:.0f} ms of {len(values)}"


@pytest.mark.skipif(shutil.which("wrk") is None, reason="Debian's wrk isn't installed")
def test_ten_times_the_load(tenant, tmp_path, report):
    server, gate = tenant.server, Gate(tenant.server)

    def alone():
        return percentile([tenant.sign_in(gate).seconds for _ in range(200)], 50) * 1000

    before, idle = alone(), resident(server.pid)
    _, capacity = Wrk(tenant, tmp_path, 32, 5).wait()
    load = Wrk(tenant, tmp_path, CONNECTIONS, SECONDS)
    time.sleep(1)  # until the connections stand
    with Probe(tenant, server.pid) as probe:
        time.sleep(SECONDS - 2)
    offered, served = load.wait()
    time.sleep(1)
    after, memory = alone(), max(probe.memory)
    _, capacity_after = Wrk(tenant, tmp_path, 32, 5).wait()

    report("carried", f"{capacity:.0f} sign-ins/s on 32 connections, by a server that shares its cores with the load")
    report(
        f"offered for {SECONDS} s",
        f"{offered:.0f}/s on {CONNECTIONS} connections, {offered / capacity:.1f} times what is carried",
    )
    report("served of it", f"{served:.0f}/s; {times(probe.served)}")
    report("refused of it", f"{offered - served:.0f}/s; {times(probe.refused)}")
    report("resident memory", f"{idle:.0f} MB, {memory:.0f} MB at most, then {resident(server.pid):.0f} MB")
    report("a sign-in alone", f"{before:.2f} ms before, {after:.2f} ms after")
    report("carried afterwards", f"{capacity_after:.0f} sign-ins/s")
    assert load.socket_errors is None
    assert offered > 10 * capacity
    assert percentile(probe.served, 99) < 1
    assert percentile(probe.refused, 99) < 1
    assert memory < 512
    assert after < 1.5 * before and capacity_after > 0.8 * capacity
