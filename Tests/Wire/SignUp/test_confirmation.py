"""ConfirmSignUp, ResendConfirmationCode, AdminConfirmSignUp."""

import pytest

from support.app import PASSWORD, values
from support.errors import refused

MISMATCH = ("CodeMismatchException", "Invalid verification code provided, please try again.")
EXPIRED = ("ExpiredCodeException", "Invalid code provided, please request a code again.")
LIMIT = ("LimitExceededException", "Attempt limit exceeded, please try after some time.")


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool(AutoVerifiedAttributes=["email"]))


@pytest.fixture
def signed_up(app, name):
    """A user who isn't confirmed: name and address."""
    username = name()
    email = f"{username}@example.com"
    app.sign_up(username, PASSWORD, {"email": email})
    return username, email


def confirm(app, username, code, **options):
    return app.cognito.confirm_sign_up(ClientId=app.id, Username=username, ConfirmationCode=code, **options)


def other_than(code):
    return f"{(int(code) + 1) % 1000000:06}"


def test_the_code_confirms_user_and_address(cognito, app, signed_up, inbox):
    username, email = signed_up
    answer = confirm(app, username, inbox.code(email))
    answer.pop("ResponseMetadata")
    assert answer == {}
    shown = cognito.admin_get_user(UserPoolId=app.pool, Username=username)
    assert shown["UserStatus"] == "CONFIRMED"
    assert values(shown["UserAttributes"])["email_verified"] == "true"
    assert app.sign_in(username, PASSWORD)


def test_a_confirmed_user_cannot_be_confirmed(cognito, app, signed_up, inbox):
    username, email = signed_up
    code = inbox.code(email)
    confirm(app, username, code)
    message = "User cannot be confirmed. Current status is CONFIRMED"
    with refused("NotAuthorizedException", message):
        confirm(app, username, code)
    with refused("NotAuthorizedException", message):
        cognito.admin_confirm_sign_up(UserPoolId=app.pool, Username=username)
    with refused("InvalidParameterException", "User is already confirmed."):
        cognito.resend_confirmation_code(ClientId=app.id, Username=username)


def test_a_wrong_code_can_be_put_right(app, signed_up, inbox):
    username, email = signed_up
    code = inbox.code(email)
    with refused(*MISMATCH):
        confirm(app, username, other_than(code))
    confirm(app, username, code)


def test_a_resent_code_voids_the_earlier(app, signed_up, inbox):
    username, email = signed_up
    first = inbox.code(email)
    answer = app.cognito.resend_confirmation_code(ClientId=app.id, Username=username)
    assert answer["CodeDeliveryDetails"] == {
        "AttributeName": "email", "DeliveryMedium": "EMAIL", "Destination": f"{email[0]}***@e***",
    }
    second = inbox.code(email, 2)
    if first != second:
        with refused(*MISMATCH):
            confirm(app, username, first)
    confirm(app, username, second)


def test_no_code_was_ever_sent(app, name):
    username = name()
    app.sign_up(username, PASSWORD)
    with refused(*EXPIRED):
        confirm(app, username, "123456")


def test_attempts_are_limited(app, signed_up, inbox):
    username, email = signed_up
    code = inbox.code(email)
    for _ in range(15):
        with refused(*MISMATCH):
            confirm(app, username, other_than(code))
    with refused(*LIMIT):
        confirm(app, username, code)


def test_resending_is_limited(app, signed_up, inbox):
    username, email = signed_up
    for _ in range(5):
        app.cognito.resend_confirmation_code(ClientId=app.id, Username=username)
    with refused(*LIMIT):
        app.cognito.resend_confirmation_code(ClientId=app.id, Username=username)
    inbox.wait(email, 6)
    assert len(inbox.to(email)) == 6


def test_an_administrator_confirms_without_a_code(cognito, app, signed_up):
    username = signed_up[0]
    cognito.admin_confirm_sign_up(UserPoolId=app.pool, Username=username)
    shown = cognito.admin_get_user(UserPoolId=app.pool, Username=username)
    assert shown["UserStatus"] == "CONFIRMED"
    assert values(shown["UserAttributes"])["email_verified"] == "false"


def test_an_unknown_user(cognito, app):
    message = "Username/client id combination not found."
    with refused("UserNotFoundException", message):
        confirm(app, "nobody", "123456")
    with refused("UserNotFoundException", message):
        cognito.resend_confirmation_code(ClientId=app.id, Username="nobody")
    with refused("UserNotFoundException", "User does not exist."):
        cognito.admin_confirm_sign_up(UserPoolId=app.pool, Username="nobody")


def test_a_code_that_is_no_code(app, signed_up):
    with refused("InvalidParameterException", (
        "1 validation error detected: Value 'no code' at 'confirmationCode' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: [\S]+"
    )):
        confirm(app, signed_up[0], "no code")


def test_a_pool_that_verifies_nothing_has_no_code_to_resend(cognito, pool, client, name):
    app = client(pool())
    username = name()
    app.sign_up(username, PASSWORD, {"email": "ada@example.com"})
    with refused("InvalidParameterException", "Cannot resend codes. Auto verification not turned on."):
        cognito.resend_confirmation_code(ClientId=app.id, Username=username)
