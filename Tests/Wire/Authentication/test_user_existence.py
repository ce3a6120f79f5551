"""PreventUserExistenceErrors: LEGACY says who doesn't exist, ENABLED doesn't, at any public operation."""

import re

import pytest

from support.app import PASSWORD
from support.errors import UUID, outcome, refused

NOT_FOUND = ("UserNotFoundException", "User does not exist.")
COMBINATION_NOT_FOUND = ("UserNotFoundException", "Username/client id combination not found.")
WRONG = ("NotAuthorizedException", "Incorrect username or password.")
MISMATCH = ("CodeMismatchException", "Invalid verification code provided, please try again.")
EXPIRED = ("ExpiredCodeException", "Invalid code provided, please request a code again.")
LIMIT = ("LimitExceededException", "Attempt limit exceeded, please try after some time.")
CONFIRMED = ("NotAuthorizedException", "User cannot be confirmed. Current status is CONFIRMED")
ALREADY_CONFIRMED = ("InvalidParameterException", "User is already confirmed.")
NO_RESET = ("NotAuthorizedException", "User password cannot be reset in the current state.")
CODE_REFUSALS = ("CodeMismatchException", "ExpiredCodeException")
FLOWS = [
    "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH",
]


@pytest.fixture(scope="module")
def legacy(pool, client):
    return client(pool(AutoVerifiedAttributes=["email"]), ExplicitAuthFlows=FLOWS)


@pytest.fixture(scope="module")
def hiding(client, legacy):
    return client(legacy.pool, ExplicitAuthFlows=FLOWS, PreventUserExistenceErrors="ENABLED")


@pytest.fixture
def nobody(hiding, name):
    """Names that nobody has, and which stand for users of that status."""

    def names(status, count=1):
        found = []
        for _ in range(8000):
            candidate = name("unknown")
            code, message = outcome(calls(hiding, candidate)["confirm"])
            if message.endswith(f"Current status is {status}") or (status == "UNCONFIRMED" and code in CODE_REFUSALS):
                found.append(candidate)
            if len(found) == count:
                return found
        raise AssertionError(f"no name stands for a user who is {status}")

    return names


@pytest.fixture
def unknown(nobody):
    return nobody("CONFIRMED")[0]


def calls(app, username):
    cognito = app.cognito
    return {
        "password": lambda: app.sign_in(username, PASSWORD),
        "admin password": lambda: app.admin_initiate(
            "ADMIN_USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=PASSWORD
        ),
        "srp": lambda: app.srp(username, PASSWORD).authenticate_user(),
        "choice": lambda: app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="PASSWORD",
                                       PASSWORD=PASSWORD),
        "forgot": lambda: cognito.forgot_password(ClientId=app.id, Username=username),
        "confirm forgot": lambda: cognito.confirm_forgot_password(
            ClientId=app.id, Username=username, ConfirmationCode="123456", Password=PASSWORD
        ),
        "confirm": lambda: cognito.confirm_sign_up(ClientId=app.id, Username=username, ConfirmationCode="123456"),
        "resend": lambda: cognito.resend_confirmation_code(ClientId=app.id, Username=username),
    }


@pytest.mark.parametrize("call, expected", [
    ("password", NOT_FOUND), ("admin password", NOT_FOUND), ("srp", NOT_FOUND), ("choice", NOT_FOUND),
    ("forgot", COMBINATION_NOT_FOUND), ("confirm forgot", COMBINATION_NOT_FOUND), ("confirm", COMBINATION_NOT_FOUND),
    ("resend", COMBINATION_NOT_FOUND),
])
def test_legacy_says_so(client, legacy, unknown, call, expected):
    named = client(legacy.pool, ExplicitAuthFlows=FLOWS, PreventUserExistenceErrors="LEGACY")
    assert outcome(calls(legacy, unknown)[call]) == expected
    assert outcome(calls(named, unknown)[call]) == expected


@pytest.mark.parametrize("call, expected", [
    ("password", WRONG), ("admin password", WRONG), ("srp", WRONG), ("choice", WRONG), ("confirm forgot", EXPIRED),
    ("confirm", CONFIRMED), ("resend", ALREADY_CONFIRMED),
])
def test_enabled_refuses_like_a_wrong_password_or_code(hiding, unknown, call, expected):
    assert outcome(calls(hiding, unknown)[call]) == expected


