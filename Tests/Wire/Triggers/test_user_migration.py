"""A migration from another user store: the users of an old pool come over when they sign in, or have forgotten their
password, by the function that AWS publishes for it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from support.app import PASSWORD, values
from support.errors import outcome, refused
from support.pages import Browser, Request, oauth

SMS = {"SnsCallerArn": "arn:aws:iam::111122223333:role/sms"}


@pytest.fixture
def migrating(cognito, pool, client, functions, user):
    """Makes a pool whose users are in an old one; returns an app of the new pool, and how to add users to the old one."""

    def make(answer=None, pool_settings=None, **client_settings):
        old = client(pool(), ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])

        def migrate(event, context):
            if event["triggerSource"] == "UserMigration_Authentication":
                tokens = old.admin_initiate(
                    "ADMIN_USER_PASSWORD_AUTH", USERNAME=event["userName"], PASSWORD=event["request"]["password"]
                )
                assert tokens["AuthenticationResult"]
                event["response"]["finalUserStatus"] = "CONFIRMED"
            shown = cognito.admin_get_user(UserPoolId=old.pool, Username=event["userName"])
            attributes = values(shown["UserAttributes"])
            del attributes["sub"]
            event["response"]["userAttributes"] = attributes
            event["response"]["messageAction"] = "SUPPRESS"
            event["response"].update(answer or {})
            return event

        arn = functions.add(migrate)
        app = client(pool(
            AutoVerifiedAttributes=["email"], LambdaConfig={"UserMigration": arn}, **(pool_settings or {})
        ), **client_settings)

        def add(**attributes):
            name = user(old.pool, **attributes)
            return name

        return app, add, lambda: functions.sources(arn)

    return make


def test_by_password(cognito, migrating):
    app, add, sources = migrating()
    name = add(email="ada@example.org", email_verified="true")
    with pytest.raises(cognito.exceptions.UserLambdaValidationException) as told:
        app.sign_in(name, "Wrong-Horse-7")
    assert "UserMigration failed with error" in str(told.value)
    with pytest.raises(cognito.exceptions.UserNotFoundException):
        cognito.admin_get_user(UserPoolId=app.pool, Username=name)
    assert app.sign_in(name, PASSWORD)
    shown = cognito.admin_get_user(UserPoolId=app.pool, Username=name)
    assert shown["UserStatus"] == "CONFIRMED"
    assert values(shown["UserAttributes"])["email"] == "ada@example.org"
    assert app.sign_in(name, PASSWORD)
    assert app.srp(name, PASSWORD).authenticate_user()["AuthenticationResult"]
    assert sources() == ["UserMigration_Authentication"] * 2


def test_srp_alone_brings_nobody_over(migrating):
    app, add, sources = migrating()
    name = add(email="ada@example.org")
    with pytest.raises(app.cognito.exceptions.UserNotFoundException):
        app.srp(name, PASSWORD).authenticate_user()
    assert sources() == []


def test_where_the_client_hides_who_exists(migrating, name):
    app, add, _ = migrating(PreventUserExistenceErrors="ENABLED")
    known = add(email="ada@example.org")
    app.sign_in(add(email="bob@example.org"), PASSWORD)
    wrong = {
        outcome(lambda who=who: app.sign_in(who, "Wrong-Horse-7")) for who in (known, name("nobody"))
    }
    assert wrong == {("NotAuthorizedException", "Incorrect username or password.")}
    for _ in range(4):
        outcome(lambda: app.sign_in(known, "Wrong-Horse-7"))
    assert outcome(lambda: app.sign_in(known, PASSWORD)) == ("NotAuthorizedException", "Password attempts exceeded")


def test_with_a_second_factor(migrating, inbox):
    app, add, _ = migrating(
        {"enableSMSMFA": True}, {"MfaConfiguration": "OPTIONAL", "SmsConfiguration": SMS}
    )
    telephone = "+15555550177"
    name = add(email="ada@example.org", phone_number=telephone, phone_number_verified="true")
    sent = len(inbox.to(telephone))
    asked = app.initiate("USER_PASSWORD_AUTH", USERNAME=name, PASSWORD=PASSWORD)
    assert asked["ChallengeName"] == "SMS_MFA"
    code = inbox.code(telephone, sent + 1)
    answer = app.respond("SMS_MFA", asked["Session"], USERNAME=name, SMS_MFA_CODE=code)
    assert answer["AuthenticationResult"]["AccessToken"]


def test_a_second_factor_without_a_telephone(migrating):
    app, add, _ = migrating(
        {"enableSMSMFA": True}, {"MfaConfiguration": "OPTIONAL", "SmsConfiguration": SMS}
    )
    name = add(email="ada@example.org")
    with pytest.raises(app.cognito.exceptions.InvalidLambdaResponseException):
        app.sign_in(name, PASSWORD)


def test_a_forgotten_password(cognito, migrating, inbox, name):
    app, add, sources = migrating()
    address = f"{name()}@example.org"
    username = add(email=address, email_verified="true")
    sent = cognito.forgot_password(ClientId=app.id, Username=username)
    assert sent["CodeDeliveryDetails"]["DeliveryMedium"] == "EMAIL"
    assert cognito.admin_get_user(UserPoolId=app.pool, Username=username)["UserStatus"] == "RESET_REQUIRED"
    cognito.confirm_forgot_password(
        ClientId=app.id, Username=username, ConfirmationCode=inbox.code(address), Password="Another-Horse-7"
    )
    assert app.sign_in(username, "Another-Horse-7")
    assert sources() == ["UserMigration_ForgotPassword"]


def test_a_password_that_has_to_be_set_anew(migrating):
    app, add, _ = migrating({"finalUserStatus": "RESET_REQUIRED"})
    name = add(email="ada@example.org", email_verified="true")
    with refused("PasswordResetRequiredException", "Password reset required for the user"):
        app.sign_in(name, PASSWORD)


def test_a_burst_is_one_migration(migrating):
    app, add, sources = migrating()
    name = add(email="ada@example.org")
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda _: app.sign_in(name, PASSWORD), range(16)))
    assert all(answer["AccessToken"] for answer in answers)
    assert sources() == ["UserMigration_Authentication"]


def test_at_the_pages(server, migrating):
    app, add, sources = migrating(**oauth())
    name = add(email="ada@example.org")
    request, browser = Request(app), Browser(server.url)
    page = browser.open(request.path())
    told = browser.submit(page, username=name, password="Wrong-Horse-7")
    assert "Incorrect username or password" in told.text and "UserMigration" not in told.text
    done = browser.submit(told, username=name, password=PASSWORD)
    assert request.redeem(server.url, request.code(done))["access_token"]
    assert sources() == ["UserMigration_Authentication"] * 2
