"""Signing up and forgotten passwords at the pages, form by form."""

import re

import pytest
import requests

from support.app import PASSWORD
from support.pages import Browser, Request, oauth


@pytest.fixture
def browser(server):
    return Browser(server.url)


def test_sign_up_confirm_and_sign_in(cognito, pool, client, server, inbox, browser, name):
    app = client(pool(UsernameAttributes=["email"], AutoVerifiedAttributes=["email"]), GenerateSecret=True, **oauth())
    address = f"{name('new')}@example.com"
    request = Request(app)
    page = browser.open(request.path())
    (link,) = [link for link in page.links if link.startswith("/signup?")]
    page = browser.get(link)
    assert page.heading == "Sign up"
    assert not [field for field in page.form.fields if field.startswith("requiredAttributes")]

    wrong = browser.submit(page, username=address, password=PASSWORD, confirm_password="Other-Horse-7")
    assert "don't match" in wrong.text
    page = browser.submit(wrong, username=address, password=PASSWORD, confirm_password=PASSWORD)
    assert page.heading == "Confirm your account" and f"{address[0]}***@e***" in page.text
    first = inbox.code(address)
    page = browser.submit(page, code="000000")
    assert "Invalid verification code" in page.text and f"{address[0]}***@e***" in page.text
    page = browser.submit(page, button="resend")
    assert inbox.code(address, 2) != first
    page = browser.submit(page, code=inbox.code(address, 2))
    assert "confirmed" in page.heading
    (link,) = [link for link in page.links if link.startswith("/login?")]
    page = browser.submit(browser.get(link), username=address, password=PASSWORD)
    assert request.redeem(server.url, request.code(page))

    taken = browser.get(Request(app).path("/signup"))
    taken = browser.submit(taken, username=address, password=PASSWORD, confirm_password=PASSWORD)
    assert taken.heading == "Sign up" and "exists" in taken.text


def test_the_code_of_a_sign_up_signs_in(pool, client, server, inbox, browser, name):
    made = pool(
        AutoVerifiedAttributes=["email"],
        Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}},
    )
    app = client(made, ExplicitAuthFlows=["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], **oauth())
    username, address = name(), f"{name('new')}@example.com"
    request = Request(app)
    page = browser.get(request.path("/signup"))
    page = browser.submit(page, username=username, password=PASSWORD, confirm_password=PASSWORD,
                          **{"requiredAttributes[email]": address})
    page = browser.submit(page, code=inbox.code(address))
    assert request.redeem(server.url, request.code(page))


def test_an_unconfirmed_user_is_asked_for_the_code(pool, client, server, inbox, browser, name):
    app = client(pool(AutoVerifiedAttributes=["email"]), **oauth())
    username, address = name(), f"{name('late')}@example.com"
    app.sign_up(username, PASSWORD, {"email": address})
    request = Request(app)
    page = browser.submit(browser.open(request.path()), username=username, password=PASSWORD)
    assert page.heading == "Confirm your account"
    page = browser.submit(page, code=inbox.code(address))
    assert "confirmed" in page.heading


def test_the_link_of_a_mail_confirms(cognito, pool, client, server, inbox, browser, name):
    template = {"DefaultEmailOption": "CONFIRM_WITH_LINK", "EmailMessageByLink": "Follow {##this link##}."}
    made = pool(AutoVerifiedAttributes=["email"], VerificationMessageTemplate=template)
    app = client(made, **oauth())
    username, address = name(), f"{name('link')}@example.com"
    app.sign_up(username, PASSWORD, {"email": address})
    url = re.search(r'href="?([^" >]+)', inbox.wait(address)["Body"])[1].replace("&amp;", "&")
    assert "/confirmUser/?" in url
    assert url.startswith(server.url)
    # What looks at links before their reader does confirms nobody.
    assert requests.head(url, timeout=10).status_code == 200
    assert cognito.admin_get_user(UserPoolId=made, Username=username)["UserStatus"] == "UNCONFIRMED"
    page = browser.get(url.removeprefix(server.url))
    assert page.status == 200 and "confirmed" in page.heading
    shown = cognito.admin_get_user(UserPoolId=made, Username=username)
    assert shown["UserStatus"] == "CONFIRMED"
    assert browser.get(url.removeprefix(server.url)).status == 400


def test_a_forgotten_password(pool, client, user, server, inbox, browser, name):
    app = client(pool(AutoVerifiedAttributes=["email"]), PreventUserExistenceErrors="ENABLED", **oauth())
    address = f"{name('forgot')}@example.com"
    username = user(app.pool, email=address, email_verified="true")
    request = Request(app)
    (link,) = [link for link in browser.open(request.path()).links if link.startswith("/forgotPassword?")]
    page = browser.submit(browser.get(link), username=username)
    assert page.heading == "Reset your password"
    code = inbox.code(address)
    wrong = browser.submit(page, code="000000", new_password="New-Horse-8", confirm_password="New-Horse-8")
    assert "Invalid verification code" in wrong.text
    differing = browser.submit(wrong, code=code, new_password="New-Horse-8", confirm_password="New-Horse-9")
    assert "don't match" in differing.text
    done = browser.submit(differing, code=code, new_password="New-Horse-8", confirm_password="New-Horse-8")
    assert done.status == 303 and done.response.headers["Location"].startswith("/login?")
    page = browser.submit(browser.get(done.response.headers["Location"]), username=username, password="New-Horse-8")
    assert request.redeem(server.url, request.code(page))


def test_nobody_learns_who_exists(pool, client, user, browser, name):
    app = client(pool(AutoVerifiedAttributes=["email"]), PreventUserExistenceErrors="ENABLED", **oauth())
    known, unknown = user(app.pool, email="k@example.com", email_verified="true"), name("nobody")

    def shown(username, page):
        hidden = {"csrf", "session", "challenge_parameters"}
        fields = {key: value for key, value in page.form.fields.items() if key not in hidden}
        return page.status, page.text.replace(username, "X"), {k: v.replace(username, "X") for k, v in fields.items()}

    request = Request(app)
    answers = [
        (
            shown(username, browser.submit(browser.get(request.path("/login")), username=username, password="Wrong-1x")),
            browser.submit(browser.get(request.path("/forgotPassword")), username=username).heading,
        )
        for username in (known, unknown)
    ]
    assert answers[0] == answers[1]


def test_pools_without_sign_up(pool, client, browser):
    closed = {"AllowAdminCreateUserOnly": True}
    app = client(pool(AdminCreateUserConfig=closed), **oauth())
    request = Request(app)
    assert not [link for link in browser.open(request.path()).links if link.startswith("/signup")]
    assert browser.get(request.path("/signup")).status == 303
