"""What a user with an access token does: GetUser, GlobalSignOut."""

import pytest

from support.app import PASSWORD
from support.errors import UUID, assert_refusal


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool(
        UsernameAttributes=["email"], Schema=[{"Name": "apiSecret", "AttributeDataType": "String"}],
    ))


@pytest.fixture
def tokens(app, user, name):
    email = user(
        app.pool, f"{name('test')}@example.com", phone_number="+4915112345678",
        email_verified="false", phone_number_verified="false",
        **{"custom:apiSecret": "my-api-secret"},
    )
    return app.sign_in(email, PASSWORD)


def test_get_user(wire, tokens):
    body = wire.call("GetUser", {"AccessToken": tokens["AccessToken"]}).json()
    assert set(body) == {"UserAttributes", "Username"}
    assert UUID.fullmatch(body["Username"])
    attributes = {attribute["Name"]: attribute["Value"] for attribute in body["UserAttributes"]}
    assert attributes.pop("email").endswith("@example.com")
    assert attributes == {
        "sub": body["Username"], "email_verified": "false", "phone_number_verified": "false",
        "phone_number": "+4915112345678", "custom:apiSecret": "my-api-secret",
    }


def test_global_sign_out(wire, tokens):
    response = wire.call("GlobalSignOut", {"AccessToken": tokens["AccessToken"]})
    assert (response.status_code, response.json()) == (200, {})
    for operation in ("GetUser", "GlobalSignOut"):
        response = wire.call(operation, {"AccessToken": tokens["AccessToken"]})
        assert_refusal(response, "NotAuthorizedException", "Access Token has been revoked")


def test_an_invalid_access_token(wire, tokens):
    response = wire.call("GetUser", {"AccessToken": tokens["AccessToken"][:-10]})
    assert_refusal(response, "NotAuthorizedException", "Invalid Access Token")
