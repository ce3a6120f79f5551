"""The inbox of dev in a browser: live, accessible to level AA, and safe from what mails bring. Skipped without Chromium."""

import boto3
import pytest
import requests

from support import chromium

pytestmark = [
    chromium.needed,
    pytest.mark.timeout(120),
]
HOSTILE = (
    "<h1>Hi {username}</h1><p>Your password is <b>{####}</b></p><script>top.document.title = 'owned'</script>"
    "<img src=x onerror=\"top.document.title = 'owned'\"><a href='https://example.com/go'>go</a>"
)


@pytest.fixture(scope="module")
def cognito(development):
    return boto3.client(
        "cognito-idp", "us-east-1", endpoint_url=development.url, aws_access_key_id="a", aws_secret_access_key="b"
    )


@pytest.fixture
def people(development, cognito):
    """Makes users, who are invited by mail or by text."""
    requests.post(development.url + "/_martlet/reset", timeout=10).raise_for_status()
    invitation = {"EmailMessage": HOSTILE, "EmailSubject": "Welcome & <b>hello</b>"}
    pool = cognito.create_user_pool(
        PoolName="inbox", AdminCreateUserConfig={"InviteMessageTemplate": invitation}
    )["UserPool"]["Id"]

    def make(name, email=None, phone=None):
        attributes = {"email": email} if email else {"phone_number": phone}
        cognito.admin_create_user(
            UserPoolId=pool, Username=name, DesiredDeliveryMediums=["EMAIL" if email else "SMS"],
            UserAttributes=[{"Name": key, "Value": value} for key, value in attributes.items()],
            TemporaryPassword="Temporary-Horse-7",
        )

    return make


@pytest.fixture(scope="module")
def browser():
    driver = chromium.start()
    yield driver
    driver.quit()


def wait(browser, condition):
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(browser, 20).until(lambda _: condition())


def text(browser, selector):
    return browser.execute_script("return document.querySelector(arguments[0])?.textContent ?? ''", selector)


def test_messages_appear_without_a_reload(development, people, browser):
    browser.get(development.url + "/_martlet/inbox")
    browser.execute_script("window.isFirst = true")
    assert text(browser, "#detail h2") == "Nothing was sent yet"
    people("ada", email="ada@example.com")
    wait(browser, lambda: text(browser, "#code") == "Temporary-Horse-7")
    assert text(browser, "#subject") == "Welcome & <b>hello</b>"
    people("bob", phone="+15550001111")
    wait(browser, lambda: "+15550001111" in text(browser, "#detail"))
    assert text(browser, "#count") == "2 messages"
    assert "temporary password is Temporary-Horse-7" in text(browser, ".bubble")
    assert browser.execute_script("return window.isFirst === true")
    # Who looks at a message keeps it while others come.
    browser.find_element("css selector", "#list a:nth-of-type(2)").click()
    wait(browser, lambda: "ada@example.com" in text(browser, "#detail"))
    people("eve", email="eve@example.com")
    wait(browser, lambda: text(browser, "#count") == "3 messages")
    assert "ada@example.com" in text(browser, "#detail")


def test_the_list_is_filtered_by_address(development, people, browser):
    people("ada", email="ada@example.com")
    people("bob", email="bob@example.com")
    browser.get(development.url + "/_martlet/inbox")
    browser.find_element("name", "to").send_keys("ADA@")
    browser.find_element("css selector", "form button").click()
    wait(browser, lambda: text(browser, "#count") == "1 message")
    assert "ada@example.com" in text(browser, "#detail")


def test_a_mail_runs_nothing(development, people, browser):
    people("<img/src=x/onerror=alert(1)>", email="ada@example.com")
    browser.get_log("browser")
    browser.get(development.url + "/_martlet/inbox")
    frame = browser.find_element("tag name", "iframe")
    frame_url = frame.get_attribute("src")
    browser.switch_to.frame(frame)
    wait(browser, lambda: text(browser, "h1"))
    assert text(browser, "h1") == "Hi <img/src=x/onerror=alert(1)>"
    assert browser.find_element("tag name", "a").get_attribute("href") == "https://example.com/go"
    browser.switch_to.default_content()
    assert browser.title == "Inbox · Martlet"
    # Nor does it where it is opened by itself.
    browser.get(frame_url)
    assert text(browser, "h1") and browser.title != "owned"
    policy = requests.get(frame_url, timeout=10).headers["Content-Security-Policy"]
    assert "sandbox allow-popups" in policy and "script-src" not in policy


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 320])
def test_it_is_accessible_and_fits(development, people, browser, scheme, width):
    people("ada", email="ada@example.com")
    people("bob", phone="+15550001111")
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    size = {"width": width, "height": 700, "deviceScaleFactor": 1, "mobile": width < 700}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        for path in ("/_martlet/inbox", "/_martlet/inbox?to=ada", "/_martlet/inbox?to=nobody"):
            browser.get(development.url + path)
            assert chromium.violations(browser) == []
            assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_greeting_names_the_page(development):
    assert development.get("/_martlet/inbox").status_code == 200
