"""USER_AUTH: choosing among password, SRP and codes."""

import pytest

from support.app import PASSWORD
from support.errors import refused

WRONG = ("NotAuthorizedException", "Incorrect username or password.")
WRONG_CODE = ("CodeMismatchException", "Invalid code or auth state for the user.")


@pytest.fixture(scope="module")
def app(pool, client):
    return client(
        pool(Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP"]}}),
        ExplicitAuthFlows=["ALLOW_USER_AUTH"],
    )


@pytest.fixture
def email(name):
    return f"{name('choice')}@example.com"


@pytest.fixture
def username(app, user, email):
    return user(app.pool, email=email, email_verified="true")


def other_than(code):
    return f"{(int(code) + 1) % 1000000:06}"


def test_without_a_preference_the_user_chooses(app, username):
    answer = app.initiate("USER_AUTH", USERNAME=username)
    assert answer["ChallengeName"] == "SELECT_CHALLENGE"
    assert set(answer["AvailableChallenges"]) == {"EMAIL_OTP", "PASSWORD", "PASSWORD_SRP"}
    assert answer["Session"]
    assert "AuthenticationResult" not in answer


@pytest.mark.parametrize("attributes, expected", [
    ({}, set()),
    ({"email": "c@example.com"}, set()),
    ({"phone_number": "+15550108888", "phone_number_verified": "true"}, {"SMS_OTP"}),
    ({"email": "c@example.com", "email_verified": "true", "phone_number": "+15550108888",
      "phone_number_verified": "true"}, {"EMAIL_OTP", "SMS_OTP"}),
])
def test_codes_go_to_verified_addresses_alone(app, user, attributes, expected):
    answer = app.initiate("USER_AUTH", USERNAME=user(app.pool, **attributes))
    assert set(answer["AvailableChallenges"]) == expected | {"PASSWORD", "PASSWORD_SRP"}


def test_a_pool_without_a_policy_offers_passwords(pool, client, user):
    app = client(pool(), ExplicitAuthFlows=["ALLOW_USER_AUTH"])
    username = user(app.pool, email="c@example.com", email_verified="true")
    answer = app.initiate("USER_AUTH", USERNAME=username)
    assert set(answer["AvailableChallenges"]) == {"PASSWORD", "PASSWORD_SRP"}


@pytest.mark.parametrize("preferred", ["SMS_OTP", "WEB_AUTHN", "NONSENSE"])
def test_a_preference_that_cannot_be_met_leads_to_the_choice(app, username, preferred):
    answer = app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE=preferred)
    assert answer["ChallengeName"] == "SELECT_CHALLENGE"


def test_password_preferred_and_given(app, username):
    answer = app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="PASSWORD", PASSWORD=PASSWORD)
    assert answer["AuthenticationResult"]
    with refused(*WRONG):
        app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="PASSWORD", PASSWORD="Wrong-Horse-7")


def test_password_preferred_and_given_later(app, username):
    answer = app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="PASSWORD")
    assert answer["ChallengeName"] == "PASSWORD"
    with refused("InvalidParameterException", "Missing required parameter PASSWORD"):
        app.respond("PASSWORD", answer["Session"], USERNAME=username)
    with refused(*WRONG):
        app.respond("PASSWORD", answer["Session"], USERNAME=username, PASSWORD="Wrong-Horse-7")
    answer = app.respond("PASSWORD", answer["Session"], USERNAME=username, PASSWORD=PASSWORD)
    assert answer["AuthenticationResult"]


def finish_srp(app, srp, parameters, challenge):
    assert challenge["ChallengeName"] == "PASSWORD_VERIFIER"
    responses = srp.process_challenge(challenge["ChallengeParameters"], parameters)
    return app.respond("PASSWORD_VERIFIER", challenge["Session"], **responses)["AuthenticationResult"]


def test_srp_preferred_and_begun(app, username):
    srp = app.srp(username, PASSWORD)
    parameters = srp.get_auth_params()
    challenge = app.initiate("USER_AUTH", PREFERRED_CHALLENGE="PASSWORD_SRP", **parameters)
    assert finish_srp(app, srp, parameters, challenge)


def test_srp_preferred_and_begun_later(app, username):
    srp = app.srp(username, PASSWORD)
    parameters = srp.get_auth_params()
    answer = app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="PASSWORD_SRP")
    assert answer["ChallengeName"] == "PASSWORD_SRP"
    challenge = app.respond("PASSWORD_SRP", answer["Session"], **parameters)
    assert finish_srp(app, srp, parameters, challenge)


