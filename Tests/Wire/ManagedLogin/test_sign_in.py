"""Signing in at the pages, form by form."""

import json
import time

import jwt
import pytest

from support.app import PASSWORD
from support.pages import Browser, Request, oauth
from support.totp import totp

CHOICE = ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


def claims(token):
    return jwt.decode(token, options={"verify_signature": False})


@pytest.fixture
def browser(server):
    return Browser(server.url)


def test_name_and_password_lead_to_a_code(pool, client, user, server, browser):
    app = client(pool(), **oauth())
    username = user(app.pool, email="ada@example.com", email_verified="true")
    request = Request(app, nonce="once")
    page = browser.open(request.path())
    assert page.status == 200 and page.heading == "Sign in"
    assert {"csrf", "username", "password", "cognitoAsfData"} <= set(page.form.fields)

    page = browser.submit(page, username=username, password="Wrong-Horse-7")
    assert page.status == 200 and "Incorrect username or password." in page.text
    assert page.form.fields["username"] == username and page.form.fields["password"] == ""

    page = browser.submit(page, username=username, password=PASSWORD)
    tokens = request.redeem(server.url, request.code(page))
    assert claims(tokens["id_token"])["cognito:username"] == username
    assert claims(tokens["id_token"])["nonce"] == "once"
    assert claims(tokens["access_token"])["scope"] == "openid"

    # The browser is signed in: no page any more, unless the app asks for one.
    again = Request(app)
    assert again.redeem(server.url, again.code(browser.get(again.path())))
    asked = browser.open(Request(app, prompt="login").path())
    assert asked.status == 200 and asked.heading == "Sign in"


def test_a_client_with_a_secret(pool, client, user, server, browser):
    app = client(pool(), GenerateSecret=True, **oauth())
    username = user(app.pool)
    request = Request(app)
    page = browser.submit(browser.open(request.path()), username=username, password=PASSWORD)
    assert request.redeem(server.url, request.code(page))["access_token"]


def test_factors_are_chosen_after_the_name(cognito, pool, client, user, server, inbox, browser, name):
    made = pool(
        AutoVerifiedAttributes=["email"],
        Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}},
    )
    app = client(made, ExplicitAuthFlows=CHOICE, **oauth())
    address = f"{name('choice')}@example.com"
    username = user(made, email=address, email_verified="true")
    request = Request(app)
    page = browser.open(request.path())
    assert "password" not in page.form.fields

    page = browser.submit(page, username=username)
    assert page.heading == "Choose how to sign in"
    assert {value for name, value, _ in page.form.buttons if name == "challenge"} == {"PASSWORD", "EMAIL_OTP"}

    password = browser.submit(page, challenge="PASSWORD")
    assert password.heading == "Enter your password"
    wrong = browser.submit(password, password="Wrong-Horse-7")
    assert wrong.heading == "Enter your password" and "Incorrect username or password." in wrong.text
    assert request.redeem(server.url, request.code(browser.submit(wrong, password=PASSWORD)))

    page = browser.submit(page, challenge="EMAIL_OTP")
    assert page.heading == "Check your email" or address[0] in page.text
    first = inbox.code(address)
    page = browser.submit(page, code="00000000")
    assert "Invalid verification code" in page.text
    resent = browser.submit(page, button="resend")
    assert inbox.code(address, 2) != first
    other = Request(app)
    # The first code belongs to the first page alone.
    assert "Invalid verification code" in browser.submit(resent, code=first).text
    code = inbox.code(address, 2)
    assert request.redeem(server.url, request.code(browser.submit(resent, code=f" {code[:4]} {code[4:]} ")))
    # What was answered once isn't answered twice.
    replayed = browser.submit(resent, code=code)
    assert replayed.status == 200 and "Your session has expired" in replayed.text
    assert other.parameters["state"] != request.parameters["state"]


