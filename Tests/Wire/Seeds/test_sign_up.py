"""Signing up where the username is a mail address."""

import pytest

from support.app import PASSWORD, values
from support.errors import UUID, assert_refusal, refused


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool(
        UsernameAttributes=["email"], AutoVerifiedAttributes=["email"],
        Schema=[{"Name": "apiSecret", "AttributeDataType": "String"}],
    ))


@pytest.fixture
def email(name):
    return f"{name('test')}@example.com"


def test_a_username_must_be_a_mail_address(app):
    with refused("InvalidParameterException", "Username should be an email."):
        app.sign_up("ada", PASSWORD)


@pytest.mark.parametrize("password, complaint", [
    ("Ab1!xyz", "Password not long enough"),
    ("lower-case-7", "Password must have uppercase characters"),
    ("UPPER-CASE-7", "Password must have lowercase characters"),
    ("No-Digits-Here", "Password must have numeric characters"),
    ("NoSymbols77", "Password must have symbol characters"),
])
def test_a_password_must_conform(app, email, password, complaint):
    with refused("InvalidPasswordException", f"Password did not conform with policy: {complaint}"):
        app.sign_up(email, password)


def test_success(wire, app, email):
    response = wire.call("SignUp", {
        "ClientId": app.id, "Username": email, "Password": PASSWORD,
        "UserAttributes": [{"Name": "custom:apiSecret", "Value": "my-api-secret"}],
    })
    body = response.json()
    assert UUID.fullmatch(body.pop("UserSub"))
    assert body == {
        "CodeDeliveryDetails": {"AttributeName": "email", "DeliveryMedium": "EMAIL", "Destination": "t***@e***"},
        "UserConfirmed": False,
    }


def test_a_taken_address(app, email):
    app.sign_up(email, PASSWORD)
    with refused("UsernameExistsException", "An account with the given email already exists."):
        app.sign_up(email, PASSWORD)


def test_an_attribute_that_the_client_may_not_write(client, app, email, wire):
    narrow = client(app.pool, WriteAttributes=["email"])
    response = wire.call("SignUp", {
        "ClientId": narrow.id, "Username": email, "Password": PASSWORD,
        "UserAttributes": [{"Name": "custom:apiSecret", "Value": "mine"}],
    })
    assert_refusal(response, "NotAuthorizedException", "A client attempted to write unauthorized attribute")


def test_the_username_is_the_sub(cognito, app, email):
    sub = app.sign_up(email, PASSWORD)["UserSub"]
    shown = cognito.admin_get_user(UserPoolId=app.pool, Username=email)
    assert shown["Username"] == sub
    assert values(shown["UserAttributes"]) == {"sub": sub, "email": email, "email_verified": "false"}
