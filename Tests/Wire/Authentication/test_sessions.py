"""A challenge's Session: bound to pool, client, user and challenge, and good for once."""

import base64

import pytest

from support.app import PASSWORD
from support.errors import refused

INVALID = ("NotAuthorizedException", "Invalid session for the user.")
USED = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool(), ExplicitAuthFlows=["ALLOW_USER_AUTH"])


@pytest.fixture
def username(app, user):
    return user(app.pool)


def begin(app, username):
    return app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="PASSWORD")["Session"]


def answer(app, session, username):
    return app.respond("PASSWORD", session, USERNAME=username, PASSWORD=PASSWORD)


def flipped(session):
    data = bytearray(base64.urlsafe_b64decode(session + "=" * (-len(session) % 4)))
    data[len(data) // 2] ^= 1
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def test_it_serves_once(app, username):
    session = begin(app, username)
    answer(app, session, username)
    with refused(*USED):
        answer(app, session, username)


@pytest.mark.parametrize("tamper", [
    flipped, lambda session: session[:-4], lambda session: session + "AAAA", lambda session: "A" * 40,
    lambda session: "not a session at all",
], ids=["flipped", "truncated", "longer", "made up", "text"])
def test_a_tampered_session(app, username, tamper):
    with refused(*INVALID):
        answer(app, tamper(begin(app, username)), username)


def test_a_session_that_is_too_short(app, username):
    with refused("InvalidParameterException", (
        "1 validation error detected: Value at 'session' failed to satisfy constraint: "
        "Member must have length greater than or equal to 20"
    )):
        answer(app, "short", username)


def test_a_session_of_another_client(client, app, username):
    other = client(app.pool, ExplicitAuthFlows=["ALLOW_USER_AUTH"])
    with refused(*INVALID):
        answer(other, begin(app, username), username)


def test_a_session_of_another_pool(client, pool, app, user, username):
    other = client(pool(), ExplicitAuthFlows=["ALLOW_USER_AUTH"])
    user(other.pool, username)
    with refused(*INVALID):
        answer(other, begin(app, username), username)


def test_a_session_of_another_user(app, user, username):
    with refused(*INVALID):
        answer(app, begin(app, username), user(app.pool))


def test_a_session_of_another_challenge(cognito, app, username):
    session = begin(app, username)
    for challenge, responses in [("NEW_PASSWORD_REQUIRED", {"NEW_PASSWORD": "New-Horse-77"}),
                                 ("EMAIL_OTP", {"EMAIL_OTP_CODE": "123456"}),
                                 ("SELECT_CHALLENGE", {"ANSWER": "PASSWORD"})]:
        with pytest.raises(cognito.exceptions.InvalidParameterException):
            app.respond(challenge, session, USERNAME=username, **responses)
    assert answer(app, session, username)["AuthenticationResult"]


def test_no_session(app, username):
    with refused("InvalidParameterException", "Missing required parameter Session"):
        answer(app, None, username)


def test_a_secret_block_is_no_session(client, app, username):
    by_srp = client(app.pool)
    challenge = by_srp.initiate("USER_SRP_AUTH", **by_srp.srp(username, PASSWORD).get_auth_params())
    block = base64.b64decode(challenge["ChallengeParameters"]["SECRET_BLOCK"])
    with refused(*INVALID):
        answer(app, base64.urlsafe_b64encode(block).decode().rstrip("="), username)


@pytest.mark.parametrize("challenge", ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "DEVICE_SRP_AUTH", "CUSTOM_CHALLENGE"])
def test_a_challenge_that_is_not_built(cognito, app, username, challenge):
    with pytest.raises(cognito.exceptions.InvalidParameterException):
        app.respond(challenge, begin(app, username), USERNAME=username)
