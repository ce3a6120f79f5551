"""Functions at sign-up, as published samples have them: who may sign up, who needs no code, and what is kept of them."""

import pytest

from support.app import PASSWORD, values
from support.errors import refused
from support.pages import Browser, Request, oauth


def allow_example_org(event, context):
    """Only addresses of one domain may sign up."""
    address = event["request"]["userAttributes"].get("email", "")
    if not address.endswith("@example.org"):
        raise Exception("Cannot authenticate users from this user pool")
    return event


def confirm_example_org(event, context):
    """Addresses of one domain need no code."""
    if event["request"]["userAttributes"]["email"].endswith("@example.org"):
        event["response"]["autoConfirmUser"] = True
        event["response"]["autoVerifyEmail"] = True
    return event


@pytest.fixture
def app(pool, client, functions):
    """A client of a pool whose users are named by address, with that function at sign-up and one that keeps who came."""
    kept = []

    def make(pre_sign_up, **settings):
        def keep(event, context):
            kept.append((event["triggerSource"], event["request"]["userAttributes"]))
            return event

        made = client(pool(
            UsernameAttributes=["email"], AutoVerifiedAttributes=["email"],
            LambdaConfig={"PreSignUp": functions.add(pre_sign_up), "PostConfirmation": functions.add(keep)},
        ), **settings)
        return made, kept

    return make


def test_a_list_of_allowed_domains(cognito, app, name, inbox):
    app, kept = app(allow_example_org)
    stranger, guest = f"{name()}@example.com", f"{name()}@example.org"
    with refused(
        "UserLambdaValidationException", "PreSignUp failed with error Cannot authenticate users from this user pool."
    ):
        app.sign_up(stranger, PASSWORD)
    with pytest.raises(cognito.exceptions.UserNotFoundException):
        cognito.admin_get_user(UserPoolId=app.pool, Username=stranger)
    with pytest.raises(cognito.exceptions.UserLambdaValidationException):
        cognito.admin_create_user(UserPoolId=app.pool, Username=stranger)

    assert app.sign_up(guest, PASSWORD)["UserConfirmed"] is False
    assert kept == []
    app.cognito.confirm_sign_up(ClientId=app.id, Username=guest, ConfirmationCode=inbox.code(guest))
    [(source, attributes)] = kept
    assert source == "PostConfirmation_ConfirmSignUp"
    assert (attributes["email"], attributes["email_verified"]) == (guest, "true")
    assert attributes["cognito:user_status"] == "CONFIRMED"
    assert app.sign_in(guest, PASSWORD)


def test_a_domain_that_needs_no_code(cognito, app, name, inbox):
    app, kept = app(confirm_example_org)
    known, other = f"{name()}@example.org", f"{name()}@example.com"
    answer = app.sign_up(known, PASSWORD)
    assert answer["UserConfirmed"] is True and "CodeDeliveryDetails" not in answer
    assert [source for source, _ in kept] == ["PostConfirmation_ConfirmSignUp"]
    assert kept[0][1]["sub"] == answer["UserSub"]
    shown = cognito.admin_get_user(UserPoolId=app.pool, Username=known)
    assert (shown["UserStatus"], values(shown["UserAttributes"])["email_verified"]) == ("CONFIRMED", "true")
    assert app.sign_in(known, PASSWORD)
    assert app.sign_up(other, PASSWORD)["UserConfirmed"] is False
    assert inbox.code(other) and inbox.to(known) == []


def test_a_function_that_keeps_nobody_out_by_failing_late(app, name, inbox):
    app, _ = app(lambda event, context: event)
    username = f"{name()}@example.org"
    app.sign_up(username, PASSWORD)
    arn = app.cognito.describe_user_pool(UserPoolId=app.pool)["UserPool"]["LambdaConfig"]["PostConfirmation"]
    app.cognito.update_user_pool(
        UserPoolId=app.pool, AutoVerifiedAttributes=["email"], LambdaConfig={"PostConfirmation": f"{arn}-gone"}
    )
    with pytest.raises(app.cognito.exceptions.UnexpectedLambdaException):
        app.cognito.confirm_sign_up(ClientId=app.id, Username=username, ConfirmationCode=inbox.code(username))
    assert app.sign_in(username, PASSWORD)


def test_at_the_pages_who_may_not_is_told(server, app, name):
    app, _ = app(allow_example_org, **oauth())
    browser = Browser(server.url)
    page = browser.open(Request(app).path("/signup"))
    told = browser.submit(
        page, username=f"{name()}@example.com", password=PASSWORD, confirm_password=PASSWORD
    )
    assert "PreSignUp failed with error Cannot authenticate users from this user pool." in told.text


def test_at_the_pages_who_needs_no_code_is_let_in(server, app, name):
    app, kept = app(confirm_example_org, **oauth())
    request, browser = Request(app), Browser(server.url)
    page = browser.open(request.path("/signup"))
    done = browser.submit(
        page, username=f"{name()}@example.org", password=PASSWORD, confirm_password=PASSWORD
    )
    assert request.redeem(server.url, request.code(done))["id_token"]
    assert [source for source, _ in kept] == ["PostConfirmation_ConfirmSignUp"]
