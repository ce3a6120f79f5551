"""A published sample: sign-in by a code that functions send (aws-samples/amazon-cognito-passwordless-email-auth:
three tries, the code kept in the challenge's metadata, the address verified by PostAuthentication)."""

import json
import re
import secrets

import pytest

from support.app import values
from support.errors import refused

WRONG = ("NotAuthorizedException", "Incorrect username or password.")


class Passwordless:
    """The sample's functions, with a list in place of SES."""

    def __init__(self, functions, cognito):
        self.mails, self.cognito = [], cognito
        self.config = {
            name: functions.add(handler) for name, handler in {
                "DefineAuthChallenge": self.define, "CreateAuthChallenge": self.create,
                "VerifyAuthChallengeResponse": self.verify, "PostAuthentication": self.verify_address,
                "PreSignUp": self.confirm,
            }.items()
        }

    @staticmethod
    def confirm(event, _):
        event["response"]["autoConfirmUser"] = True
        return event

    @staticmethod
    def define(event, _):
        session, response = event["request"]["session"], event["response"]
        if any(attempt["challengeName"] != "CUSTOM_CHALLENGE" for attempt in session):
            response["issueTokens"], response["failAuthentication"] = False, True
        elif len(session) >= 3 and session[-1]["challengeResult"] is False:
            response["issueTokens"], response["failAuthentication"] = False, True
        elif session and session[-1]["challengeResult"] is True:
            response["issueTokens"], response["failAuthentication"] = True, False
        else:
            response["issueTokens"], response["failAuthentication"] = False, False
            response["challengeName"] = "CUSTOM_CHALLENGE"
        return event

    def create(self, event, _):
        session, address = event["request"]["session"], event["request"]["userAttributes"].get("email")
        if session:
            code = re.fullmatch(r"CODE-(\d*)", session[-1]["challengeMetadata"])[1]
        else:
            code = f"{secrets.randbelow(10 ** 6):06}"
            if address:
                self.mails.append((address, code))
        event["response"]["publicChallengeParameters"] = {"email": address or "nobody@example.com"}
        event["response"]["privateChallengeParameters"] = {"secretLoginCode": code}
        event["response"]["challengeMetadata"] = f"CODE-{code}"
        return event

    @staticmethod
    def verify(event, _):
        request = event["request"]
        expected = request["privateChallengeParameters"]["secretLoginCode"]
        event["response"]["answerCorrect"] = request["challengeAnswer"] == expected
        return event

    def verify_address(self, event, _):
        if event["request"]["userAttributes"].get("email_verified") != "true":
            self.cognito.admin_update_user_attributes(
                UserPoolId=event["userPoolId"], Username=event["userName"],
                UserAttributes=[{"Name": "email_verified", "Value": "true"}],
            )
        return event


@pytest.fixture(scope="module")
def sample(functions, cognito):
    return Passwordless(functions, cognito)


@pytest.fixture(scope="module")
def app(sample, pool, client):
    made = pool(UsernameAttributes=["email"], LambdaConfig=sample.config)
    return client(made, ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
                  PreventUserExistenceErrors="ENABLED")


@pytest.fixture
def email(app, name):
    address = f"{name('passwordless')}@example.com"
    app.sign_up(address, secrets.token_hex(16) + "Aa1!", {"email": address})
    return address


def begin(app, email):
    asked = app.initiate("CUSTOM_AUTH", USERNAME=email)
    assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
    return asked


def answer(app, email, asked, code):
    return app.respond("CUSTOM_CHALLENGE", asked["Session"], USERNAME=email, ANSWER=code)


def other(code):
    return f"{(int(code) + 1) % 10 ** 6:06}"


def test_the_code_of_the_mail_signs_in(cognito, app, sample, email):
    asked = begin(app, email)
    assert asked["ChallengeParameters"]["email"] == email
    address, code = sample.mails[-1]
    assert address == email and code not in json.dumps(asked, default=str)
    tokens = answer(app, email, asked, code)["AuthenticationResult"]
    shown = values(cognito.get_user(AccessToken=tokens["AccessToken"])["UserAttributes"])
    assert (shown["email"], shown["email_verified"]) == (email, "true")
    again = app.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=tokens["RefreshToken"])
    assert again["AuthenticationResult"]["AccessToken"]


def test_a_mistyped_code_may_be_typed_again_and_the_mail_stays_good(app, sample, email):
    first = begin(app, email)
    _, code = sample.mails[-1]
    count = len(sample.mails)
    second = answer(app, email, first, other(code))
    assert second["ChallengeName"] == "CUSTOM_CHALLENGE" and second["Session"] != first["Session"]
    assert answer(app, email, second, code)["AuthenticationResult"]
    assert len(sample.mails) == count


def test_three_wrong_codes_end_it(app, sample, email):
    asked = begin(app, email)
    wrong = other(sample.mails[-1][1])
    for _ in range(2):
        asked = answer(app, email, asked, wrong)
    with refused(*WRONG):
        answer(app, email, asked, wrong)


def test_a_session_gives_no_second_guess(app, sample, email):
    asked = begin(app, email)
    code = sample.mails[-1][1]
    answer(app, email, asked, other(code))
    with refused("NotAuthorizedException", "Invalid session for the user, session can only be used once."):
        answer(app, email, asked, code)


def test_an_address_that_nobody_has_is_asked_for_a_code_too(app, sample, name):
    address, count = f"{name('nobody')}@example.com", len(sample.mails)
    asked = begin(app, address)
    assert set(asked["ChallengeParameters"]) == {"email", "USERNAME"}
    for _ in range(2):
        asked = answer(app, address, asked, "000000")
    with refused(*WRONG):
        answer(app, address, asked, "000000")
    assert len(sample.mails) == count


def test_a_server_signs_in_too(cognito, app, sample, email):
    asked = app.admin_initiate("CUSTOM_AUTH", USERNAME=email)
    done = cognito.admin_respond_to_auth_challenge(
        UserPoolId=app.pool, ClientId=app.id, ChallengeName="CUSTOM_CHALLENGE", Session=asked["Session"],
        ChallengeResponses={"USERNAME": email, "ANSWER": sample.mails[-1][1]},
    )
    assert done["AuthenticationResult"]["AccessToken"]
