"""Every kind of TLS and authentication, by `martlet mail test`, which sends as the server does."""

import time

import pytest

from support.mail import CLOSE, HANG, MailServer, SocketServer
from support.server import free_port

SECRET = "pa ss#wörd"


@pytest.fixture
def password(private):
    return private("password", SECRET + "\n")


@pytest.mark.parametrize("security", ["starttls", "implicit", "none"])
@pytest.mark.parametrize("mechanism", [None, "LOGIN", "PLAIN"])
def test_tls_and_passwords(mail_test, certificate, password, security, mechanism):
    given = {"user": "app@example.com", "password": SECRET, "mechanisms": (mechanism,)} if mechanism else {}
    flags = ["--mail-password-file", password] if mechanism else []
    with MailServer(security, certificate, **given) as server:
        sent = mail_test(server.url, "--mail-ca", certificate, *flags)
        assert (sent.status, sent.error) == (0, "")
        assert sent.told == f"localhost:{server.port} took it: 250 2.0.0 Taken"
        mail = server.wait("ada@example.com")
    assert mail.encrypted == (security != "none")
    assert mail.login == (f"{mechanism} app@example.com" if mechanism else None)
    assert (mail.sender, mail.to) == ("no-reply@martlet.example", ["ada@example.com"])


@pytest.mark.parametrize("mechanism, chosen", [("plain", "PLAIN"), ("login", "LOGIN")])
def test_a_mechanism_may_be_chosen(mail_test, certificate, password, mechanism, chosen):
    with MailServer(certificate=certificate, user="app", password=SECRET) as server:
        flags = ["--mail-ca", certificate, "--mail-password-file", password]
        assert mail_test(f"{server.url}?auth={mechanism}", *flags).status == 0
        assert server.wait("ada@example.com").login == f"{chosen} app"


@pytest.mark.parametrize("security", ["starttls", "implicit"])
def test_tokens(mail_test, certificate, private, security):
    file = private("token", "ya29.token-_~+/=\n")
    with MailServer(security, certificate, user="app@example.com", token="ya29.token-_~+/=") as server:
        flags = ["--mail-ca", certificate, "--mail-token-file", file]
        assert mail_test(server.url, *flags).status == 0
        assert server.wait("ada@example.com").login == "XOAUTH2 app@example.com"
        file.write_text("another")
        refused = mail_test(server.url, *flags)
        assert refused.status == 1
        assert "refuses all of ours; the configuration must be mended" in refused.error
        assert "another" not in refused.error


def test_a_wrong_password(mail_test, certificate, private):
    with MailServer(certificate=certificate, user="app", password=SECRET) as server:
        refused = mail_test(
            server.url, "--mail-ca", certificate, "--mail-password-file", private("wrong", "guess-work")
        )
        assert refused.error == (
            f"martlet: localhost:{server.port}: refuses all of ours; the configuration must be mended: "
            "535 5.7.8 Authentication credentials invalid"
        )
        assert refused.status == 1 and server.mails == []


def test_nobody_asks_who_we_are(mail_test, certificate, password):
    """A server that offers no AUTH gets no mail: whoever took it away would get the mails of all."""
    with MailServer(certificate=certificate, mechanisms=()) as server:
        url = server.url.replace("smtp://", "smtp://app@")
        refused = mail_test(url, "--mail-ca", certificate, "--mail-password-file", password)
        assert refused.status == 1 and "the configuration must be mended" in refused.error
        assert server.mails == [] and "MAIL" not in server.commands


def test_credentials_are_asked_for(mail_test, certificate):
    with MailServer(certificate=certificate, user="app", password=SECRET) as server:
        refused = mail_test(server.url.replace("app@", ""), "--mail-ca", certificate)
        assert refused.status == 1
        assert "the configuration must be mended: 530 5.7.0 Authentication required" in refused.error


@pytest.mark.parametrize("security", ["starttls", "implicit"])
def test_a_certificate_of_another_name(mail_test, other_name, password, security):
    with MailServer(security, other_name, user="app", password=SECRET) as server:
        flags = ["--mail-password-file", password]
        refused = mail_test(server.url, "--mail-ca", other_name, *flags)
        assert refused.status == 1 and ": TLS: " in refused.error, refused.error
        assert server.mails == server.tried == []


@pytest.mark.parametrize("security", ["starttls", "implicit"])
def test_a_certificate_that_nobody_vouches_for(mail_test, certificate, password, security):
    with MailServer(security, certificate, user="app", password=SECRET) as server:
        refused = mail_test(server.url, "--mail-password-file", password)
        assert refused.status == 1 and ": TLS: " in refused.error, refused.error
        assert server.mails == server.tried == []


def test_starttls_that_was_stripped(mail_test, certificate, password):
    with MailServer("stripped", user="app", password=SECRET) as server:
        refused = mail_test(server.url, "--mail-ca", certificate, "--mail-password-file", password)
        assert refused.status == 1, refused.told
        assert server.mails == server.tried == [] and server.commands == []
        print(refused.error)


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("answer, words", [
    ("550 5.1.1 No such user", "refuses this message: 550 5.1.1 No such user"),
    ("451 4.7.1 Greylisted", "refuses for now: 451 4.7.1 Greylisted"),
    ("554 5.7.1 <ada@example.com>: Relay access denied", "refuses this message: 554 5.7.1 <address> Relay access denied"),
])
def test_what_a_server_says(mail_test, mail_server, certificate, command, answer, words):
    mail_server.answers[command] = [answer]
    refused = mail_test(mail_server.url, "--mail-ca", certificate)
    assert (refused.status, refused.error) == (1, f"martlet: localhost:{mail_server.port}: {words}")
    assert mail_server.mails == []


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_connection_that_ends(mail_test, mail_server, certificate, command):
    mail_server.answers[command] = [CLOSE]
    refused = mail_test(mail_server.url, "--mail-ca", certificate)
    assert refused.status == 1 and "can't be reached" in refused.error
    assert mail_server.mails == []


