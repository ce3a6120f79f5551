"""Functions of sign-ins over the wire: a captcha after the password and the second factor, and what goes wrong."""

import contextlib
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.app import PASSWORD
from support.errors import refused
from support.functions import Crash, Raw, ServiceError
from support.totp import totp

CUSTOM = ["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"]
STEPS = ["SRP_A", "PASSWORD_VERIFIER", "SOFTWARE_TOKEN_MFA", "CUSTOM_CHALLENGE"]


def define(event, _):
    """As the developer guide has it: each step must be the one that is expected, and passed."""
    names = [result["challengeName"] for result in event["request"]["session"]]
    if names != STEPS[:len(names)] or not all(r["challengeResult"] for r in event["request"]["session"]):
        event["response"].update(issueTokens=False, failAuthentication=True)
    elif names == STEPS:
        event["response"].update(issueTokens=True, failAuthentication=False)
    else:
        following = "PASSWORD_VERIFIER" if len(names) == 1 else "CUSTOM_CHALLENGE"
        event["response"].update(challengeName=following, issueTokens=False, failAuthentication=False)
    return event


def create(event, _):
    event["response"] = {
        "publicChallengeParameters": {"captchaUrl": "https://example.com/captcha/123.png"},
        "privateChallengeParameters": {"answer": "5"}, "challengeMetadata": "CAPTCHA_CHALLENGE",
    }
    return event


def verify(event, _):
    request = event["request"]
    event["response"]["answerCorrect"] = request["privateChallengeParameters"]["answer"] == request["challengeAnswer"]
    return event


