"""The form of every exchange: headers, error envelope, cross-origin rules."""

import subprocess

import pytest
import requests

from support.app import PASSWORD
from support.errors import UUID, assert_cross_origin, assert_refusal


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool())


def test_a_success_carries_a_request_id_and_cross_origin_headers(wire, app, user):
    username = user(app.pool)
    response = wire.call("InitiateAuth", {
        "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": app.id,
        "AuthParameters": {"USERNAME": username, "PASSWORD": PASSWORD},
    })
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/x-amz-json-1.1"
    assert UUID.fullmatch(response.headers["x-amzn-requestid"])
    assert "x-amzn-errortype" not in response.headers
    assert_cross_origin(response)


def test_an_error_says_its_type_and_message_in_headers_and_body(wire, app):
    response = wire.call("InitiateAuth", {
        "AuthFlow": "USER_PASSWORD_AUTH", "ClientId": app.id,
        "AuthParameters": {"USERNAME": "nobody", "PASSWORD": PASSWORD},
    })
    assert_refusal(response, "UserNotFoundException", "User does not exist.")


def test_a_header_is_one_line_where_the_message_ends_in_a_line_break(wire, pool, client):
    app = client(pool(Schema=[{"Name": "given_name", "Required": True}]))
    response = wire.call("SignUp", {"ClientId": app.id, "Username": "ada", "Password": PASSWORD})
    message = "Attributes did not conform to the schema: given_name: The attribute is required"
    assert response.json() == {"__type": "InvalidParameterException", "message": message + "\n"}
    assert response.headers["x-amzn-errormessage"] == message


def test_every_request_has_an_id_of_its_own(wire):
    ids = {wire.call("InitiateAuth").headers["x-amzn-requestid"] for _ in range(3)}
    assert len(ids) == 3


def test_a_browser_may_ask_first(wire):
    response = requests.options(wire.url + "/", timeout=10, headers={
        "Origin": "https://app.example.com", "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,x-amz-target,x-amz-user-agent",
    })
    assert response.status_code == 200
    assert response.content == b""
    assert "POST" in response.headers["access-control-allow-methods"]
    assert response.headers["access-control-allow-headers"] == "content-type,x-amz-target,x-amz-user-agent"
    assert response.headers["access-control-max-age"] == "172800"
    assert_cross_origin(response)


def test_curl_needs_no_signature_for_a_public_operation(wire, app, user):
    username = user(app.pool)
    body = (
        f'{{"AuthFlow":"USER_PASSWORD_AUTH","ClientId":"{app.id}",'
        f'"AuthParameters":{{"USERNAME":"{username}","PASSWORD":"{PASSWORD}"}}}}'
    )
    answer = subprocess.run(
        ["curl", "--silent", "--show-error", "--fail-with-body", "-X", "POST", wire.url,
         "-H", "Content-Type: application/x-amz-json-1.1",
         "-H", "X-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth", "-d", body],
        capture_output=True, text=True, check=True,
    ).stdout
    assert answer.startswith('{"ChallengeParameters":{},"AuthenticationResult":{"AccessToken":"')