@pytest.mark.parametrize("call, status", [("forgot", "CONFIRMED"), ("resend", "UNCONFIRMED")])
def test_enabled_pretends_to_send_a_code(hiding, nobody, inbox, call, status):
    sent = len(inbox.messages)
    # Some names stand for users who have no address at all.
    told = ((unknown, outcome(calls(hiding, unknown)[call])) for unknown in nobody(status, 8))
    unknown, first = next(pair for pair in told if "CodeDeliveryDetails" in pair[1])
    second = outcome(calls(hiding, unknown)[call])
    details = first["CodeDeliveryDetails"]
    assert set(details) == {"AttributeName", "DeliveryMedium", "Destination"}
    # Most are written to; one in 32 has a telephone alone.
    masks = {("email", "EMAIL"): r".\*\*\*@.\*\*\*", ("phone_number", "SMS"): r"\+\*+\d{4}"}
    assert re.fullmatch(masks[details["AttributeName"], details["DeliveryMedium"]], details["Destination"])
    assert first == second
    assert len(inbox.messages) == sent


@pytest.mark.parametrize("send, confirm, status", [
    ("forgot", "confirm forgot", "CONFIRMED"), ("resend", "confirm", "UNCONFIRMED"),
])
def test_a_code_that_was_never_sent_is_wrong_rather_than_expired(hiding, nobody, send, confirm, status):
    for unknown in nobody(status, 40):
        # To some who sign up a code was sent already.
        if outcome(calls(hiding, unknown)[confirm]) == MISMATCH:
            continue
        assert outcome(calls(hiding, unknown)[confirm]) == EXPIRED
        if "CodeDeliveryDetails" in outcome(calls(hiding, unknown)[send]):
            break
    assert outcome(calls(hiding, unknown)[confirm]) == MISMATCH


def test_limits_do_not_tell(hiding, unknown, user, name):
    username = user(hiding.pool, email=f"{name()}@example.com", email_verified="true")
    for someone in (username, unknown):
        forgot, confirm = calls(hiding, someone)["forgot"], calls(hiding, someone)["confirm forgot"]
        outcomes = [outcome(forgot) for _ in range(6)]
        assert all("CodeDeliveryDetails" in answer for answer in outcomes[:5])
        assert outcomes[5] == LIMIT
        assert {outcome(confirm) for _ in range(15)} <= {MISMATCH}
        assert outcome(confirm) == LIMIT


def test_resending_has_its_limit_too(hiding, nobody):
    resends = [calls(hiding, unknown)["resend"] for unknown in nobody("UNCONFIRMED", 8)]
    resend, first = next(pair for pair in ((make, outcome(make)) for make in resends) if "CodeDeliveryDetails" in pair[1])
    outcomes = [first] + [outcome(resend) for _ in range(5)]
    assert outcomes[5] == LIMIT and LIMIT not in outcomes[:5]


def test_so_it_does_for_users_who_get_no_code(cognito, hiding, user, name, inbox):
    email = f"{name('hidden')}@example.com"
    disabled = user(hiding.pool, email=email, email_verified="true")
    cognito.admin_disable_user(UserPoolId=hiding.pool, Username=disabled)
    unreachable = user(hiding.pool, email=email)
    for username in (disabled, unreachable):
        details = cognito.forgot_password(ClientId=hiding.id, Username=username)["CodeDeliveryDetails"]
        assert (details["AttributeName"], details["DeliveryMedium"]) == ("email", "EMAIL")
    assert inbox.to(email) == []