@pytest.fixture
def captcha(functions, cognito, pool, client, user):
    """An app whose users solve a captcha after their password and their authenticator app's code, and such a user."""
    config = dict(zip(CUSTOM, map(functions.add, [define, create, verify])))
    made = pool(LambdaConfig=config)
    cognito.set_user_pool_mfa_config(
        UserPoolId=made, MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True}
    )
    app = client(made, ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH", "ALLOW_USER_PASSWORD_AUTH"])
    username = user(made)
    access = app.sign_in(username, PASSWORD)["AccessToken"]
    secret = cognito.associate_software_token(AccessToken=access)["SecretCode"]
    cognito.verify_software_token(AccessToken=access, UserCode=totp(secret, time.time() - 30))
    cognito.set_user_mfa_preference(
        AccessToken=access, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
    )
    return app, username, secret, config


def test_a_captcha_after_password_and_second_factor(captcha, functions):
    app, username, secret, config = captcha
    srp = app.srp(username, PASSWORD)
    parameters = srp.get_auth_params()
    asked = app.initiate("CUSTOM_AUTH", CHALLENGE_NAME="SRP_A", **parameters)
    assert asked["ChallengeName"] == "PASSWORD_VERIFIER"
    responses = srp.process_challenge(asked["ChallengeParameters"], parameters)
    asked = app.respond("PASSWORD_VERIFIER", asked["Session"], **responses)
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    asked = app.respond(
        "SOFTWARE_TOKEN_MFA", asked["Session"], USERNAME=username, SOFTWARE_TOKEN_MFA_CODE=totp(secret)
    )
    assert asked["ChallengeName"] == "CUSTOM_CHALLENGE"
    assert asked["ChallengeParameters"]["captchaUrl"] == "https://example.com/captcha/123.png"
    done = app.respond("CUSTOM_CHALLENGE", asked["Session"], USERNAME=username, ANSWER="5")
    assert done["AuthenticationResult"]["AccessToken"]
    sessions = [event["request"]["session"] for event in functions.events(config["DefineAuthChallenge"])]
    assert [result["challengeName"] for result in sessions[-1]] == STEPS
    assert [len(session) for session in sessions] == [1, 3, 4]
    assert sessions[-1][-1]["challengeMetadata"] == "CAPTCHA_CHALLENGE"


def test_a_wrong_captcha(captcha):
    app, username, secret, _ = captcha
    srp = app.srp(username, PASSWORD)
    parameters = srp.get_auth_params()
    asked = app.initiate("CUSTOM_AUTH", CHALLENGE_NAME="SRP_A", **parameters)
    responses = srp.process_challenge(asked["ChallengeParameters"], parameters)
    asked = app.respond("PASSWORD_VERIFIER", **responses)
    asked = app.respond(
        "SOFTWARE_TOKEN_MFA", asked["Session"], USERNAME=username, SOFTWARE_TOKEN_MFA_CODE=totp(secret)
    )
    with refused("NotAuthorizedException", "Incorrect username or password."):
        app.respond("CUSTOM_CHALLENGE", asked["Session"], USERNAME=username, ANSWER="6")


def test_without_its_functions_there_is_no_custom_sign_in(pool, client, user):
    app = client(pool(), ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH"])
    username = user(app.pool)
    missing = ("InvalidParameterException", "Custom auth lambda trigger is not configured for the user pool.")
    with refused(*missing):
        app.initiate("CUSTOM_AUTH", USERNAME=username)


def fail(error):
    def handler(event, _):
        raise error

    return handler


FAULTS = {
    "refuses": (fail(Exception("Not today")), "UserLambdaValidationException", "{} failed with error Not today."),
    "may not be called": (
        fail(ServiceError(403, "AccessDeniedException")), "UnexpectedLambdaException",
        "{} invocation failed due to error AccessDeniedException.",
    ),
    "returns nothing": (
        lambda event, _: None, "InvalidLambdaResponseException", "Invalid lambda function output : Invalid JSON",
    ),
    "returns no JSON": (
        fail(Raw(b"fine")), "InvalidLambdaResponseException", "Invalid lambda function output : Invalid JSON",
    ),
    "returns something else": (
        lambda event, _: {"fine": True}, "InvalidLambdaResponseException", "Unrecognizable lambda output",
    ),
}


@pytest.mark.parametrize("trigger", ["PreAuthentication", "PostAuthentication", *CUSTOM])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_function_that_fails(functions, pool, client, user, trigger, fault):
    handler, error, text = FAULTS[fault]
    handlers = dict(zip(CUSTOM, [ask, create, verify]))
    names = [*CUSTOM, "PreAuthentication", "PostAuthentication"]
    config = {name: functions.add(handlers.get(name, same)) for name in names}
    app = client(pool(LambdaConfig=config), ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH", "ALLOW_USER_PASSWORD_AUTH"])
    username = user(app.pool)
    custom(app, username)
    app.sign_in(username, PASSWORD)
    functions.set(config[trigger], handler)
    with refused(error, text.format(trigger)):
        custom(app, username) if trigger in CUSTOM else app.sign_in(username, PASSWORD)


def test_a_function_that_crashes_and_what_is_known_of_it(functions, pool, client, user):
    arn = functions.add(fail(Crash(129)))
    app = client(pool(LambdaConfig={"PreAuthentication": arn}))
    with pytest.raises(app.cognito.exceptions.UserLambdaValidationException) as caught:
        app.sign_in(user(app.pool), PASSWORD)
    message = caught.value.response["Error"]["Message"]
    assert message.startswith("PreAuthentication failed with error RequestId: ")
    assert message.endswith("Error: Runtime exited with error: exit status 129.")


def same(event, _):
    return event


def ask(event, _):
    session = event["request"]["session"]
    if session and session[-1]["challengeResult"]:
        event["response"]["issueTokens"] = True
    else:
        event["response"]["challengeName"] = "CUSTOM_CHALLENGE"
    return event


def custom(app, username):
    asked = app.initiate("CUSTOM_AUTH", USERNAME=username)
    return app.respond("CUSTOM_CHALLENGE", asked["Session"], USERNAME=username, ANSWER="5")


def test_of_guesses_at_once_one_counts(functions, pool, client, user):
    config = dict(zip(CUSTOM, map(functions.add, [ask, create, verify])))
    app = client(pool(LambdaConfig=config), ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH"])
    username = user(app.pool)
    asked = app.initiate("CUSTOM_AUTH", USERNAME=username)

    def guess(number):
        with contextlib.suppress(app.cognito.exceptions.NotAuthorizedException):
            return app.respond("CUSTOM_CHALLENGE", asked["Session"], USERNAME=username, ANSWER=str(number))

    with ThreadPoolExecutor(16) as threads:
        answers = [answer for answer in threads.map(guess, range(16)) if answer]
    assert len(answers) == 1
    assert len(functions.events(config["VerifyAuthChallengeResponse"])) == 1
