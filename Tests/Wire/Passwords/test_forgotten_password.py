"""ForgotPassword and ConfirmForgotPassword."""

import pytest

from support.app import PASSWORD
from support.errors import refused

NEW = "New-Horse-77"
MISMATCH = ("CodeMismatchException", "Invalid verification code provided, please try again.")
EXPIRED = ("ExpiredCodeException", "Invalid code provided, please request a code again.")
LIMIT = ("LimitExceededException", "Attempt limit exceeded, please try after some time.")


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool(AliasAttributes=["email"]))


@pytest.fixture
def forgetful(app, user, name):
    """A user with a verified address: name and address."""
    email = f"{name('for')}@example.com"
    return user(app.pool, email=email, email_verified="true"), email


def forgot(app, username, **options):
    return app.cognito.forgot_password(ClientId=app.id, Username=username, **options)["CodeDeliveryDetails"]


def confirm(app, username, code, password=NEW, **options):
    return app.cognito.confirm_forgot_password(
        ClientId=app.id, Username=username, ConfirmationCode=code, Password=password, **options
    )


def other_than(code):
    return f"{(int(code) + 1) % 1000000:06}"


def test_by_name_and_by_alias(app, forgetful, inbox):
    username, email = forgetful
    forgot(app, email)
    confirm(app, username, inbox.code(email))
    assert app.sign_in(username, NEW)


def test_a_code_serves_once(app, forgetful, inbox):
    username, email = forgetful
    forgot(app, username)
    confirm(app, username, inbox.code(email))
    with refused(*EXPIRED):
        confirm(app, username, inbox.code(email))


def test_a_new_code_voids_the_earlier(app, forgetful, inbox):
    username, email = forgetful
    forgot(app, username)
    first = inbox.code(email)
    forgot(app, username)
    second = inbox.code(email, 2)
    if first != second:
        with refused(*MISMATCH):
            confirm(app, username, first)
    confirm(app, username, second)


def test_no_code_was_requested(app, forgetful):
    with refused(*EXPIRED):
        confirm(app, forgetful[0], "123456")


def test_the_code_of_sign_up_resets_nothing(pool, client, name, inbox):
    app = client(pool(AutoVerifiedAttributes=["email"]))
    username, email = name(), f"{name('for')}@example.com"
    app.sign_up(username, PASSWORD, {"email": email})
    with refused(*EXPIRED):
        confirm(app, username, inbox.code(email))


def test_a_password_that_does_not_conform_leaves_the_code(app, forgetful, inbox):
    username, email = forgetful
    forgot(app, username)
    with refused("InvalidPasswordException", "Password did not conform with policy: Password not long enough"):
        confirm(app, username, inbox.code(email), "Ab1!xyz")
    confirm(app, username, inbox.code(email))


def test_requests_are_limited(app, forgetful):
    for _ in range(5):
        forgot(app, forgetful[0])
    with refused(*LIMIT):
        forgot(app, forgetful[0])


def test_attempts_are_limited(app, forgetful, inbox):
    username, email = forgetful
    forgot(app, username)
    code = inbox.code(email)
    for _ in range(15):
        with refused(*MISMATCH):
            confirm(app, username, other_than(code))
    with refused(*LIMIT):
        confirm(app, username, code)


def test_without_a_setting_the_telephone_comes_first(app, user, inbox):
    username = user(
        app.pool, email="for@example.com", email_verified="true", phone_number="+15550106666",
        phone_number_verified="true",
    )
    assert forgot(app, username)["DeliveryMedium"] == "SMS"
    assert inbox.wait("+15550106666")["Channel"] == "SMS"


@pytest.mark.parametrize("names, medium", [
    (["verified_email", "verified_phone_number"], "EMAIL"), (["verified_phone_number", "verified_email"], "SMS"),
    (["verified_email"], "EMAIL"),
])
def test_the_pool_may_set_the_order(pool, client, user, names, medium):
    mechanisms = [{"Name": name, "Priority": priority} for priority, name in enumerate(names, 1)]
    app = client(pool(AccountRecoverySetting={"RecoveryMechanisms": mechanisms}))
    username = user(
        app.pool, email="for@example.com", email_verified="true", phone_number="+15550107777",
        phone_number_verified="true",
    )
    assert forgot(app, username)["DeliveryMedium"] == medium


def test_a_pool_can_leave_recovery_to_administrators(pool, client, user):
    mechanisms = [{"Name": "admin_only", "Priority": 1}]
    app = client(pool(AccountRecoverySetting={"RecoveryMechanisms": mechanisms}))
    username = user(app.pool, email="for@example.com", email_verified="true")
    with refused("NotAuthorizedException", "Contact administrator to reset password."):
        forgot(app, username)


def test_a_user_who_never_signed_in(cognito, app, name):
    username = name()
    cognito.admin_create_user(UserPoolId=app.pool, Username=username, MessageAction="SUPPRESS")
    with refused("NotAuthorizedException", "User password cannot be reset in the current state."):
        forgot(app, username)


def test_a_disabled_user(cognito, app, forgetful):
    cognito.admin_disable_user(UserPoolId=app.pool, Username=forgetful[0])
    with refused("NotAuthorizedException", "User is disabled."):
        forgot(app, forgetful[0])


def test_an_unknown_user(app):
    message = "Username/client id combination not found."
    with refused("UserNotFoundException", message):
        forgot(app, "nobody")
    with refused("UserNotFoundException", message):
        confirm(app, "nobody", "123456")


def test_a_client_with_a_secret(client, app, forgetful, inbox):
    secretive = client(app.pool, GenerateSecret=True)
    username, email = forgetful
    message = f"Client {secretive.id} is configured with secret but SECRET_HASH was not received"
    with refused("NotAuthorizedException", message):
        forgot(secretive, username)
    hash = secretive.secret_hash(username)
    forgot(secretive, username, SecretHash=hash)
    with refused("NotAuthorizedException", f"Unable to verify secret hash for client {secretive.id}"):
        confirm(secretive, username, inbox.code(email), SecretHash=hash[::-1])
    confirm(secretive, username, inbox.code(email), SecretHash=hash)


def test_the_password_history_holds_here_too(pool, client, user, name, inbox):
    app = client(pool(Policies={"PasswordPolicy": {"MinimumLength": 6, "PasswordHistorySize": 1}}))
    email = f"{name('for')}@example.com"
    username = user(app.pool, email=email, email_verified="true")
    forgot(app, username)
    with refused("PasswordHistoryPolicyViolationException", "Password has previously been used"):
        confirm(app, username, inbox.code(email), PASSWORD)