def test_a_challenge_for_nobody_looks_like_any_other(hiding, unknown, user):
    def begin(username):
        return hiding.initiate("USER_SRP_AUTH", **hiding.srp(username, PASSWORD).get_auth_params())

    first, second, real = begin(unknown), begin(unknown), begin(user(hiding.pool))
    assert first.keys() == real.keys()
    shown, again, genuine = (answer["ChallengeParameters"] for answer in (first, second, real))
    assert shown.keys() == genuine.keys()
    assert shown["SALT"] == again["SALT"]
    assert shown["SRP_B"] != again["SRP_B"]
    assert shown["USER_ID_FOR_SRP"] == unknown
    assert abs(len(shown["SALT"]) - len(genuine["SALT"])) <= 4
    assert abs(len(shown["SRP_B"]) - len(genuine["SRP_B"])) <= 4
    assert len(shown["SECRET_BLOCK"]) == len(genuine["SECRET_BLOCK"])


def test_where_names_are_addresses_nobody_has_a_stable_uuid(pool, client):
    app = client(
        pool(UsernameAttributes=["email"], UsernameConfiguration={"CaseSensitive": False}),
        PreventUserExistenceErrors="ENABLED",
    )
    ids = []
    for email in ("nobody@example.com", "nobody@example.com", "Nobody@Example.com", "another@example.com"):
        challenge = app.initiate("USER_SRP_AUTH", **app.srp(email, PASSWORD).get_auth_params())
        ids.append(challenge["ChallengeParameters"]["USER_ID_FOR_SRP"])
        with refused(*WRONG):
            app.srp(email, PASSWORD).authenticate_user()
    assert all(UUID.fullmatch(id) for id in ids)
    assert ids[0] == ids[1] == ids[2] != ids[3]


def test_a_choice_for_nobody(hiding, unknown, user):
    real, simulated = (
        hiding.initiate("USER_AUTH", USERNAME=username) for username in (user(hiding.pool), unknown)
    )
    assert simulated["ChallengeName"] == real["ChallengeName"] == "SELECT_CHALLENGE"
    assert simulated["AvailableChallenges"] == real["AvailableChallenges"]
    assert simulated.keys() == real.keys()
    assert len(simulated["Session"]) == len(real["Session"])
    with refused(*WRONG):
        hiding.respond(
            "SELECT_CHALLENGE", simulated["Session"], USERNAME=unknown, ANSWER="PASSWORD", PASSWORD=PASSWORD
        )


def test_a_code_for_nobody(pool, client, name):
    app = client(
        pool(Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}),
        ExplicitAuthFlows=["ALLOW_USER_AUTH"], PreventUserExistenceErrors="ENABLED",
    )
    begun = (
        (unknown := name("unknown"), app.initiate("USER_AUTH", USERNAME=unknown, PREFERRED_CHALLENGE="EMAIL_OTP"))
        for _ in range(100)
    )
    unknown, answer = next(pair for pair in begun if pair[1]["ChallengeName"] == "EMAIL_OTP")
    assert answer["ChallengeParameters"]["CODE_DELIVERY_DELIVERY_MEDIUM"] == "EMAIL"
    with refused("CodeMismatchException", "Invalid code or auth state for the user."):
        app.respond("EMAIL_OTP", answer["Session"], USERNAME=unknown, EMAIL_OTP_CODE="123456")


def test_whatever_users_are_told_some_names_that_nobody_has_are_told_too(cognito, hiding, user, name, nobody):
    def told(username):
        return {
            call: answer if isinstance(answer := outcome(calls(hiding, username)[call]), tuple) else sorted(answer)
            for call in ("forgot", "confirm forgot", "confirm", "resend")
        }

    unconfirmed = name()
    hiding.sign_up(unconfirmed, PASSWORD)
    invited = name()
    cognito.admin_create_user(UserPoolId=hiding.pool, Username=invited, MessageAction="SUPPRESS")
    confirmed, disabled = user(hiding.pool), user(hiding.pool)
    cognito.admin_disable_user(UserPoolId=hiding.pool, Username=disabled)
    for real, status in [
        (confirmed, "CONFIRMED"), (disabled, "CONFIRMED"), (unconfirmed, "UNCONFIRMED"),
        (invited, "FORCE_CHANGE_PASSWORD"),
    ]:
        genuine = told(real)
        assert genuine in [told(stranger) for stranger in nobody(status, 40)], status


def test_sign_up_still_tells(hiding, user):
    with refused("UsernameExistsException", "User already exists"):
        hiding.sign_up(user(hiding.pool), PASSWORD)
