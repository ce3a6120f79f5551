"""A forgotten password, from the code to the new one."""

import pytest

from support.app import PASSWORD
from support.errors import refused


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool(UsernameAttributes=["email"], AutoVerifiedAttributes=["email"]))


def test_a_code_resets_the_password(wire, app, user, name, inbox):
    email = user(app.pool, f"{name('test')}@example.com", email_verified="true")
    response = wire.call("ForgotPassword", {"ClientId": app.id, "Username": email})
    assert response.json() == {
        "CodeDeliveryDetails": {"Destination": "t***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"},
    }
    response = wire.call("ConfirmForgotPassword", {
        "ClientId": app.id, "Username": email, "ConfirmationCode": inbox.code(email), "Password": "New-Horse-77",
    })
    assert (response.status_code, response.json()) == (200, {})
    assert app.sign_in(email, "New-Horse-77")
    with refused("NotAuthorizedException", "Incorrect username or password."):
        app.sign_in(email, PASSWORD)


def test_a_user_without_a_verified_address_is_refused(cognito, app, user, name):
    email = user(app.pool, f"{name('test')}@example.com")
    message = "Cannot reset password for the user as there is no registered/verified email or phone_number"
    with refused("InvalidParameterException", message):
        cognito.forgot_password(ClientId=app.id, Username=email)
