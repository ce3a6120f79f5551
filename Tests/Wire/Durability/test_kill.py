"""`kill -9` under load: what was acknowledged is there, and what served once serves no more."""

import itertools
import random
import threading
import time

import pytest
import requests

from support import postgres
from support.app import PASSWORD
from support.server import Server
from support.wire import Wire

ROUNDS = 5
ROTATING = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}


class Load:
    """Sign-ups, sign-ins and rotations from several threads, and what of them was acknowledged."""

    def __init__(self, wire, client, rotating, usernames):
        self.wire, self.client, self.rotating, self.usernames = wire, client, rotating, usernames
        self.signed_up, self.refresh_tokens, self.current, self.spent = [], [], [], []
        self._numbers = itertools.count()
        self._lock = threading.Lock()

    def run(self, server, seconds):
        """Kills the server after so many seconds of load."""
        stop = threading.Event()
        work = [self._sign_up, self._sign_up, self._sign_in, self._rotate]
        threads = [threading.Thread(target=self._repeat, args=(step, stop)) for step in work]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        server.kill()
        stop.set()
        for thread in threads:
            thread.join()

    def _repeat(self, step, stop):
        while not stop.is_set():
            try:
                step()
            except requests.RequestException:
                return

    def _sign_up(self):
        with self._lock:
            name = f"new{next(self._numbers)}"
        answer = self.wire.call("SignUp", {"ClientId": self.client, "Username": name, "Password": PASSWORD})
        if answer.status_code == 200:
            self.signed_up.append(name)

    def _tokens(self, client):
        parameters = {"USERNAME": random.choice(self.usernames), "PASSWORD": PASSWORD}
        body = {"ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters}
        return self.wire.call("InitiateAuth", body).json()["AuthenticationResult"]

    def _sign_in(self):
        self.refresh_tokens.append(self._tokens(self.client)["RefreshToken"])

    def _rotate(self):
        token = self._tokens(self.rotating)["RefreshToken"]
        answer = self.rotate(token)
        if answer.status_code == 200:
            self.spent.append(token)
            self.current.append(answer.json()["AuthenticationResult"]["RefreshToken"])

    def rotate(self, token):
        return self.wire.call("GetTokensFromRefreshToken", {"ClientId": self.rotating, "RefreshToken": token})

    def refresh(self, token):
        parameters = {"REFRESH_TOKEN": token}
        body = {"ClientId": self.client, "AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": parameters}
        return self.wire.call("InitiateAuth", body)


@pytest.fixture(params=["sqlite", "postgresql"])
def doomed(request, tmp_path):
    if request.param == "sqlite":
        yield Server(tmp_path, f"sqlite:{tmp_path}/martlet.db")
    else:
        with postgres.cluster() as url:
            yield Server(tmp_path, url)


@pytest.mark.timeout(180)
def test_nothing_acknowledged_is_lost(doomed):
    doomed.start()
    wire = Wire(doomed.url, doomed.secrets, doomed.create_key())

    def administer(operation, **body):
        answer = wire.signed_call(operation, body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    pool = administer("CreateUserPool", PoolName="doomed")["UserPool"]["Id"]
    flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    clients = [
        administer("CreateUserPoolClient", UserPoolId=pool, ClientName=name, **settings)["UserPoolClient"]["ClientId"]
        for name, settings in (
            ("plain", {"ExplicitAuthFlows": flows}),
            ("rotating", {"ExplicitAuthFlows": flows[:1], "RefreshTokenRotation": ROTATING}),
        )
    ]
    usernames = [f"user{number}" for number in range(8)]
    for username in usernames:
        administer("AdminCreateUser", UserPoolId=pool, Username=username, MessageAction="SUPPRESS")
        administer("AdminSetUserPassword", UserPoolId=pool, Username=username, Password=PASSWORD, Permanent=True)

    load = Load(wire, *clients, usernames)
    for _ in range(ROUNDS):
        load.run(doomed, random.uniform(0.4, 1.2))
        doomed.start()

    stored, token = set(), {}
    while True:
        page = administer("ListUsers", UserPoolId=pool, **token)
        stored |= {user["Username"] for user in page["Users"]}
        if "PaginationToken" not in page:
            break
        token = {"PaginationToken": page["PaginationToken"]}
    assert set(load.signed_up) <= stored
    assert len(load.signed_up) > ROUNDS and len(load.refresh_tokens) > ROUNDS and len(load.current) > ROUNDS
    assert {load.refresh(token).status_code for token in load.refresh_tokens} == {200}
    assert {load.rotate(token).status_code for token in load.current} == {200}
    reused = [load.rotate(token) for token in load.spent]
    assert {answer.json()["__type"] for answer in reused} <= {"RefreshTokenReuseException", "NotAuthorizedException"}
    assert doomed.stop() == 0
