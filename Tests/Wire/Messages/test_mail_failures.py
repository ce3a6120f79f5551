"""What the caller gets, what the log says and what is sent later, where a mail can't be handed over."""

import time

import pytest
from botocore.exceptions import ClientError

from conftest import boto3_client
from support.app import PASSWORD, App
from support.mail import CLOSE, HANG, MailServer, SocketServer

WORDS = "Invalid email provided/Unable to send the email"


@pytest.fixture
def sending(sender, mail_server, certificate):
    return sender("--mail", mail_server.url, "--mail-ca", certificate, "--mail-from", "no-reply@martlet.example")


def sign_up(app, name="ada"):
    """The error of a sign-up; None where it succeeds."""
    try:
        app.sign_up(name, PASSWORD, {"email": f"{name}@example.com"})
    except ClientError as error:
        return error.response["Error"]
    return None


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_greylisting(sending, mail_server, command):
    """The caller is told nothing, and the mail comes later, once."""
    app = sending.app()
    mail_server.answers[command] = ["451 4.7.1 Greylisted, come again"]
    start = time.monotonic()
    assert sign_up(app) is None
    assert time.monotonic() - start < 3 and mail_server.mails == []
    mail = mail_server.wait("ada@example.com")
    assert 3.5 < time.monotonic() - start < 15
    (line,) = sending.undelivered()
    assert line["outcome"] == "delayed" and line["channel"] == "EMAIL" and line["userPoolId"] == app.pool
    assert line["cause"] == (
        f"localhost:{mail_server.port}: refuses for now: 451 4.7.1 Greylisted, come again"
    )
    if command == "DATA":
        assert mail_server.refused[0].message["Message-ID"] == mail.message["Message-ID"]
    assert sending.metric("martlet_messages_total", channel="EMAIL", outcome="sent") == 1
    assert sending.metric("martlet_messages_total", channel="EMAIL", outcome="delayed") == 1
    assert sending.metric("martlet_message_refusals_total", channel="EMAIL", reason="delayed") == 1
    # Nothing follows.
    time.sleep(8)
    assert len(mail_server.mails) == 1


def test_a_recipient_that_is_refused(sending, mail_server):
    app = sending.app()
    mail_server.answers["RCPT"] = ["550 5.1.1 <ada@example.com>: User unknown"]
    error = sign_up(app)
    assert (error["Code"], error["Message"]) == ("CodeDeliveryFailureException", WORDS)
    (line,) = sending.undelivered()
    assert line["outcome"] == "failed"
    assert line["cause"] == f"localhost:{mail_server.port}: refuses this message: 550 5.1.1 <address> User unknown"
    assert not any("ada@example.com" in line for line in sending.server.log)
    assert sending.metric("martlet_message_refusals_total", channel="EMAIL", reason="refused") == 1
    # The user is there, and may ask again.
    app.cognito.resend_confirmation_code(ClientId=app.id, Username="ada")
    assert len(mail_server.to("ada@example.com")) == 1
    time.sleep(8)
    assert len(mail_server.mails) == 1


def test_a_client_that_hides_who_exists_learns_nothing(sending, mail_server):
    app = sending.app()
    assert sign_up(app) is None
    app.cognito.admin_confirm_sign_up(UserPoolId=app.pool, Username="ada")
    app.cognito.admin_update_user_attributes(
        UserPoolId=app.pool, Username="ada", UserAttributes=[{"Name": "email_verified", "Value": "true"}]
    )
    app.cognito.update_user_pool_client(UserPoolId=app.pool, ClientId=app.id, PreventUserExistenceErrors="ENABLED")
    mail_server.answers["RCPT"] = ["550 5.1.1 No"] * 2
    app.cognito.forgot_password(ClientId=app.id, Username="ada")
    app.cognito.forgot_password(ClientId=app.id, Username="nobody")
    assert [line["outcome"] for line in sending.undelivered()] == ["failed"]


def test_a_password_that_is_put_right(sender, certificate, private):
    """The operator's fault is nobody else's: the mail waits until it is mended, and no restart is needed."""
    file = private("password", "wrong")
    with MailServer(certificate=certificate, user="app", password="right") as server:
        sending = sender(
            "--mail", server.url, "--mail-ca", certificate, "--mail-from", "a@martlet.example",
            "--mail-password-file", file,
        )
        app = sending.app()
        assert sign_up(app) is None
        (line,) = sending.undelivered()
        assert line["outcome"] == "delayed" and "the configuration must be mended: 535" in line["cause"]
        sending.server.wait_for_log("a mail server is passed over")
        (passed,) = sending.lines("a mail server is passed over")
        assert passed["server"] == f"localhost:{server.port}"
        assert sending.metric("martlet_message_refusals_total", channel="EMAIL", reason="misconfigured") == 1
        file.write_text("right")
        assert server.wait("ada@example.com").login
        assert len(server.mails) == 1


def test_a_server_that_starts_later(sender, certificate):
    server = MailServer(certificate=certificate)
    sending = sender("--mail", server.url, "--mail-ca", certificate, "--mail-from", "a@martlet.example")
    app = sending.app()
    assert sign_up(app) is None
    (line,) = sending.undelivered()
    assert line["cause"] == f"localhost:{server.port}: can't be reached: nobody takes the connection, or not in time"
    with server:
        server.wait("ada@example.com")
        time.sleep(8)
        assert len(server.mails) == 1


