"""VerifyUserAttribute and GetUserAttributeVerificationCode."""

import pytest

from support.app import PASSWORD, pairs, values
from support.errors import refused


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool(AutoVerifiedAttributes=["email"], AliasAttributes=["email"]))


@pytest.fixture
def signed_in(app, user, name):
    """A user with a verified address, the address, and an access token."""
    username, email = name(), f"{name('verify')}@example.com"
    user(app.pool, username, email=email, email_verified="true")
    return username, email, app.sign_in(username, PASSWORD)["AccessToken"]


def attributes(cognito, token):
    return values(cognito.get_user(AccessToken=token)["UserAttributes"])


def test_a_changed_address_is_verified_by_its_code(cognito, app, inbox, name, signed_in):
    username, email, token = signed_in
    new = f"{name('verify')}@example.com"
    answer = cognito.update_user_attributes(AccessToken=token, UserAttributes=pairs({"email": new}))
    assert answer["CodeDeliveryDetailsList"] == [
        {"Destination": "v***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
    ]
    assert attributes(cognito, token)["email_verified"] == "false"
    code = inbox.code(new)
    wrong = f"{(int(code) + 1) % 1000000:06d}"
    with refused("CodeMismatchException", "Invalid verification code provided, please try again."):
        cognito.verify_user_attribute(AccessToken=token, AttributeName="email", Code=wrong)
    cognito.verify_user_attribute(AccessToken=token, AttributeName="email", Code=code)
    assert attributes(cognito, token)["email_verified"] == "true"
    assert app.sign_in(new, PASSWORD)
    with refused("ExpiredCodeException", "Invalid code provided, please request a code again."):
        cognito.verify_user_attribute(AccessToken=token, AttributeName="email", Code=code)


def test_a_value_waits_until_it_is_verified(cognito, pool, client, user, inbox, name):
    app = client(pool(
        AutoVerifiedAttributes=["email"],
        UserAttributeUpdateSettings={"AttributesRequireVerificationBeforeUpdate": ["email"]},
    ))
    old, new = f"{name('old')}@example.com", f"{name('new')}@example.com"
    username = user(app.pool, email=old, email_verified="true")
    token = app.sign_in(username, PASSWORD)["AccessToken"]
    cognito.update_user_attributes(AccessToken=token, UserAttributes=pairs({"email": new}))
    assert (attributes(cognito, token)["email"], attributes(cognito, token)["email_verified"]) == (old, "true")
    cognito.verify_user_attribute(AccessToken=token, AttributeName="email", Code=inbox.code(new))
    assert (attributes(cognito, token)["email"], attributes(cognito, token)["email_verified"]) == (new, "true")


def test_a_code_on_demand(cognito, inbox, signed_in):
    _, email, token = signed_in
    answer = cognito.get_user_attribute_verification_code(AccessToken=token, AttributeName="email")
    details = answer["CodeDeliveryDetails"]
    assert details == {"Destination": "v***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
    cognito.verify_user_attribute(AccessToken=token, AttributeName="email", Code=inbox.code(email))
    for _ in range(4):
        cognito.get_user_attribute_verification_code(AccessToken=token, AttributeName="email")
    with refused("LimitExceededException", "Attempt limit exceeded, please try after some time."):
        cognito.get_user_attribute_verification_code(AccessToken=token, AttributeName="email")


def test_what_cannot_be_verified(cognito, signed_in):
    token = signed_in[2]
    with refused("InvalidParameterException", "name can't be verified by a code."):
        cognito.get_user_attribute_verification_code(AccessToken=token, AttributeName="name")
    with refused("InvalidParameterException", "User has no phone_number to verify."):
        cognito.get_user_attribute_verification_code(AccessToken=token, AttributeName="phone_number")
    with refused("NotAuthorizedException", "Invalid Access Token"):
        cognito.verify_user_attribute(AccessToken="a.b.c", AttributeName="email", Code="123456")
