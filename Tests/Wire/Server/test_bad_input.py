"""What no client sends: malformed, mistyped, oversized. Never a 500."""

import json

import pytest
import requests

from support.errors import assert_refusal
from support.wire import PREFIX


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool())


@pytest.mark.parametrize("body", [
    b"{", b"}", b"not json", b'{"ClientId":}', b'{"ClientId":"a"', b"{'ClientId':'a'}",
    b'{"ClientId":"\xff"}', b"\x00", b'{"ClientId":"\\ud800"}', b"[" * 5000, b'{"a":' * 5000,
    b'{"ClientId":"a"}{"ClientId":"a"}',
], ids=lambda body: repr(body[:20]))
def test_what_is_not_json(wire, body):
    response = wire.call("InitiateAuth", body)
    assert_refusal(response, "SerializationException", "Unable to parse the request body as JSON")


@pytest.mark.parametrize("body, message", [
    ({"ClientId": 1}, "NUMBER_VALUE can not be converted to a String"),
    ({"ClientId": True}, "TRUE_VALUE can not be converted to a String"),
    ({"ClientId": []}, "Start of list found where not expected"),
    ({"ClientId": {}}, "Start of structure or map found where not expected."),
    ({"AuthParameters": "x"}, "Expected map or null"),
    ({"AuthParameters": []}, "Expected map or null"),
])
def test_values_of_another_type(wire, body, message):
    assert_refusal(wire.call("InitiateAuth", body), "SerializationException", message)


@pytest.mark.parametrize("body, message", [
    ({"UserAttributes": "x"}, "Expected list or null"),
    ({"UserAttributes": {}}, "Expected list or null"),
])
def test_lists_of_another_type(wire, body, message):
    assert_refusal(wire.call("SignUp", body), "SerializationException", message)


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"1", b"null", b"true"])
def test_a_body_that_is_no_object(wire, body):
    response = wire.call("InitiateAuth", body)
    assert (response.status_code, response.json()["__type"]) == (400, "SerializationException")


@pytest.mark.parametrize("body", [b"", b"{}", b" {} ", b'{"ClientId":null}'])
def test_a_body_without_members(wire, body):
    message = (
        "2 validation errors detected: Value null at 'authFlow' failed to satisfy constraint: "
        "Member must not be null; Value at 'clientId' failed to satisfy constraint: Member must not be null"
    )
    assert_refusal(wire.call("InitiateAuth", body), "InvalidParameterException", message)


def test_members_that_the_model_does_not_know_are_ignored(wire, app):
    response = wire.call("ForgotPassword", {"ClientId": app.id, "Username": "nobody", "Unknown": {"a": [1, 2]}})
    assert response.json()["__type"] == "UserNotFoundException"


def test_shapes_are_checked_before_anything_is_looked_up(wire):
    response = wire.call("ForgotPassword", {"ClientId": "unknown", "Username": ""})
    assert response.json()["__type"] == "InvalidParameterException"
    assert "at 'username' failed to satisfy constraint" in response.json()["message"]


@pytest.mark.parametrize("pool, complaint", [
    ("nowhere", r"Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+"),
    ("us-east-1_" + "a" * 46, "Member must have length less than or equal to 55"),
])
def test_a_pool_id_that_is_none(wire, pool, complaint):
    message = (
        f"1 validation error detected: Value '{pool}' at 'userPoolId' failed to satisfy constraint: {complaint}"
    )
    response = wire.signed_call("DescribeUserPool", {"UserPoolId": pool})
    assert_refusal(response, "InvalidParameterException", message)


def test_a_target_that_is_missing(wire):
    response = requests.post(wire.url, data=b"{}", timeout=10)
    assert_refusal(response, "UnknownOperationException", "X-Amz-Target is missing.")


@pytest.mark.parametrize("target, named", [
    ("InitiateAuth", "InitiateAuth"), ("AnotherService.InitiateAuth", "AnotherService.InitiateAuth"),
    (f"{PREFIX}.Nothing", "Nothing"), (f"{PREFIX}.initiateAuth", "initiateAuth"),
])
def test_a_target_that_is_unknown(wire, target, named):
    response = wire.call("", {}, {"X-Amz-Target": target})
    assert_refusal(response, "UnknownOperationException", f"Unknown operation {named}.")


@pytest.mark.parametrize("target, name", [
    ("AWSCognitoIdentityService.GetId", "GetId"), ("AWSCognitoIdentityService.CreateIdentityPool", "CreateIdentityPool"),
])
def test_an_operation_that_is_not_built(wire, target, name):
    response = wire.call("", {}, {"X-Amz-Target": target})
    assert_refusal(response, "UnknownOperationException", f"Martlet doesn't support {name} yet.")


def test_a_body_that_is_too_large(wire):
    response = wire.call("InitiateAuth", json.dumps({"ClientId": "a" * (2 << 20)}).encode())
    assert response.status_code == 413
    assert response.json()["__type"] == "RequestEntityTooLargeException"


def test_a_body_that_is_just_not_too_large(wire):
    padding = " " * ((2 << 20) - 2)
    response = wire.call("InitiateAuth", f"{{}}{padding}".encode())
    assert response.json()["__type"] == "InvalidParameterException"


@pytest.mark.parametrize("text", ["\0", "a\0b"])
def test_a_text_that_no_database_keeps(wire, app, text):
    response = wire.call("SignUp", {
        "ClientId": app.id, "Username": "nul", "Password": "Correct-Horse-7",
        "UserAttributes": [{"Name": "given_name", "Value": text}],
    })
    assert (response.status_code, response.json()["__type"]) == (400, "InvalidParameterException")


@pytest.mark.parametrize("text", ["'; drop table users; --", "😀 e\u0301 \u202e", "\\u0000", "{####}", "%s %n", "<b>"])
def test_a_text_that_means_something_elsewhere(cognito, app, user, text):
    username = user(app.pool, given_name=text)
    shown = cognito.admin_get_user(UserPoolId=app.pool, Username=username)["UserAttributes"]
    assert {"Name": "given_name", "Value": text} in shown


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
def test_other_methods(wire, method):
    assert requests.request(method, wire.url + "/", timeout=10).status_code == 404


@pytest.mark.parametrize("path", ["/nothing", "/_martlet/nothing", "//", "/../etc/passwd", "/%00"])
def test_other_paths(server, path):
    assert server.get(path).status_code == 404