def test_a_temporary_password_is_replaced(cognito, pool, client, server, browser, name):
    schema = [{"Name": "given_name", "Required": True, "Mutable": True}]
    app = client(pool(Schema=schema), **oauth())
    username = name()
    cognito.admin_create_user(
        UserPoolId=app.pool, Username=username, TemporaryPassword=PASSWORD, MessageAction="SUPPRESS",
    )
    request = Request(app)
    page = browser.submit(browser.open(request.path()), username=username, password=PASSWORD)
    assert page.heading == "Change password" and "requiredAttributes[given_name]" in page.form.fields
    attribute = {"requiredAttributes[given_name]": "Ada"}
    differing = browser.submit(page, new_password="New-Horse-8", confirm_password="New-Horse-9", **attribute)
    assert "don't match" in differing.text
    weak = browser.submit(differing, new_password="short", confirm_password="short", **attribute)
    assert "Password did not conform with policy" in weak.text
    done = browser.submit(weak, new_password="New-Horse-8", confirm_password="New-Horse-8", **attribute)
    assert request.redeem(server.url, request.code(done))
    shown = cognito.admin_get_user(UserPoolId=app.pool, Username=username)
    assert shown["UserStatus"] == "CONFIRMED"
    assert {"Name": "given_name", "Value": "Ada"} in shown["UserAttributes"]


def test_an_authenticator_app_is_set_up_and_asked_for(cognito, pool, client, user, server, browser):
    made = pool()
    cognito.set_user_pool_mfa_config(
        UserPoolId=made, SoftwareTokenMfaConfiguration={"Enabled": True}, MfaConfiguration="ON",
    )
    app = client(made, **oauth())
    username = user(made)
    request = Request(app)
    page = browser.submit(browser.open(request.path()), username=username, password=PASSWORD)
    assert "<svg" in page.response.text and "friendly_device_name" in page.form.fields
    secret = json.loads(page.form.fields["challenge_parameters"])["SECRET_CODE"]
    assert secret in page.text.replace(" ", "")
    wrong = browser.submit(page, code="000000")
    assert "Invalid verification code" in wrong.text
    assert json.loads(wrong.form.fields["challenge_parameters"])["SECRET_CODE"] == secret
    server.secrets.add(secret)
    done = browser.submit(wrong, code=totp(secret), friendly_device_name="Phone")
    assert request.redeem(server.url, request.code(done))

    other, request = Browser(server.url), Request(app)
    page = other.submit(other.open(request.path()), username=username, password=PASSWORD)
    assert "SOFTWARE_TOKEN_MFA" == page.form.fields["challenge_name"]
    assert "Invalid verification code" in other.submit(page, code="000000").text
    done = other.submit(page, code=totp(secret, time.time() + 30))
    tokens = request.redeem(server.url, request.code(done))
    assert claims(tokens["access_token"])["username"] == username


def test_forms_of_others_are_refused(pool, client, user, server, browser):
    app = client(pool(), **oauth())
    username = user(app.pool)
    request = Request(app)
    page = browser.open(request.path())
    right = {**page.form.fields, "username": username, "password": PASSWORD}
    action = page.form.action
    for fields, headers in [
        ({**right, "csrf": ""}, {}),
        ({**right, "csrf": "0" * 36}, {}),
        (right, {"Origin": "https://evil.example"}),
        (right, {"Origin": "null"}),
        (right, {"Sec-Fetch-Site": "cross-site"}),
        (right, {"Sec-Fetch-Site": "same-site"}),
    ]:
        refused = browser.post(action, fields, headers)
        assert refused.status == 403, headers
        assert "Location" not in refused.response.headers
        assert not any("cognito" in cookie for cookie in browser.session.cookies.keys())
    # A browser that has no token, or two of which one is another host's.
    stranger = Browser(server.url)
    assert stranger.post(action, right).status == 403
    twice = {"Cookie": f"XSRF-TOKEN={right['csrf']}; XSRF-TOKEN={right['csrf']}"}
    assert Browser(server.url).post(action, right, twice).status == 403
    assert request.code(browser.post(action, right))


def test_headers_of_pages(pool, client, server, browser):
    app = client(pool(), **oauth())
    headers = browser.open(Request(app).path()).response.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy and "frame-ancestors 'none'" in policy
    assert headers["Cache-Control"] == "no-store" and headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers
    cookie = headers["Set-Cookie"]
    assert cookie.startswith("XSRF-TOKEN=") and "HttpOnly; SameSite=Lax" in cookie


def test_what_is_wrong_about_a_request(pool, client, server, browser):
    app = client(pool(), **oauth())
    for parameters, error in [
        ({"client_id": "unknown"}, "invalid_request"),
        ({"redirect_uri": "https://evil.example/"}, "redirect_mismatch"),
    ]:
        page = browser.open(Request(app, **parameters).path("/login"))
        assert page.status == 400 and error in page.text
    assert "evil" not in browser.get("/error?error=call+evil").text
    lost = browser.get(Request(app, response_type="token").path("/login"))
    assert lost.status == 302 and "error=unauthorized_client" in lost.response.headers["Location"]
