"""Finding 12: headers that a proxy may read otherwise are refused, and every answer has one header."""

import socket

import pytest

HEALTH = b"GET /_martlet/health HTTP/1.1\r\nHost: x\r\n"


def ask(url, request):
    """All that comes back until the server closes, or is silent for a second."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=1) as connection:
        connection.sendall(request)
        answer = b""
        try:
            while piece := connection.recv(1 << 16):
                answer += piece
        except TimeoutError:
            pass
        return answer


@pytest.mark.parametrize("request_bytes", [
    HEALTH + b"A: b\0c\r\n\r\n",
    HEALTH + b"A\0: b\r\n\r\n",
    b"GET /_martlet/health\0 HTTP/1.1\r\nHost: x\r\n\r\n",
    HEALTH + b"A: b\nContent-Length: 3\r\n\r\n",
    HEALTH + b"\n",
    HEALTH.replace(b"\r", b"") + b"\n",
    HEALTH + b"A: b\r\n c\r\n\r\n",
    HEALTH + b"Content-Length: -1\r\n\r\n",
    HEALTH + b"Content-Length: abc\r\n\r\n",
    HEALTH + b"no colon\r\n\r\n",
], ids=lambda request: repr(request[21:]))
def test_refused_with_one_header(development, report, request_bytes):
    answer = ask(development.url, request_bytes)
    report(repr(request_bytes[21:]), f"{answer[9:12].decode()}, {answer.count(b'HTTP/1.1 ')} header")
    assert answer.startswith(b"HTTP/1.1 400 ") and answer.count(b"HTTP/1.1 ") == 1
