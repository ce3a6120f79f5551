"""Sign-ins by SRP. The client's arithmetic is Python's, so it takes its time; what the server spends is what counts."""

import time
from concurrent.futures import ProcessPoolExecutor

import requests
from pycognito.aws_srp import AWSSRP

from martlet_bench.load import processor_seconds
from support.wire import PREFIX


def _call(session, url, operation, body):
    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"{PREFIX}.{operation}"}
    start = time.perf_counter()
    answer = session.post(url + "/", json=body, headers=headers)
    answer.raise_for_status()
    return answer.json(), time.perf_counter() - start


class _NoClient:
    """pycognito wants a client of boto3, and we make the calls ourselves."""


def _sign_ins(url, pool, client, username, password, count):
    times = []
    with requests.Session() as session:
        for _ in range(count):
            srp = AWSSRP(username, password, pool, client, client=_NoClient())
            parameters = srp.get_auth_params()
            body = {"ClientId": client, "AuthFlow": "USER_SRP_AUTH", "AuthParameters": parameters}
            challenge, first = _call(session, url, "InitiateAuth", body)
            responses = srp.process_challenge(challenge["ChallengeParameters"], parameters)
            body = {"ClientId": client, "ChallengeName": "PASSWORD_VERIFIER", "ChallengeResponses": responses}
            _, second = _call(session, url, "RespondToAuthChallenge", body)
            times.append((first + second) * 1e3)
    return times


def run(url, pid, pool, client, username, password, count):
    """Figures of `count` sign-ins from two processes; one request is both calls."""
    before, start = processor_seconds(pid), time.monotonic()
    with ProcessPoolExecutor(2) as workers:
        shares = [
            workers.submit(_sign_ins, url, pool, client, username, password, count // 2) for _ in range(2)
        ]
        times = sorted(figure for share in shares for figure in share.result())
    used, elapsed = processor_seconds(pid) - before, time.monotonic() - start
    at = lambda part: times[min(int(len(times) * part), len(times) - 1)]  # noqa: E731
    return {
        "requests": len(times), "seconds": elapsed, "failed": 0, "rate": len(times) / elapsed, "p50": at(0.5),
        "p95": at(0.95), "p99": at(0.99), "cpu": used / len(times) * 1e6, "cores": used / elapsed,
    }
