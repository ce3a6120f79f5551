"""Postfix takes the mails, and delivers them to a maildir."""

import re

import pytest
from botocore.exceptions import ClientError

from support.app import PASSWORD
from support.postfix import Postfix, is_possible

pytestmark = pytest.mark.skipif(not is_possible(), reason="Postfix isn't installed, or this isn't root, who starts it")


@pytest.fixture(scope="module")
def postfix(certificate):
    with Postfix(certificate) as server:
        yield server


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_mail_is_delivered(mail_test, postfix, certificate, scheme):
    port = postfix.starttls_port if scheme == "smtp" else postfix.implicit_port
    to = f"{scheme}@example.test"
    sent = mail_test(f"{scheme}://localhost:{port}", "--mail-ca", certificate, to=to)
    assert re.fullmatch(rf"localhost:{port} took it: 250 2\.0\.0 Ok: queued as [0-9A-F]+", sent.told), sent
    mail = postfix.wait(to)
    assert mail["Return-Path"] == "<no-reply@martlet.example>"
    assert "using TLSv1.3" in " ".join(mail.get_all("Received"))
    assert mail.get_body(("plain",)).get_content().rstrip() == "Martlet sent this mail to see whether it can: it can. ✓"


def test_an_address_beyond_ascii(mail_test, postfix, certificate):
    to = "jürgen@example.test"
    sent = mail_test(f"smtp://localhost:{postfix.starttls_port}", "--mail-ca", certificate, to=to)
    assert sent.status == 0, sent.error
    shown = postfix.wait(to)["To"].addresses[0].addr_spec
    # Its bytes are UTF-8, as SMTPUTF8 has them, which the email package keeps as they are.
    assert shown.encode("utf-8", "surrogateescape").decode() == to


def test_what_postfix_refuses(mail_test, postfix, certificate):
    url = f"smtp://localhost:{postfix.starttls_port}"
    unknown = mail_test(url, "--mail-ca", certificate, to="nobody@example.test")
    assert "refuses this message: 550 5.1.1 <address> Recipient address rejected: User unknown" in unknown.error
    relayed = mail_test(url, "--mail-ca", certificate, to="ada@elsewhere.test")
    assert "refuses this message: 554 5.7.1 <address> Relay access denied" in relayed.error
    plain = mail_test(f"{url}?tls=off")
    assert plain.status == 1 and "530 5.7.0 Must issue a STARTTLS command first" in plain.error


def test_a_sign_up(sender, postfix, certificate):
    sending = sender(
        "--mail", f"smtp://localhost:{postfix.starttls_port}", "--mail-ca", certificate,
        "--mail-from", "Martlet <no-reply@martlet.example>",
    )
    app = sending.app(VerificationMessageTemplate={"EmailSubject": "Grüße", "EmailMessage": "<b>{####}</b>"})
    app.sign_up("ada", PASSWORD, {"email": "ada@example.test"})
    mail = postfix.wait("ada@example.test")
    assert mail["Subject"] == "Grüße"
    code = re.search(r"\d{6}", mail.get_body(("html",)).get_content())[0]
    app.cognito.confirm_sign_up(ClientId=app.id, Username="ada", ConfirmationCode=code)
    with pytest.raises(ClientError) as refused:
        app.sign_up("bob", PASSWORD, {"email": "nobody@example.test"})
    assert refused.value.response["Error"]["Code"] == "CodeDeliveryFailureException"
