"""Finding 1: what a request costs is bounded by its size, whatever it holds."""

import concurrent.futures
import json
import time

import pytest
import requests

from support.wire import Wire

# The largest body.
LARGEST = 2 << 20


def sign_up(attributes):
    head = b'{"ClientId":"CLIENT","Username":"u","Password":"Correct-Horse-7","UserAttributes":['
    return head + attributes + b"]}"


def empty_attributes():
    count = (LARGEST - 300) // 3
    return sign_up(b",".join([b"{}"] * count))


def distinct_names(count=110_000):
    return sign_up(b",".join(b'{"Name":"a%d"}' % number for number in range(count)))


def send(target, body, operation="SignUp"):
    body = body.replace(b"CLIENT", target.app.encode())
    return requests.post(target.server.url, data=body, headers=Wire.headers(operation), timeout=120)


def measure(target, report, what, body):
    """The answer, having noted what it cost."""
    send(target, b"{}")
    process = target.process
    process.forget_peak()
    resident, cpu, start = process.resident, process.cpu, time.monotonic()
    answer = send(target, body)
    seconds = time.monotonic() - start
    report(
        what,
        f"{len(body) / 1e6:.2f} MB asked, {len(answer.content):,} bytes answered; {process.cpu - cpu:.2f} s of CPU, "
        f"{seconds:.2f} s; memory +{process.peak - resident:.0f} MB at most",
    )
    return answer, process.cpu - cpu, process.peak - resident


def nested(opening, closing):
    depth = 1000
    unit = opening * depth + b"1" + closing * depth
    return b'{"ClientId":"CLIENT","Unknown":[' + b",".join([unit] * (LARGEST // len(unit) - 1)) + b"]}"


@pytest.mark.parametrize("what, body", [
    ("2 MB of {}", empty_attributes()),
    ("110,000 distinct names", distinct_names()),
    ("4,900 distinct names", distinct_names(4_900)),
    ("4,900 times one name", sign_up(b",".join([b'{"Name":"email","Value":"a@example.com"}'] * 4_900))),
    ("2 MB of one name", sign_up(b'{"Name":"' + b"a" * 2_080_000 + b'"}')),
    ("2 MB of unknown members", b"{" + b",".join(b'"a%d":1' % number for number in range(180_000)) + b"}"),
    ("2 MB of depth", nested(b"[", b"]")),
    ("2 MB of metadata", b'{"ClientMetadata":{' + b",".join(b'"%d":""' % n for n in range(180_000)) + b"}}"),
    ("2 MB of escapes", sign_up(b'{"Name":"' + b"\\u0001" * 340_000 + b'"}')),
], ids=lambda value: value if isinstance(value, str) else "")
def test_the_largest_body_costs_about_its_size(target, report, what, body):
    assert len(body) <= LARGEST
    answer, cpu, memory = measure(target, report, what, body)
    # The last of one name counts, so that one is a sign-up like any other.
    if what == "4,900 times one name":
        assert answer.status_code == 200
    else:
        assert (answer.status_code, json.loads(answer.content)["__type"]) == (400, "InvalidParameterException")
    assert len(answer.content) < 20_000
    assert cpu < 0.5 and memory < 64


def test_sign_ins_beside_them_do_not_wait(target, report):
    """Eight at once, again and again: before, a sign-in waited 21 seconds."""
    body, end = empty_attributes(), time.monotonic() + 3
    alone = max(target.sign_in().elapsed.total_seconds() for _ in range(20))

    def attack():
        count = 0
        while time.monotonic() < end:
            assert send(target, body).status_code == 400
            count += 1
        return count

    times = []
    with concurrent.futures.ThreadPoolExecutor(8) as attackers:
        running = [attackers.submit(attack) for _ in range(8)]
        while time.monotonic() < end:
            answer = target.sign_in()
            assert answer.status_code == 200
            times.append(answer.elapsed.total_seconds())
        sent = sum(attack.result() for attack in running)
    report("eight at once, for 3 s", f"{sent} answered; {len(times)} sign-ins beside them, {max(times):.2f} s at most "
                                     f"({alone:.2f} s alone); {target.process.resident:.0f} MB afterwards")
    assert max(times) < 5