def test_a_choice_with_its_answer(app, username):
    session = app.initiate("USER_AUTH", USERNAME=username)["Session"]
    answer = app.respond("SELECT_CHALLENGE", session, USERNAME=username, ANSWER="PASSWORD", PASSWORD=PASSWORD)
    assert answer["AuthenticationResult"]
    session = app.initiate("USER_AUTH", USERNAME=username)["Session"]
    srp = app.srp(username, PASSWORD)
    parameters = srp.get_auth_params()
    challenge = app.respond("SELECT_CHALLENGE", session, ANSWER="PASSWORD_SRP", **parameters)
    assert finish_srp(app, srp, parameters, challenge)


def test_a_choice_without_its_answer(app, username):
    session = app.initiate("USER_AUTH", USERNAME=username)["Session"]
    answer = app.respond("SELECT_CHALLENGE", session, USERNAME=username, ANSWER="PASSWORD")
    assert answer["ChallengeName"] == "PASSWORD"
    answer = app.respond("PASSWORD", answer["Session"], USERNAME=username, PASSWORD=PASSWORD)
    assert answer["AuthenticationResult"]


def test_a_choice_that_is_not_offered(cognito, app, username):
    session = app.initiate("USER_AUTH", USERNAME=username)["Session"]
    for choice in ("SMS_OTP", "NEW_PASSWORD_REQUIRED"):
        with pytest.raises(cognito.exceptions.InvalidParameterException):
            app.respond("SELECT_CHALLENGE", session, USERNAME=username, ANSWER=choice)
    with refused("InvalidParameterException", "Missing required parameter ANSWER"):
        app.respond("SELECT_CHALLENGE", session, USERNAME=username)


def test_a_code_by_text(app, user, inbox):
    username = user(app.pool, phone_number="+15550109999", phone_number_verified="true")
    answer = app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="SMS_OTP")
    assert answer["ChallengeParameters"] == {
        "CODE_DELIVERY_DELIVERY_MEDIUM": "SMS", "CODE_DELIVERY_DESTINATION": "+*******9999",
    }
    answer = app.respond(
        "SMS_OTP", answer["Session"], USERNAME=username, SMS_OTP_CODE=inbox.code("+15550109999")
    )
    assert answer["AuthenticationResult"]


def test_a_wrong_code_can_be_put_right(app, username, email, inbox):
    session = app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="EMAIL_OTP")["Session"]
    code = inbox.code(email)
    with refused("InvalidParameterException", "Missing required parameter EMAIL_OTP_CODE"):
        app.respond("EMAIL_OTP", session, USERNAME=username)
    with refused(*WRONG_CODE):
        app.respond("EMAIL_OTP", session, USERNAME=username, EMAIL_OTP_CODE=other_than(code))
    answer = app.respond("EMAIL_OTP", session, USERNAME=username, EMAIL_OTP_CODE=code)
    assert answer["AuthenticationResult"]


def test_a_code_serves_once(app, username, email, inbox):
    session = app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="EMAIL_OTP")["Session"]
    code = inbox.code(email)
    app.respond("EMAIL_OTP", session, USERNAME=username, EMAIL_OTP_CODE=code)
    with refused("NotAuthorizedException", "Invalid session for the user, session can only be used once."):
        app.respond("EMAIL_OTP", session, USERNAME=username, EMAIL_OTP_CODE=code)


def test_guessing_a_code_comes_to_an_end(app, username, email, inbox):
    session = app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="EMAIL_OTP")["Session"]
    code = inbox.code(email)
    for _ in range(15):
        with refused(*WRONG_CODE):
            app.respond("EMAIL_OTP", session, USERNAME=username, EMAIL_OTP_CODE=other_than(code))
    with refused(*WRONG_CODE):
        app.respond("EMAIL_OTP", session, USERNAME=username, EMAIL_OTP_CODE=code)


def test_a_disabled_user_is_told_only_after_the_proof(cognito, app, username):
    cognito.admin_disable_user(UserPoolId=app.pool, Username=username)
    assert app.initiate("USER_AUTH", USERNAME=username)["ChallengeName"] == "SELECT_CHALLENGE"
    with refused("NotAuthorizedException", "User is disabled."):
        app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="PASSWORD", PASSWORD=PASSWORD)


def test_a_temporary_password(cognito, app, name):
    username = name()
    cognito.admin_create_user(
        UserPoolId=app.pool, Username=username, TemporaryPassword="Temporary-Horse-7", MessageAction="SUPPRESS"
    )
    answer = app.initiate(
        "USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="PASSWORD", PASSWORD="Temporary-Horse-7"
    )
    assert answer["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    answer = app.respond("NEW_PASSWORD_REQUIRED", answer["Session"], USERNAME=username, NEW_PASSWORD=PASSWORD)
    assert answer["AuthenticationResult"]


def test_an_unknown_user(app):
    with refused("UserNotFoundException", "User does not exist."):
        app.initiate("USER_AUTH", USERNAME="nobody")
