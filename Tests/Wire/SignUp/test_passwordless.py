"""Signing up without a password, and going on from ConfirmSignUp to a first sign-in."""

import pytest

from support.app import PASSWORD
from support.errors import refused


@pytest.fixture(scope="module")
def app(pool, client):
    return client(
        pool(
            UsernameAttributes=["email"], AutoVerifiedAttributes=["email"],
            Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}},
        ),
        ExplicitAuthFlows=["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
    )


@pytest.fixture
def email(name):
    return f"{name('less')}@example.com"


def confirm(app, email, code, session):
    return app.cognito.confirm_sign_up(
        ClientId=app.id, Username=email, ConfirmationCode=code, Session=session
    )["Session"]


def test_a_session_leads_from_sign_up_to_tokens(app, email, inbox):
    session = app.sign_up(email, attributes={})["Session"]
    session = confirm(app, email, inbox.code(email), session)
    answer = app.initiate("USER_AUTH", session, USERNAME=email)
    assert answer["AuthenticationResult"]["AccessToken"]


def test_the_session_serves_once(app, email, inbox):
    first = app.sign_up(email)["Session"]
    session = confirm(app, email, inbox.code(email), first)
    app.initiate("USER_AUTH", session, USERNAME=email)
    message = "Invalid session for the user, session can only be used once."
    with refused("NotAuthorizedException", message):
        app.initiate("USER_AUTH", session, USERNAME=email)


def test_the_session_of_sign_up_alone_signs_nobody_in(cognito, app, email):
    session = app.sign_up(email)["Session"]
    cognito.admin_confirm_sign_up(UserPoolId=app.pool, Username=email)
    with refused("NotAuthorizedException", "Invalid session for the user."):
        app.initiate("USER_AUTH", session, USERNAME=email)


def test_the_session_of_another_user(app, email, name, inbox):
    other = f"{name('less')}@example.com"
    app.sign_up(email)
    other_session = app.sign_up(other)["Session"]
    with refused("NotAuthorizedException", "Invalid session for the user."):
        confirm(app, email, inbox.code(email), other_session)
    session = confirm(app, other, inbox.code(other), other_session)
    with refused("NotAuthorizedException", "Invalid session for the user."):
        app.initiate("USER_AUTH", session, USERNAME=email)


def test_a_later_sign_in_is_by_code(app, email, inbox):
    session = app.sign_up(email)["Session"]
    confirm(app, email, inbox.code(email), session)
    answer = app.initiate("USER_AUTH", USERNAME=email)
    assert answer["ChallengeName"] == "SELECT_CHALLENGE"
    assert answer["AvailableChallenges"] == ["EMAIL_OTP"]
    answer = app.respond("SELECT_CHALLENGE", answer["Session"], USERNAME=email, ANSWER="EMAIL_OTP")
    assert answer["ChallengeName"] == "EMAIL_OTP"
    answer = app.respond("EMAIL_OTP", answer["Session"], USERNAME=email, EMAIL_OTP_CODE=inbox.code(email, 2))
    assert answer["AuthenticationResult"]


def test_no_password_fits_a_user_without_one(cognito, app, email):
    app.sign_up(email)
    cognito.admin_confirm_sign_up(UserPoolId=app.pool, Username=email)
    with refused("NotAuthorizedException", "Incorrect username or password."):
        app.sign_in(email, PASSWORD)


def test_a_client_without_user_auth_gets_no_session(client, app, email):
    assert "Session" not in client(app.pool).sign_up(email)
