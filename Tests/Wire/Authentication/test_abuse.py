"""What a stranger could try against somebody else's account."""

import pytest

from support.app import PASSWORD
from support.errors import outcome, refused


def test_the_password_history_is_told_to_who_has_the_code_alone(cognito, pool, client, user, name):
    policy = {"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 3}}
    app = client(pool(Policies=policy))
    username = user(app.pool, email=f"{name('history')}@example.com", email_verified="true")
    cognito.forgot_password(ClientId=app.id, Username=username)
    answers = {
        outcome(lambda: cognito.confirm_forgot_password(
            ClientId=app.id, Username=username, ConfirmationCode="000000", Password=PASSWORD
        ))[0]
        for _ in range(20)
    }
    assert answers == {"CodeMismatchException", "LimitExceededException"}


def test_nobody_takes_another_name(cognito, pool, client, user, name):
    app = client(pool(AliasAttributes=["preferred_username"]))
    username, nickname = name(), name("nick")
    user(app.pool, username, preferred_username=nickname)
    sub = cognito.admin_get_user(UserPoolId=app.pool, Username=username)["UserAttributes"][0]["Value"]
    for taken in (nickname, sub):
        with refused("UsernameExistsException", "User already exists"):
            app.sign_up(taken, PASSWORD)
    with refused("UsernameExistsException", "An account with the given preferred_username already exists."):
        app.sign_up(name(), PASSWORD, {"preferred_username": username})
    assert cognito.admin_get_user(UserPoolId=app.pool, Username=sub)["Username"] == username


def test_codes_of_a_sign_in_are_not_sent_without_end(pool, client, user, name, inbox):
    factors = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
    app = client(pool(Policies=factors), ExplicitAuthFlows=["ALLOW_USER_AUTH"])
    email = f"{name('flood')}@example.com"
    username = user(app.pool, email=email, email_verified="true")
    answers = [
        outcome(lambda: app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="EMAIL_OTP"))
        for _ in range(25)
    ]
    assert [answer for answer in answers if isinstance(answer, tuple)] == [
        ("TooManyRequestsException", "Rate exceeded")
    ] * 5
    inbox.wait(email, 20)
    assert len(inbox.to(email)) == 20


def test_wrong_codes_end_a_session_and_not_the_user(pool, client, user, name, inbox):
    factors = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
    app = client(pool(Policies=factors), ExplicitAuthFlows=["ALLOW_USER_AUTH"])
    email = f"{name('guess')}@example.com"
    username = user(app.pool, email=email, email_verified="true")
    sessions = [
        app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="EMAIL_OTP")["Session"] for _ in range(2)
    ]
    code = inbox.code(email, 2)
    wrong = f"{(int(code) + 1) % 1000000:06d}"
    for _ in range(6):
        with refused("CodeMismatchException", "Invalid code or auth state for the user."):
            app.respond("EMAIL_OTP", sessions[0], USERNAME=username, EMAIL_OTP_CODE=wrong)
    with refused("CodeMismatchException", "Invalid code or auth state for the user."):
        app.respond("EMAIL_OTP", sessions[0], USERNAME=username, EMAIL_OTP_CODE=code)
    assert app.respond("EMAIL_OTP", sessions[1], USERNAME=username, EMAIL_OTP_CODE=code)["AuthenticationResult"]


@pytest.mark.parametrize("target", ["exists", "doesn't"])
def test_a_borrowed_session_tells_nothing(cognito, pool, client, user, name, target):
    factors = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
    app = client(
        pool(Policies=factors), ExplicitAuthFlows=["ALLOW_USER_AUTH"], PreventUserExistenceErrors="ENABLED"
    )
    other = user(app.pool) if target == "exists" else name("ghost")
    # Not every name that nobody has stands for a user with a verified address.
    begun = (app.initiate("USER_AUTH", USERNAME=name("ghost"), PREFERRED_CHALLENGE="EMAIL_OTP") for _ in range(100))
    session = next(answer["Session"] for answer in begun if answer["ChallengeName"] == "EMAIL_OTP")
    with refused("NotAuthorizedException", "Invalid session for the user."):
        app.respond("EMAIL_OTP", session, USERNAME=other, EMAIL_OTP_CODE="123456")


def test_a_new_password_ends_the_lock(cognito, pool, client, user):
    app = client(pool())
    username = user(app.pool)
    wrong = [outcome(lambda: app.sign_in(username, "Wrong-Horse-7"))[1] for _ in range(7)]
    assert wrong[-1] == "Password attempts exceeded"
    cognito.admin_set_user_password(
        UserPoolId=app.pool, Username=username, Password="Other-Horse-7", Permanent=True
    )
    assert app.sign_in(username, "Other-Horse-7")