def test_a_server_that_hangs(mail_test, mail_server, certificate):
    mail_server.answers["DATA"] = [HANG]
    refused = mail_test(mail_server.url, "--mail-ca", certificate)
    assert refused.error == f"martlet: localhost:{mail_server.port}: can't be reached: no answer in time"
    assert 19 < refused.seconds < 40


@pytest.mark.parametrize("peer, words", [
    ({}, "can't be reached: nobody takes the connection, or not in time"),
    ({"closes": True}, "can't be reached: "),
    ({"greeting": "554 5.3.2 mx.example.com takes no mail"}, "the configuration must be mended: 554 5.3.2"),
    ({"greeting": "421 4.3.2 Come later", "closes": True}, "refuses for now: 421 4.3.2 Come later"),
])
def test_a_server_that_takes_no_connection(mail_test, peer, words):
    with SocketServer(**peer) as server:
        refused = mail_test(server.url)
        assert refused.status == 1 and words in refused.error, refused.error
        # The connection has 5 seconds, TLS and greeting with it.
        assert refused.seconds < 15


@pytest.mark.parametrize("peer", [{}, {"closes": True}, {"greeting": "554 no"}, {"greeting": "421 later", "closes": True}])
def test_the_next_server_takes_it(mail_test, mail_server, certificate, peer):
    with SocketServer(**peer) as first:
        sent = mail_test(f"{first.url},{mail_server.url}", "--mail-ca", certificate)
        assert (sent.status, first.connections) == (0, 1)
        assert sent.told.startswith(f"localhost:{mail_server.port} took it")
        assert len(mail_server.mails) == 1


def test_servers_have_passwords_of_their_own(mail_test, certificate, private):
    with MailServer(certificate=certificate, user="one", password="first") as one, \
            MailServer(certificate=certificate, user="two", password="second") as two:
        file = private("passwords", "# of one and two\nwrong\nsecond\n")
        sent = mail_test(
            f"{one.url},{two.url}", "--mail-ca", certificate, "--mail-password-file", file
        )
        assert sent.status == 0, sent.error
        assert (one.tried, two.tried) == ([("one", "wrong")], [("two", "second")])


def test_a_server_that_hangs_amid_a_mail_ends_the_try(mail_test, mail_server, certificate):
    """It may have taken the mail, so no other server is asked before the next try."""
    with MailServer(certificate=certificate) as other:
        mail_server.answers["DATA"] = [HANG]
        refused = mail_test(f"{mail_server.url},{other.url}", "--mail-ca", certificate)
        assert refused.status == 1 and other.mails == []


def test_an_address_beyond_ascii(mail_test, certificate):
    with MailServer(certificate=certificate) as server:
        assert mail_test(server.url, "--mail-ca", certificate, to="jürgen@example.com").status == 0
        mail = server.wait("jürgen@example.com")
        assert "SMTPUTF8" in mail.options
        assert "To: jürgen@example.com\r\n".encode() in mail.raw
    with MailServer(certificate=certificate, utf8=False) as server:
        refused = mail_test(server.url, "--mail-ca", certificate, to="jürgen@example.com")
        assert refused.status == 1 and "refuses this message: the server takes no addresses beyond ASCII" in refused.error


@pytest.mark.parametrize("flags, complaint", [
    (["--mail", "imap://a"], "--mail: a server is neither smtp://HOST nor smtps://HOST"),
    (["--mail", "smtp://app:secret@a"], "--mail: a password belongs into the file of --mail-password-file"),
    (["--mail", "smtp://app@a"], "--mail-password-file or --mail-token-file is required for the user app"),
    (["--mail", "smtp://a:x"], "--mail: a server has no port number behind its colon"),
    (["--mail", "smtps://a?tls=off"], "--mail: tls=off isn't an option"),
    (["--mail", "smtp://"], "--mail: a server names no host"),
    (["--mail", "smtp://a\r\nb"], "names no host"),
    (["--mail", "smtp://a", "--mail-ca", "/nowhere"], "--mail-ca: the file /nowhere doesn't exist"),
    (["--mail", "smtp://a", "--mail-password-file", "/nowhere"], "--mail-password-file: the file /nowhere doesn't exist"),
    (["--mail", "smtp://a", "--mail-from", "a@b\r\nBcc: c@d.e"], "is neither an address nor Name <address>"),
    (["--mail", "ses:eu central"], "--mail: eu central isn't a region"),
])
def test_what_cannot_be_followed(martlet, flags, complaint):
    sender = [] if "--mail-from" in flags else ["--mail-from", "a@b.example"]
    refused = martlet("mail", "test", "ada@example.com", *sender, *flags)
    assert refused.status == 2 and complaint in refused.error, refused.error


def test_secrets_are_nobody_elses(mail_test, private):
    file = private("password", SECRET)
    file.chmod(0o644)
    refused = mail_test("smtp://app@localhost", "--mail-password-file", file)
    assert refused.status == 2 and f"others can read {file}" in refused.error


def test_no_server_is_there(mail_test):
    port = free_port()
    start = time.monotonic()
    refused = mail_test(f"smtp://127.0.0.1:{port}")
    assert refused.error == f"martlet: 127.0.0.1:{port}: can't be reached: nobody takes the connection, or not in time"
    assert time.monotonic() - start < 5
