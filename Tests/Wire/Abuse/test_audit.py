"""Finding 12: who did what to whom, from where, and what came of it, in lines of their own."""

import json
import os
import subprocess
import time
import uuid

import pytest

from support.app import PASSWORD
from support.server import BINARY

NEW_PASSWORD = "Another-Horse-8"


class Trail:
    """A server with an audit log, and the lines since it was last asked."""

    def __init__(self, serve, folder):
        self.path = folder / "audit.jsonl"
        self.target = serve("--audit-log", str(self.path))
        self._seen = 0

    def lines(self):
        text = self.path.read_text().split("\n")[:-1]
        fresh, self._seen = text[self._seen:], len(text)
        return [json.loads(line) for line in fresh]

    def call(self, operation, body, headers=None, signed=False):
        """The audit lines of one call."""
        self.lines()
        send = self.target.wire.signed_call if signed else self.target.wire.call
        self.response = send(operation, body) if signed else send(operation, body, headers)
        return self.lines()


@pytest.fixture
def trail(serve, tmp_path):
    return Trail(serve, tmp_path)


def named(line, *names):
    return tuple(line.get(name) for name in names)


def test_administrators(trail, report):
    target, pool = trail.target, {"UserPoolId": trail.target.pool}
    made = trail.call("CreateUserPool", {"PoolName": "p"}, signed=True)
    assert named(made[0], "audit", "result", "byAccessKey", "byAccount", "ip") == (
        "CreateUserPool", "ok", target.key.id, "000000000000", "127.0.0.1"
    )
    assert made[0]["pool"] == trail.response.json()["UserPool"]["Id"]
    assert made[0]["requestId"] == trail.response.headers["x-amzn-requestid"]
    changes = [
        ("AdminCreateUser", {**pool, "Username": "new", "MessageAction": "SUPPRESS"}, "ok"),
        ("AdminSetUserPassword", {**pool, "Username": "new", "Password": PASSWORD, "Permanent": True}, "ok"),
        ("AdminDisableUser", {**pool, "Username": "new"}, "ok"),
        ("AdminUserGlobalSignOut", {**pool, "Username": "nobody"}, "UserNotFoundException"),
        ("AdminDeleteUser", {**pool, "Username": "new"}, "ok"),
    ]
    for operation, body, result in changes:
        lines = trail.call(operation, body, signed=True)
        assert [named(line, "audit", "result", "pool", "user", "byAccessKey") for line in lines] == [
            (operation, result, target.pool, body["Username"], target.key.id)
        ]
    client = trail.call("CreateUserPoolClient", {**pool, "ClientName": "c"}, signed=True)[0]["client"]
    gone = trail.call("DeleteUserPoolClient", {**pool, "ClientId": client}, signed=True)
    assert named(gone[0], "audit", "client", "result") == ("DeleteUserPoolClient", client, "ok")
    report("a line", json.dumps(gone[0]))
    for operation, body in [("AdminGetUser", {**pool, "Username": "user"}), ("ListUsers", pool), ("DescribeUserPool", pool)]:
        assert trail.call(operation, body, signed=True) == []
    unsigned = trail.call("AdminDeleteUser", {**pool, "Username": "user"})
    assert named(unsigned[0], "audit", "result", "byAccessKey", "user") == (
        "AdminDeleteUser", "MissingAuthenticationTokenException", None, None
    )