def test_a_connection_that_ends_behind_the_text(sending, mail_server):
    """The server may have taken it, so it may come twice, by which both are the same mail."""
    app = sending.app()
    mail_server.answers["DATA"] = [CLOSE]
    assert sign_up(app) is None
    mail = mail_server.wait("ada@example.com")
    assert mail.message["Message-ID"] == mail_server.refused[0].message["Message-ID"]
    assert mail.message.as_bytes().split(b"\n\n", 1)[1] == mail_server.refused[0].message.as_bytes().split(b"\n\n", 1)[1]


def test_a_server_that_hangs_holds_up_nobody_else(sending, mail_server):
    app = sending.app()
    mail_server.answers["RCPT"] = [HANG]
    app.cognito.admin_create_user(
        UserPoolId=app.pool, Username="slow", MessageAction="SUPPRESS",
        UserAttributes=[{"Name": "email", "Value": "slow@example.com"}, {"Name": "email_verified", "Value": "true"}],
    )
    app.cognito.admin_set_user_password(UserPoolId=app.pool, Username="slow", Password=PASSWORD, Permanent=True)
    app.cognito.update_user_pool_client(UserPoolId=app.pool, ClientId=app.id, PreventUserExistenceErrors="ENABLED")
    # Nobody waits for this one.
    app.cognito.forgot_password(ClientId=app.id, Username="slow")
    time.sleep(1)
    start = time.monotonic()
    assert sign_up(app) is None
    assert time.monotonic() - start < 10
    assert mail_server.to("ada@example.com")
    mail_server.wait("slow@example.com", patience=40)
    (line,) = sending.undelivered()
    assert line["cause"] == f"localhost:{mail_server.port}: can't be reached: no answer in time"


def test_a_dead_server_costs_its_time_once(sender, mail_server, certificate):
    with SocketServer() as dead:
        sending = sender(
            "--mail", f"{dead.url},{mail_server.url}", "--mail-ca", certificate, "--mail-from", "a@martlet.example"
        )
        app = sending.app()
        start = time.monotonic()
        assert sign_up(app) is None
        assert 4 < time.monotonic() - start < 15
        start = time.monotonic()
        for name in ["bob", "cyd", "dan"]:
            assert sign_up(app, name) is None
        assert time.monotonic() - start < 12
        assert dead.connections == 1 and len(mail_server.mails) == 4
        (line,) = sending.lines("a mail server is passed over")
        assert line["server"] == f"localhost:{dead.port}" and sending.lines("a message couldn't be delivered") == []


def test_connections_are_used_again(sending, mail_server):
    app = sending.app()
    for number in range(5):
        assert sign_up(app, f"user{number}") is None
    assert len(mail_server.mails) == 5
    assert mail_server.connections == 1


def test_a_server_that_is_told_nothing(sender):
    """Mails and texts fail, and the log says which flag is missing."""
    sending = sender("--mail", "", "--texts", "")
    warnings = [line for line in sending.server.log if "isn't given" in line]
    assert warnings == [
        '{"message":"mails can\'t be sent, and fail: --mail isn\'t given"}',
        '{"message":"texts can\'t be sent, and fail: --texts isn\'t given"}',
    ]
    app = sending.app()
    assert sign_up(app)["Message"] == WORDS
    (line,) = sending.undelivered()
    assert line["cause"] == "nothing sends such messages: --mail isn't given" and line["outcome"] == "failed"
    texting = sending.app(AutoVerifiedAttributes=["phone_number"])
    with pytest.raises(ClientError) as refused:
        texting.sign_up("bob", PASSWORD, {"phone_number": "+15550100"})
    assert refused.value.response["Error"]["Code"] == "CodeDeliveryFailureException"
    assert refused.value.response["Error"]["Message"] == (
        "Invalid phone number provided/Unable to send the message. "
        "User pool does not have SMS configuration to send messages."
    )
    with pytest.raises(ClientError) as refused:
        texting.cognito.admin_create_user(
            UserPoolId=texting.pool, Username="cyd", UserAttributes=[{"Name": "phone_number", "Value": "+15550101"}]
        )
    assert refused.value.response["Error"]["Code"] == "InvalidParameterException"
    assert refused.value.response["Error"]["Message"] == (
        "User pool does not have SMS configuration to send messages."
    )
    assert texting.cognito.admin_get_user(UserPoolId=texting.pool, Username="cyd")["Username"]


@pytest.mark.timeout(120)
def test_a_mail_survives_the_server(sender, mail_server, certificate):
    """What wasn't taken when the process died is sent by the next one."""
    sending = sender("--mail", mail_server.url, "--mail-ca", certificate, "--mail-from", "a@martlet.example")
    app = sending.app()
    mail_server.answers["RCPT"] = ["451 4.7.1 Later"]
    assert sign_up(app) is None
    sending.server.kill()
    sending.server.start()
    again = App(boto3_client(sending.server.url, sending.key.id, sending.key.secret), app.pool, app.id)
    # It takes as long as a lease where the process died before it had taken down when the mail is to be tried again.
    mail_server.wait("ada@example.com", patience=80)
    code = mail_server.mails[0].message.get_body(("plain",)).get_content()
    digits = "".join(filter(str.isdigit, code))[:6]
    again.cognito.confirm_sign_up(ClientId=again.id, Username="ada", ConfirmationCode=digits)
    assert len(mail_server.mails) == 1
