"""Chromium, driven by Selenium, with axe-core in it."""

import importlib.util
import pathlib
import shutil

import pytest
from selenium import webdriver
from selenium.webdriver.common.virtual_authenticator import VirtualAuthenticatorOptions

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
#: Marks tests that need it.
needed = pytest.mark.skipif(not (BROWSER and DRIVER), reason="chromium and chromium-driver aren't installed")
_RUN_AXE = """
    const done = arguments[0];
    axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(
        found => done(found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.target + " " + n.failureSummary).join("; ")}`)),
        error => done([String(error)]));
"""


def start(*arguments):
    """A browser, which its caller quits."""
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    usual = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en")
    for argument in (*usual, *arguments):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))


def add_authenticator(driver):
    """Gives the browser an authenticator that holds passkeys, and that its user has unlocked."""
    driver.add_virtual_authenticator(VirtualAuthenticatorOptions(
        protocol="ctap2", transport="internal", has_resident_key=True, has_user_verification=True,
        is_user_verified=True,
    ))


def violations(driver):
    """What axe-core finds against level AA in the page that is shown."""
    package = importlib.util.find_spec("axe_playwright_python").submodule_search_locations[0]
    driver.execute_script((pathlib.Path(package) / "axe.min.js").read_text())
    return driver.execute_async_script(_RUN_AXE)
