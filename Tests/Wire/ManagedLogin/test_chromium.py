"""The pages in a browser: Chromium, to a code at an app's callback. Skipped where Chromium isn't installed."""

import http.server
import itertools
import threading
from urllib.parse import parse_qsl, urlsplit

import boto3
import pytest
import requests
from botocore.config import Config

from support import chromium
from support.app import PASSWORD, App, pairs
from support.pages import Request, oauth
from support.totp import totp

pytestmark = [
    chromium.needed,
    pytest.mark.timeout(120),
]
NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def callback():
    """An app's callback: what it was asked for. `/elsewhere` is another origin, to which the app leads on."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            if self.path.startswith("/on"):
                self.send_response(302)
                self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/home")
            else:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>app</title><h1>App</h1>")

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.asked, server.url = asked, f"http://localhost:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def cognito(development):
    return boto3.client(
        "cognito-idp", "us-east-1", endpoint_url=development.url, aws_access_key_id="any", aws_secret_access_key="any",
        config=Config(retries={"total_max_attempts": 1}),
    )


@pytest.fixture
def driver():
    driver = chromium.start()
    chromium.add_authenticator(driver)
    yield driver
    # Nothing on the pages is refused by their own policy.
    refused = [entry for entry in driver.get_log("browser") if "Content Security Policy" in entry["message"]]
    driver.quit()
    assert refused == []


class Visitor:
    """A person at the pages."""

    def __init__(self, driver, callback, development, cognito, pool=None, client=None, redirect="/callback"):
        self.driver, self.callback, self.development, self.cognito = driver, callback, development, cognito
        self.pool = cognito.create_user_pool(**{
            "PoolName": "Pages", "AutoVerifiedAttributes": ["email"], "UsernameAttributes": ["email"], **(pool or {}),
        })["UserPool"]["Id"]
        made = cognito.create_user_pool_client(**oauth(
            UserPoolId=self.pool, ClientName="web", CallbackURLs=[callback.url + redirect], **(client or {}),
        ))["UserPoolClient"]
        self.app = App(cognito, self.pool, made["ClientId"], made.get("ClientSecret"), made)
        self.request = Request(self.app, redirect_uri=callback.url + redirect)
        self.address = f"visitor{next(NUMBERS)}@example.com"

    def add(self, password=PASSWORD, permanent=True):
        self.cognito.admin_create_user(
            UserPoolId=self.pool, Username=self.address, MessageAction="SUPPRESS", UserAttributes=pairs(
                {"email": self.address, "email_verified": "true"}
            ),
        )
        self.cognito.admin_set_user_password(
            UserPoolId=self.pool, Username=self.address, Password=password, Permanent=permanent,
        )

    def open(self, page="/oauth2/authorize"):
        # Passkeys are for `localhost`, not for an address.
        self.driver.get(self.development.url.replace("127.0.0.1", "localhost") + self.request.path(page))

    def fill(self, **fields):
        for name, value in fields.items():
            (element,) = self.driver.find_elements("name", name)
            element.clear()
            element.send_keys(value)

    def press(self, button=None):
        self.click(f"button[name='{button}']" if button else "form .button-primary")

    def follow(self, part):
        self.click(f"a[href^='{part}']")

    def click(self, selector):
        """Clicks what leads to another page, and waits for that."""
        from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
        from selenium.webdriver.support.ui import WebDriverWait

        page = self.driver.find_element("tag name", "html")

        def is_gone(_):
            try:
                page.is_enabled()
            except StaleElementReferenceException:
                return True
            except WebDriverException as error:
                # So it says while one document takes the other's place.
                return "does not belong to the document" in str(error)
            return False

        self.driver.find_element("css selector", selector).click()
        WebDriverWait(self.driver, 20).until(is_gone)
        WebDriverWait(self.driver, 20).until(
            lambda driver: driver.execute_script("return document.readyState") == "complete"
        )

    @property
    def heading(self):
        return self.driver.find_element("css selector", "h1").text

    def code_sent(self):
        answer = requests.get(f"{self.development.url}/_martlet/messages", params={"to": self.address}, timeout=10)
        return answer.json()["Messages"][-1]["Code"]

    def tokens(self):
        """What the app gets for the code that it was sent."""
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, 20).until(lambda driver: driver.title == "app")
        path = next(path for path in reversed(self.callback.asked) if "code=" in path)
        answer = dict(parse_qsl(urlsplit(path).query))
        assert answer["state"] == self.request.parameters["state"]
        return self.request.redeem(self.development.url, answer["code"])


@pytest.fixture
def visitor(driver, callback, development, cognito):
    return lambda **settings: Visitor(driver, callback, development, cognito, **settings)


def test_a_password_leads_to_the_app(visitor):
    ada = visitor()
    ada.add()
    ada.open()
    assert ada.heading == "Sign in"
    ada.fill(username=ada.address, password="Wrong-Horse-7")
    ada.press("signInSubmitButton")
    assert "Incorrect username or password." in ada.driver.find_element("css selector", "[role=alert]").text
    ada.fill(password=PASSWORD)
    ada.press("signInSubmitButton")
    assert ada.tokens()["access_token"]


def test_an_app_may_lead_on_to_another_origin(visitor):
    ada = visitor(redirect="/on")
    ada.add()
    ada.open()
    ada.fill(username=ada.address, password=PASSWORD)
    ada.press("signInSubmitButton")
    assert ada.tokens()["access_token"]
    assert ada.driver.current_url.endswith("/home")


def test_a_new_user_signs_up(visitor):
    ada = visitor()
    ada.open()
    ada.follow("/signup?")
    ada.fill(username=ada.address, password=PASSWORD, confirm_password=PASSWORD)
    ada.press("signUpButton")
    assert ada.heading == "Confirm your account"
    first = ada.code_sent()
    ada.press("resend")
    assert ada.code_sent() != first
    ada.fill(code=ada.code_sent())
    ada.press("confirm")
    ada.follow("/login?")
    ada.fill(username=ada.address, password=PASSWORD)
    ada.press("signInSubmitButton")
    assert ada.tokens()["id_token"]


def test_a_forgotten_password(visitor):
    ada = visitor()
    ada.add()
    ada.open()
    ada.follow("/forgotPassword?")
    ada.fill(username=ada.address)
    ada.press("reset_my_password")
    ada.fill(code=ada.code_sent(), new_password="New-Horse-8", confirm_password="New-Horse-8")
    ada.press("reset_password")
    assert ada.heading == "Sign in"
    ada.fill(username=ada.address, password="New-Horse-8")
    ada.press("signInSubmitButton")
    assert ada.tokens()["access_token"]


def test_an_authenticator_app_is_set_up(visitor):
    ada = visitor()
    ada.cognito.set_user_pool_mfa_config(
        UserPoolId=ada.pool, SoftwareTokenMfaConfiguration={"Enabled": True}, MfaConfiguration="ON",
    )
    ada.add()
    ada.open()
    ada.fill(username=ada.address, password=PASSWORD)
    ada.press("signInSubmitButton")
    picture = ada.driver.find_element("css selector", "ol.steps svg")
    assert picture.size["width"] >= 120 and picture.is_displayed()
    secret = ada.driver.find_element("css selector", "code.key").text.replace(" ", "").replace("\n", "")
    ada.fill(code=totp(secret))
    ada.press()
    assert ada.tokens()["access_token"]


def test_a_passkey_after_a_sign_up_and_instead_of_a_password(visitor, driver):
    ada = visitor(
        pool={"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}},
        client={"ExplicitAuthFlows": ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]},
    )
    ada.cognito.set_user_pool_mfa_config(
        UserPoolId=ada.pool, WebAuthnConfiguration={"RelyingPartyId": "localhost", "UserVerification": "required"},
    )
    ada.open("/login")
    ada.follow("/signup?")
    ada.fill(username=ada.address, password=PASSWORD, confirm_password=PASSWORD)
    ada.press("signUpButton")
    ada.fill(code=ada.code_sent())
    ada.press("confirm")
    assert ada.heading == "Set up a passkey"
    ada.press()
    assert ada.tokens()["access_token"]

    ada.open("/login")
    driver.delete_all_cookies()
    ada.open("/login")
    ada.fill(username=ada.address)
    ada.press("signInSubmitButton")
    assert ada.heading == "Choose how to sign in"
    ada.click("button[value=WEB_AUTHN]")
    assert ada.heading == "Sign in with your passkey"
    ada.press()
    assert ada.tokens()["access_token"]
