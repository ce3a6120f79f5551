"""Clients that take their time, or never come to the point, while others want an answer."""

import json
import os
import resource
import socket
import threading
import time

import pytest

from rig.gate import Gate, percentile, resident, wait_until
from support.app import PASSWORD
from support.wire import Wire

IDLE = 10_000


@pytest.fixture
def tenant(sqlite_tenant):
    """The transport is the same on both databases."""
    return sqlite_tenant


@pytest.fixture
def connect(tenant):
    """Opens raw connections, as many as are asked for, that close with the test."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit[1], limit[1]))
    host, port = tenant.server.url.removeprefix("http://").split(":")
    opened = []

    def make(count=1):
        made = [socket.create_connection((host, int(port)), timeout=30) for _ in range(count)]
        opened.extend(made)
        return made

    yield make
    for connection in opened:
        connection.close()
    resource.setrlimit(resource.RLIMIT_NOFILE, limit)


def sign_in_request(tenant):
    body = json.dumps({
        "ClientId": tenant.client, "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": tenant.usernames[0], "PASSWORD": PASSWORD},
    }).encode()
    fields = {"Host": "localhost", "Content-Length": len(body), **Wire.headers("InitiateAuth")}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"POST / HTTP/1.1\r\n{head}\r\n".encode() + body


def assert_quick(tenant, report, while_what):
    """A normal client on connections of its own, new ones and kept."""
    times = {"health": [], "sign-in": []}
    for _ in range(20):
        gate = Gate(tenant.server)
        for _ in range(5):
            health, sign_in = gate.health(), tenant.sign_in(gate)
            assert health.ok and sign_in.ok
            times["health"].append(health.seconds)
            times["sign-in"].append(sign_in.seconds)
        gate.close()
    for what, seconds in times.items():
        p50, p99 = (percentile(seconds, percent) * 1000 for percent in (50, 99))
        report(f"{what} {while_what}", f"p50 {p50:.1f} ms, p99 {p99:.1f} ms")
        assert p99 < 250


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def test_ten_thousand_idle_connections(tenant, connect, report):
    pid = tenant.server.pid
    before, descriptors_before = resident(pid), descriptors(pid)
    request = b"GET /_martlet/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    silent, served = connect(IDLE // 2), connect(IDLE // 2)
    for connection in served:
        connection.sendall(request)
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")
    wait_until(lambda: descriptors(pid) >= descriptors_before + IDLE)
    report("idle connections", f"{IDLE}, half of them served once: {before:.0f} MB before, {resident(pid):.0f} MB then")
    assert_quick(tenant, report, "beside them")
    assert resident(pid) < 1024
    still = sum(connection.fileno() >= 0 and is_open(connection) for connection in silent[:500])
    assert still == 500, "connections were closed before their time"


def is_open(connection):
    connection.setblocking(False)
    try:
        return connection.recv(1) != b""
    except BlockingIOError:
        return True


def test_half_open_and_half_sent(tenant, connect, report):
    """Clients that send half a request, or half a close, and then nothing."""
    request = sign_in_request(tenant)
    for connection in connect(700):
        connection.sendall(request[:40])
    for connection in connect(700):
        connection.sendall(request[:-20])
    for connection in connect(700):
        connection.sendall(request[:-20])
        connection.shutdown(socket.SHUT_WR)
    assert_quick(tenant, report, "beside 2,100 half requests")


def test_one_byte_pieces(tenant, connect, report):
    """Requests that come in byte by byte are answered like any other."""
    request, connections = sign_in_request(tenant), connect(100)
    for connection in connections:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def dribble():
        for index in range(len(request)):
            for connection in connections:
                connection.sendall(request[index:index + 1])

    writer = threading.Thread(target=dribble)
    writer.start()
    assert_quick(tenant, report, "beside 100 one-byte writers")
    writer.join()
    statuses = {connection.recv(16)[:15] for connection in connections}
    assert statuses == {b"HTTP/1.1 200 OK"}
    report("requests in one-byte pieces", f"{len(connections)} of {len(request)} bytes, all answered 200")


def test_pipelined_requests(tenant, connect, report):
    """Many requests at once on one connection are answered in order, each once."""
    depth, connections = 100, connect(8)
    sign_in = sign_in_request(tenant)
    for connection in connections:
        connection.sendall((sign_in + b"GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n") * (depth // 2))
    assert_quick(tenant, report, f"beside {len(connections) * depth} pipelined requests")
    for connection in connections:
        text, start = b"", time.monotonic()
        while text.count(b"HTTP/1.1 ") < depth or not text.endswith(b"}"):
            piece = connection.recv(1 << 16)
            assert piece, "the connection was closed"
            text += piece
            assert time.monotonic() - start < 30
        statuses = [part[:3] for part in text.split(b"HTTP/1.1 ")[1:]]
        assert statuses == [b"200", b"404"] * (depth // 2)
    report("pipelined requests", f"{len(connections)} times {depth}, answered in order")


def test_readers_that_do_not_read(tenant, connect, report):
    """Clients that ask and ask and never take an answer."""
    request = b"GET /_martlet/metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for connection in connect(50):
        connection.setblocking(False)
        try:
            while True:
                connection.send(request * 20)
        except BlockingIOError:
            pass
    time.sleep(1)
    before = resident(tenant.server.pid)
    time.sleep(2)
    after = resident(tenant.server.pid)
    report("clients that never read", f"50; {before:.0f} MB, then {after:.0f} MB")
    assert_quick(tenant, report, "beside 50 that never read")
    assert after < 512