def test_users(trail, report):
    target = trail.target
    app = {"ClientId": target.app}
    headers = {"User-Agent": "app/1.0"}
    failed = trail.call("InitiateAuth", {**target.sign_in_body, "AuthParameters": {
        "USERNAME": "user", "PASSWORD": "Wrong-Horse-9"}}, headers)
    signed_in = trail.call("InitiateAuth", target.sign_in_body, headers)
    for lines, result in [(failed, "failed"), (signed_in, "succeeded")]:
        assert [named(line, "audit", "step", "result", "pool", "client", "user", "ip", "userAgent") for line in lines] == [
            ("SignIn", "USER_PASSWORD_AUTH", result, target.pool, target.app, "user", "127.0.0.1", "app/1.0")
        ]
    report("a sign-in", json.dumps(signed_in[0]))
    tokens = trail.response.json()["AuthenticationResult"]
    access = {"AccessToken": tokens["AccessToken"]}
    assert trail.call("GetUser", access) == []
    refreshed = trail.call("InitiateAuth", {
        **app, "AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": {"REFRESH_TOKEN": tokens["RefreshToken"]}})
    assert named(refreshed[0], "step", "result") == ("REFRESH_TOKEN_AUTH", "succeeded")
    changes = [
        ("ChangePassword", {**access, "PreviousPassword": PASSWORD, "ProposedPassword": NEW_PASSWORD}, "ok", "user"),
        ("RevokeToken", {**app, "Token": tokens["RefreshToken"]}, "ok", None),
        ("SignUp", {**app, "Username": "newcomer", "Password": PASSWORD}, "ok", "newcomer"),
        ("ConfirmSignUp", {**app, "Username": "newcomer", "ConfirmationCode": "135790"}, "ExpiredCodeException",
         "newcomer"),
        ("ConfirmForgotPassword", {**app, "Username": "user", "Password": PASSWORD, "ConfirmationCode": "1"},
         None, "user"),
    ]
    for operation, body, result, user in changes:
        lines = trail.call(operation, body)
        assert [named(line, "audit", "user", "pool") for line in lines] == [(operation, user, target.pool)]
        assert result is None or lines[0]["result"] == result, (operation, trail.response.text)
    tokens = trail.target.wire.call("InitiateAuth", {**target.sign_in_body, "AuthParameters": {
        "USERNAME": "user", "PASSWORD": NEW_PASSWORD}}).json()["AuthenticationResult"]
    out = trail.call("GlobalSignOut", {"AccessToken": tokens["AccessToken"]})
    assert named(out[0], "audit", "result", "user", "byUser") == ("GlobalSignOut", "ok", "user", "user")
    text = trail.path.read_text()
    assert target.server.secrets.found_in(text) == set()
    for secret in [PASSWORD, NEW_PASSWORD, "Wrong-Horse-9", "135790", tokens["AccessToken"], tokens["RefreshToken"]]:
        assert secret not in text


def test_nobody_writes_lines_of_their_own(trail, report):
    forged = '","result":"ok"}\n{"audit":"AdminDeleteUser"'
    name = "u\n\u2028\"\\" + "x" * 100_000
    body = {"ClientId": trail.target.app, "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": name, "PASSWORD": "p"}}
    lines = trail.call("InitiateAuth", body, {"User-Agent": forged.replace("\n", " ") + "y" * 8000})
    assert [line["audit"] for line in lines] == ["SignIn"]
    lines += trail.call("SignUp", {"ClientId": trail.target.app, "Username": forged, "Password": PASSWORD})
    assert len(lines) <= 2
    longest = max(len(line) for line in trail.path.read_text().split("\n"))
    report("100,000 characters of a name, 8,000 of an agent", f"the longest line has {longest} characters")
    assert longest < 1500


def test_the_file_is_its_owners_and_may_be_rotated(trail):
    assert os.stat(trail.path).st_mode & 0o777 == 0o600
    old = trail.path.with_suffix(".1")
    before = len(trail.path.read_text().split("\n"))
    trail.path.rename(old)
    trail.target.sign_in()
    time.sleep(1.1)
    trail.target.sign_in()
    fresh = trail.path.read_text().split("\n")[:-1]
    assert fresh and len(old.read_text().split("\n")) - before + len(fresh) == 2


def test_without_the_flag_there_is_none(target):
    marker = uuid.uuid4().hex
    target.wire.call("SignUp", {"ClientId": target.app, "Username": marker, "Password": PASSWORD})
    assert marker not in "\n".join(target.server.log)


def test_a_file_that_cannot_be_written(tmp_path):
    key = tmp_path / "key"
    key.touch(0o600)
    key.write_text("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
    command = [BINARY, "serve", "--database", f"sqlite:{tmp_path}/x.db", "--master-key", str(key),
               "--public-url", "https://a", "--port", "0", "--audit-log", f"{tmp_path}/nowhere/audit"]
    refused = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert refused.returncode == 1
    assert "can't write the audit log" in refused.stderr and "No such file" in refused.stderr
