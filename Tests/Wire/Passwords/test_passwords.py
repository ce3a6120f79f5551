"""AdminSetUserPassword, ChangePassword and the password history."""

import pytest

from support.app import PASSWORD
from support.errors import refused

NEW = "New-Horse-77"
LIMIT = ("LimitExceededException", "Attempt limit exceeded, please try after some time.")
WRONG = ("NotAuthorizedException", "Incorrect username or password.")


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool())


def set_password(app, username, password, permanent):
    return app.cognito.admin_set_user_password(
        UserPoolId=app.pool, Username=username, Password=password, Permanent=permanent
    )


def change(app, token, proposed, **previous):
    return app.cognito.change_password(AccessToken=token, ProposedPassword=proposed, **previous)


def status(app, username):
    return app.cognito.admin_get_user(UserPoolId=app.pool, Username=username)["UserStatus"]


def test_a_permanent_password(app, user):
    username = user(app.pool)
    set_password(app, username, NEW, True)
    assert status(app, username) == "CONFIRMED"
    assert app.sign_in(username, NEW)
    with refused(*WRONG):
        app.sign_in(username, PASSWORD)


def test_a_temporary_password(app, user):
    username = user(app.pool)
    set_password(app, username, NEW, False)
    assert status(app, username) == "FORCE_CHANGE_PASSWORD"
    answer = app.initiate("USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=NEW)
    assert answer["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_a_permanent_password_confirms_who_signed_up(app, name):
    username = name()
    app.sign_up(username, PASSWORD)
    set_password(app, username, NEW, True)
    assert app.sign_in(username, NEW)


def test_an_administrators_password_must_conform_too(app, user):
    with refused("InvalidPasswordException", "Password did not conform with policy: Password not long enough"):
        set_password(app, user(app.pool), "Ab1!xyz", True)
    with refused("UserNotFoundException", "User does not exist."):
        set_password(app, "nobody", NEW, True)


def test_a_user_changes_their_password(app, user):
    username = user(app.pool)
    token = app.sign_in(username, PASSWORD)["AccessToken"]
    answer = change(app, token, NEW, PreviousPassword=PASSWORD)
    answer.pop("ResponseMetadata")
    assert answer == {}
    assert app.sign_in(username, NEW)
    with refused(*WRONG):
        app.sign_in(username, PASSWORD)


def test_only_who_knows_the_old_one(app, user):
    token = app.sign_in(user(app.pool), PASSWORD)["AccessToken"]
    with refused(*WRONG):
        change(app, token, NEW, PreviousPassword="Wrong-Horse-7")
    with refused("InvalidParameterException", "Missing required parameter PreviousPassword"):
        change(app, token, NEW)
    with refused("InvalidPasswordException", "Password did not conform with policy: Password not long enough"):
        change(app, token, "Ab1!xyz", PreviousPassword=PASSWORD)
    with refused("NotAuthorizedException", "Invalid Access Token"):
        change(app, "not.a.token", NEW, PreviousPassword=PASSWORD)


def test_changing_is_limited(app, user):
    token = app.sign_in(user(app.pool), PASSWORD)["AccessToken"]
    for _ in range(5):
        with refused(*WRONG):
            change(app, token, NEW, PreviousPassword="Wrong-Horse-7")
    with refused(*LIMIT):
        change(app, token, NEW, PreviousPassword=PASSWORD)


def test_the_history(pool, client, user):
    app = client(pool(Policies={"PasswordPolicy": {"MinimumLength": 6, "PasswordHistorySize": 2}}))
    used = ("PasswordHistoryPolicyViolationException", "Password has previously been used")
    username = user(app.pool, password="first-1")
    token = app.sign_in(username, "first-1")["AccessToken"]
    with refused(*used):
        change(app, token, "first-1", PreviousPassword="first-1")
    change(app, token, "second-2", PreviousPassword="first-1")
    with refused(*used):
        change(app, token, "first-1", PreviousPassword="second-2")
    with refused(*used):
        set_password(app, username, "first-1", True)
    change(app, token, "third-3", PreviousPassword="second-2")
    change(app, token, "first-1", PreviousPassword="third-3")
    assert app.sign_in(username, "first-1")


def test_without_a_history_any_password_will_do(app, user):
    token = app.sign_in(user(app.pool), PASSWORD)["AccessToken"]
    change(app, token, PASSWORD, PreviousPassword=PASSWORD)


def test_a_user_without_a_password_sets_one(cognito, pool, client, name, inbox):
    app = client(
        pool(
            UsernameAttributes=["email"], AutoVerifiedAttributes=["email"],
            Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}},
        ),
        ExplicitAuthFlows=["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
    )
    email = f"{name('none')}@example.com"
    session = app.sign_up(email)["Session"]
    session = cognito.confirm_sign_up(
        ClientId=app.id, Username=email, ConfirmationCode=inbox.code(email), Session=session
    )["Session"]
    tokens = app.initiate("USER_AUTH", session, USERNAME=email)["AuthenticationResult"]
    change(app, tokens["AccessToken"], NEW)
    assert app.sign_in(email, NEW)
