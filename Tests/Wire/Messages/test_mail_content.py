"""Mails as Python's email package reads them."""

import email
import email.policy
import email.utils
import re
import time
from datetime import UTC, datetime

import pytest

from support.app import PASSWORD

ARN = "arn:aws:ses:eu-central-1:111122223333:identity/example.com"
LONG = "Ünïcödé – ein langer Betreff, der über mehrere Zeilen geht, mit „Zeichen“ und 🐦 und noch etwas mehr Text darin"


def check_lines(raw):
    """RFC 5322, 2.1.1, and nothing but seven bits."""
    assert raw.isascii()
    lines = raw.split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert max(map(len, lines)) <= 78
    for word in re.findall(rb"=\?[^? ]+\?[BQ]\?[^? ]*\?=", raw):
        assert len(word) <= 75


@pytest.fixture
def sending(sender, mail_server, certificate):
    return sender(
        "--mail", mail_server.url, "--mail-ca", certificate, "--mail-from", "Martlet, Inc. <no-reply@martlet.example>"
    )


def test_a_verification(sending, mail_server):
    app = sending.app(VerificationMessageTemplate={
        "EmailSubject": LONG, "EmailMessage": "<p>Grüße!</p><p>Your code: <b>{####}</b>, <a href='https://a.example'>go</a></p>",
    })
    before = time.time()
    app.sign_up("ada", PASSWORD, {"email": "ada@example.com"})
    mail = mail_server.wait("ada@example.com")
    check_lines(mail.raw)
    message = mail.message
    assert message.defects == []
    assert message["Subject"] == LONG
    assert message["From"].addresses[0].display_name == "Martlet, Inc."
    assert message["From"].addresses[0].addr_spec == mail.sender == "no-reply@martlet.example"
    assert [address.addr_spec for address in message["To"].addresses] == ["ada@example.com"] == mail.to
    assert message["Auto-Submitted"] == "auto-generated" and message["MIME-Version"] == "1.0"
    assert re.fullmatch(r"<[0-9a-f-]{36}@martlet\.example>", message["Message-ID"])
    assert abs(message["Date"].datetime.timestamp() - before) < 5
    assert message["Date"] == email.utils.format_datetime(message["Date"].datetime.astimezone(UTC))
    assert message["Reply-To"] is None
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content_charset() == html.get_content_charset() == "utf-8"
    code = re.search(r"<b>(\d{6})</b>", html.get_content())[1]
    assert html.get_content().rstrip("\r\n") == (
        f"<p>Grüße!</p><p>Your code: <b>{code}</b>, <a href='https://a.example'>go</a></p>"
    )
    assert text.get_content().split("\n")[0].rstrip("\r") == "Grüße!"
    assert f"Your code: {code}, go (https://a.example)" in text.get_content()
    app.cognito.confirm_sign_up(ClientId=app.id, Username="ada", ConfirmationCode=code)


@pytest.mark.parametrize("sender_of_pool, name, address", [
    ("Jürgen \"der\" Vogel <vogel@example.com>", 'Jürgen "der" Vogel', "vogel@example.com"),
    ("vogel@example.com", "", "vogel@example.com"),
    ("\"Vogel, J.\" <vogel@example.com>", "Vogel, J.", "vogel@example.com"),
    ("=?utf-8?q?trick?= <vogel@example.com>", "=?utf-8?q?trick?=", "vogel@example.com"),
    ("a\r\nBcc: eve@example.com\r\nX: <vogel@example.com>", "a Bcc: eve@example.com X:", "vogel@example.com"),
])
def test_a_sender_of_the_pools_own(sending, mail_server, sender_of_pool, name, address):
    app = sending.app(EmailConfiguration={
        "EmailSendingAccount": "DEVELOPER", "SourceArn": ARN, "From": sender_of_pool,
        "ReplyToEmailAddress": "help@example.com",
    })
    app.sign_up("ada", PASSWORD, {"email": "ada@example.com"})
    mail = mail_server.wait("ada@example.com")
    check_lines(mail.raw)
    (shown,) = mail.message["From"].addresses
    assert (shown.display_name, shown.addr_spec) == (name, address)
    assert mail.message["Reply-To"].addresses[0].addr_spec == "help@example.com"
    assert mail.message["Bcc"] is None and mail.message["X"] is None
    # Who hears of bounces is the operator.
    assert mail.sender == "no-reply@martlet.example" and mail.to == ["ada@example.com"]
    assert mail.message["Message-ID"].endswith("@example.com>")


def test_the_address_of_an_identity(sending, mail_server):
    app = sending.app(EmailConfiguration={
        "EmailSendingAccount": "DEVELOPER", "SourceArn": f"{ARN.rsplit('/')[0]}/shop@example.com",
    })
    app.sign_up("ada", PASSWORD, {"email": "ada@example.com"})
    assert mail_server.wait("ada@example.com").message["From"].addresses[0].addr_spec == "shop@example.com"


@pytest.mark.parametrize("subject", [
    "Plain", "x" * 140, "ü" * 140, "🐦" * 70, "=?utf-8?q?no?= word", "a  b", "Zwei\tZeilen\r\nBcc: eve@example.com\r\n\r\nbody",
    "word " * 27 + "end",
])
def test_subjects(sending, mail_server, subject):
    app = sending.app(VerificationMessageTemplate={"EmailSubject": subject, "EmailMessage": "{####}"})
    app.sign_up("ada", PASSWORD, {"email": "ada@example.com"})
    mail = mail_server.wait("ada@example.com")
    shown = " ".join(subject.split())
    assert mail.message["Subject"] == shown
    assert mail.message["Bcc"] is None
    check_lines(mail.raw)


@pytest.mark.parametrize("body", [
    "{####}", "漢字と仮名 {####} の文章", "x" * 3000 + " {####}", "{####}\r\n.\r\n..\nFrom me \n\nend \t",
    "=3D=\n{####} =", "ä" * 5000 + "{####}", "--=_{####}--",
])
def test_bodies(sending, mail_server, body):
    app = sending.app(VerificationMessageTemplate={"EmailSubject": "s", "EmailMessage": body})
    app.sign_up("ada", PASSWORD, {"email": "ada@example.com"})
    mail = mail_server.wait("ada@example.com")
    check_lines(mail.raw)
    text, html = mail.message.iter_parts()
    code = re.search(r"\d{6}", html.get_content())[0]
    lines = re.split("\r\n|\n", html.get_content().removesuffix("\n").removesuffix("\r"))
    assert lines == re.split("\r\n|\n", body.replace("{####}", code))
    assert code in text.get_content()


def test_a_year_of_dates(mail_test, mail_server, certificate):
    """The date is right today; the calendar is held by DeliveryTests."""
    assert mail_test(mail_server.url, "--mail-ca", certificate).status == 0
    date = mail_server.wait("ada@example.com").message["Date"].datetime
    assert abs((datetime.now(UTC) - date).total_seconds()) < 5
