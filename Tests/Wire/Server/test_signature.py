"""Signature Version 4, as botocore signs it, and what goes wrong with it."""

import datetime

import pytest
import requests
from botocore import auth

from support.errors import assert_refusal
from support.server import AccessKey

MISMATCH = (
    "InvalidSignatureException",
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
    "Key and signing method. Consult the service documentation for details.",
)
BODY = {"MaxResults": 1}


def send(request, **changes):
    """Sends a signed request, with headers or a body that were changed after it was signed."""
    headers = {**dict(request.headers), **changes.pop("headers", {})}
    headers = {name: value for name, value in headers.items() if value is not None}
    return requests.post(request.url, data=changes.get("body", request.body), headers=headers, timeout=10)


def test_a_right_signature(wire):
    response = wire.signed_call("ListUserPools", BODY)
    assert response.status_code == 200
    assert set(response.json()) <= {"UserPools", "NextToken"}


def test_no_signature(wire):
    response = wire.call("ListUserPools", BODY)
    assert_refusal(response, "MissingAuthenticationTokenException", "Missing Authentication Token")


def test_the_signature_is_asked_for_before_the_body_is_read(wire):
    response = wire.call("ListUserPools", b"{")
    assert_refusal(response, "MissingAuthenticationTokenException", "Missing Authentication Token")


def test_a_wrong_secret(wire, key):
    assert_refusal(wire.signed_call("ListUserPools", BODY, key=AccessKey(key.id, "x" * 40)), *MISMATCH)


def test_an_unknown_key(wire):
    unknown = AccessKey("AKIAABCDEFGHIJKLMNOP", "x" * 40)
    response = wire.signed_call("ListUserPools", BODY, key=unknown)
    message = "The security token included in the request is invalid."
    assert_refusal(response, "UnrecognizedClientException", message)


def test_a_revoked_key(server, wire):
    key = server.create_key()
    assert wire.signed_call("ListUserPools", BODY, key=key).status_code == 200
    assert server.keys("revoke", key.id) == f"revoked {key.id}\n"
    assert f"{key.id}\t000000000000\trevoked\twire tests" in server.keys("list")
    response = wire.signed_call("ListUserPools", BODY, key=key)
    message = "The security token included in the request is invalid."
    assert_refusal(response, "UnrecognizedClientException", message)


def test_a_scope_of_another_service(wire):
    response = wire.signed_call("ListUserPools", BODY, service="s3")
    message = "Credential should be scoped to correct service: 'cognito-idp'."
    assert_refusal(response, "InvalidSignatureException", message)


@pytest.mark.parametrize("body", [b'{"MaxResults": 2}', b""])
def test_a_tampered_body(wire, body):
    assert_refusal(send(wire.signed("ListUserPools", BODY), body=body), *MISMATCH)


def test_a_tampered_target(wire):
    request = wire.signed("ListUserPools", BODY)
    target = request.headers["X-Amz-Target"].replace("ListUserPools", "CreateUserPool")
    assert_refusal(send(request, headers={"X-Amz-Target": target}), *MISMATCH)


def test_an_amazon_header_that_is_not_signed(wire):
    assert_refusal(send(wire.signed("ListUserPools", BODY), headers={"X-Amz-Security-Token": "mine"}), *MISMATCH)


def test_a_signed_header_that_is_gone(wire):
    request = wire.signed("ListUserPools", BODY)
    assert "content-type" in request.headers["Authorization"]
    assert_refusal(send(request, headers={"Content-Type": None}), *MISMATCH)


def test_a_header_that_nobody_signs_may_change(wire):
    assert send(wire.signed("ListUserPools", BODY), headers={"User-Agent": "another"}).status_code == 200


def test_another_path(wire):
    request = wire.signed("ListUserPools", BODY)
    request.url += "?query=1"
    assert_refusal(send(request), *MISMATCH)


def at(monkeypatch, minutes):
    """Shifts botocore's clock."""
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    monkeypatch.setattr(auth, "get_current_datetime", lambda *_, **__: now.replace(tzinfo=None))
    return now.strftime("%Y%m%dT%H%M%SZ")


@pytest.mark.parametrize("minutes", [-4.5, 4.5])
def test_clocks_may_differ_a_little(monkeypatch, wire, minutes):
    at(monkeypatch, minutes)
    assert wire.signed_call("ListUserPools", BODY).status_code == 200


@pytest.mark.parametrize("minutes, beginning", [
    (-6, "Signature expired: {} is now earlier than "), (6, "Signature not yet current: {} is still later than "),
    (-60 * 24 * 365, "Signature expired: {} is now earlier than "),
])
def test_clocks_may_not_differ_more(monkeypatch, wire, minutes, beginning):
    time = at(monkeypatch, minutes)
    response = wire.signed_call("ListUserPools", BODY)
    assert response.json()["__type"] == "InvalidSignatureException"
    assert response.json()["message"].startswith(beginning.format(time))


def test_a_time_that_is_not_the_signed_one(wire):
    request = wire.signed("ListUserPools", BODY)
    time = request.headers["X-Amz-Date"]
    changed = time[:-2] + f"{(int(time[-2]) + 1) % 10}Z"
    assert_refusal(send(request, headers={"X-Amz-Date": changed}), *MISMATCH)


@pytest.mark.parametrize("authorization, message", [
    ("Bearer token", "Unsupported AWS 'algorithm': only AWS4-HMAC-SHA256 is supported."),
    ("AWS4-HMAC-SHA256 SignedHeaders=host, Signature=00", "Authorization header requires 'Credential' parameter."),
    ("AWS4-HMAC-SHA256 Credential=a/20260101/r/cognito-idp/aws4_request, SignedHeaders=host",
     "Authorization header requires 'Signature' parameter."),
    ("AWS4-HMAC-SHA256 Credential=a/20260101/r/cognito-idp/aws4_request, Signature=00",
     "Authorization header requires 'SignedHeaders' parameter."),
])
def test_a_header_that_is_incomplete(wire, authorization, message):
    response = wire.call("ListUserPools", BODY, {"Authorization": authorization})
    assert_refusal(response, "IncompleteSignatureException", message)


@pytest.mark.parametrize("credential", ["a", "a/20260101/r/cognito-idp", "/20260101/r/cognito-idp/aws4_request"])
def test_a_credential_that_is_incomplete(wire, credential):
    authorization = f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=00"
    response = wire.call("ListUserPools", BODY, {"Authorization": authorization})
    assert response.json()["__type"] == "IncompleteSignatureException"


def test_no_time(wire):
    request = wire.signed("ListUserPools", BODY)
    message = "Authorization header requires existence of a 'X-Amz-Date' header."
    assert_refusal(send(request, headers={"X-Amz-Date": None}), "IncompleteSignatureException", message)


def test_a_public_operation_ignores_signatures(wire, key):
    response = wire.signed_call("InitiateAuth", {"ClientId": "x"}, key=AccessKey(key.id, "wrong"))
    assert response.json()["__type"] == "InvalidParameterException"
