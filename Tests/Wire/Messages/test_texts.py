"""Texts by webhook, by SNS and by an API of Twilio's form; mails by SES."""

import base64
import email
import email.policy

import boto3
import pytest
import requests
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from moto.server import ThreadedMotoServer

from support.app import PASSWORD
from support.functions import signature_fault
from support.server import free_port
from support.texts import Receiver, Twilio, Webhook

SECRET = "0123456789abcdef0123456789abcdef"
ACCOUNT = "AC" + "1" * 32
WORDS = "Invalid phone number provided/Unable to send the message."


def error_of(app, phone="+15550100", name="ada"):
    try:
        app.sign_up(name, PASSWORD, {"phone_number": phone})
    except ClientError as error:
        return error.response["Error"]
    return None


@pytest.fixture
def texting(sender):
    """`texting("--texts", …)` is a server with a pool that verifies telephones."""

    def start(*flags):
        sending = sender(*flags)
        return sending, sending.app(AutoVerifiedAttributes=["phone_number"], SmsVerificationMessage="Grüße: {####} & mehr")

    return start


def test_a_webhook(texting, private):
    with Webhook(SECRET) as webhook:
        sending, app = texting("--texts", f"{webhook.url}/texts?a=b", "--texts-secret-file", private("secret", SECRET))
        assert error_of(app) is None
        (request,) = webhook.requests
        body = request.json
        code = body["body"].removeprefix("Grüße: ").removesuffix(" & mehr")
        assert body == {"id": body["id"], "poolId": app.pool, "to": "+15550100", "body": f"Grüße: {code} & mehr"}
        assert request.headers["martlet-message"] == request.headers["idempotency-key"] == body["id"]
        assert request.path == "/texts?a=b"
        app.cognito.confirm_sign_up(ClientId=app.id, Username="ada", ConfirmationCode=code)


@pytest.mark.parametrize("status, kind", [(500, "refuses for now"), (429, "refuses for now"), (403, "must be mended")])
def test_a_webhook_that_comes_round(texting, private, status, kind):
    with Webhook(SECRET) as webhook:
        sending, app = texting("--texts", webhook.url, "--texts-secret-file", private("secret", SECRET))
        webhook.answers = [status]
        assert error_of(app) is None
        first, second = webhook.requests[0], webhook.wait(2)
        assert (first.body, first.headers["martlet-message"]) == (second.body, second.headers["martlet-message"])
        (line,) = sending.undelivered()
        assert line["channel"] == "SMS" and line["outcome"] == "delayed"
        assert kind in line["cause"] and line["cause"].endswith(f"status {status}")


def test_a_webhook_that_refuses(texting, private):
    with Webhook(SECRET) as webhook:
        sending, app = texting("--texts", webhook.url, "--texts-secret-file", private("secret", SECRET))
        webhook.answers = [422]
        error = error_of(app)
        assert (error["Code"], error["Message"]) == ("CodeDeliveryFailureException", WORDS)
        (line,) = sending.undelivered()
        assert line["outcome"] == "failed"


def test_a_webhooks_secret_changes(martlet, private):
    with Webhook(SECRET) as webhook:
        file = private("secret", f"{'x' * 32}\n{SECRET}\n")
        flags = ["--texts", webhook.url, "--texts-secret-file", file]
        assert martlet("texts", "test", "+15550100", *flags).told == "taken"
        file.write_text("y" * 32)
        refused = martlet("texts", "test", "+15550100", *flags)
        assert refused.status == 1 and refused.error.endswith("must be mended: status 401")
        file.write_text("short")
        refused = martlet("texts", "test", "+15550100", *flags)
        assert refused.status == 2 and "must hold one or two lines of 32 characters or more" in refused.error


def test_a_webhook_without_tls_leads_nowhere_else(martlet, private):
    flags = ["--texts-secret-file", private("secret", SECRET)]
    refused = martlet("texts", "test", "+15550100", "--texts", "http://192.0.2.1/", *flags)
    assert refused.status == 1 and "its address isn't open" in refused.error


@pytest.mark.parametrize("sender_of_texts, parameter", [("+15005550006", "From"), ("MG" + "2" * 32, "MessagingServiceSid")])
@pytest.mark.parametrize("user", [ACCOUNT, "SK" + "3" * 32])
def test_twilio(texting, private, sender_of_texts, parameter, user):
    with Twilio(ACCOUNT, user, "token") as twilio:
        secret = "token" if user == ACCOUNT else f"{user}:token"
        sending, app = texting(
            "--texts", f"twilio:{ACCOUNT}", "--texts-endpoint", twilio.url, "--texts-from", sender_of_texts,
            "--texts-secret-file", private("secret", secret),
        )
        assert error_of(app) is None
        (request,) = twilio.requests
        form = request.form
        code = form["Body"].removeprefix("Grüße: ").removesuffix(" & mehr")
        assert form == {"To": "+15550100", parameter: sender_of_texts, "Body": f"Grüße: {code} & mehr"}
        app.cognito.confirm_sign_up(ClientId=app.id, Username="ada", ConfirmationCode=code)


@pytest.mark.parametrize("status, code, outcome, kind", [
    (400, 21211, "failed", "refuses this message: 21211 No"),
    (400, 21610, "failed", "refuses this message: 21610 No"),
    (400, 21606, "delayed", "must be mended: 21606 No"),
    (429, 20429, "delayed", "refuses for now: 20429 No"),
    (503, 20503, "delayed", "refuses for now: 20503 No"),
])
def test_twilios_errors(texting, private, status, code, outcome, kind):
    with Twilio(ACCOUNT, ACCOUNT, "token") as twilio:
        sending, app = texting(
            "--texts", f"twilio:{ACCOUNT}", "--texts-endpoint", twilio.url, "--texts-from", "+15005550006",
            "--texts-secret-file", private("secret", "token"),
        )
        twilio.answers = [twilio.error(status, code, "No")]
        error = error_of(app)
        assert (error and error["Message"]) == (WORDS if outcome == "failed" else None)
        (line,) = sending.undelivered()
        assert line["outcome"] == outcome and line["cause"].endswith(kind)
        if outcome == "delayed":
            twilio.wait(2)


def test_twilio_with_a_wrong_token(martlet, private):
    with Twilio(ACCOUNT, ACCOUNT, "token") as twilio:
        refused = martlet(
            "texts", "test", "+15550100", "--texts", f"twilio:{ACCOUNT}", "--texts-endpoint", twilio.url,
            "--texts-from", "Martlet", "--texts-secret-file", private("secret", "guessed"),
        )
        assert refused.error.endswith("the configuration must be mended: 20003 Authenticate")
        assert "guessed" not in refused.error


@pytest.fixture(scope="module")
def moto():
    server = ThreadedMotoServer("127.0.0.1", free_port(), verbose=False)
    server.start()
    yield f"http://127.0.0.1:{server._port}"
    server.stop()


def test_sns(texting, moto):
    requests.post(f"{moto}/moto-api/reset", timeout=10)
    sending, app = texting(
        "--texts", "sns:eu-central-1", "--texts-endpoint", moto, "--texts-from", "Martlet"
    )
    assert error_of(app) is None
    from moto.sns.models import sns_backends
    backend = sns_backends["123456789012"]["eu-central-1"]
    ((number, text),) = [message[:2] for message in backend.sms_messages.values()]
    code = text.removeprefix("Grüße: ").removesuffix(" & mehr")
    assert (number, text) == ("+15550100", f"Grüße: {code} & mehr")
    app.cognito.confirm_sign_up(ClientId=app.id, Username="ada", ConfirmationCode=code)


class SNS(Receiver):
    """Publish, with the signature checked by botocore's own making of it."""

    def check(self, request):
        fault = signature_fault(
            Credentials("AKIDMESSAGES", "messages/secret"), "POST", request.path, request.headers, request.body, "sns"
        )
        return (403, {"fault": fault}) if fault else None


def test_what_sns_gets(martlet):
    with SNS() as sns:
        sent = martlet(
            "texts", "test", "+15550100", "--texts", "sns:eu-central-1", "--texts-endpoint", sns.url, "--texts-from", "Shop"
        )
        assert sent.status == 0, sent.error
        assert sns.requests[0].form == {
            "Action": "Publish", "Version": "2010-03-31", "PhoneNumber": "+15550100", "Message": "A test of Martlet.",
            "MessageAttributes.entry.1.Name": "AWS.SNS.SMS.SMSType",
            "MessageAttributes.entry.1.Value.DataType": "String",
            "MessageAttributes.entry.1.Value.StringValue": "Transactional",
            "MessageAttributes.entry.2.Name": "AWS.SNS.SMS.SenderID",
            "MessageAttributes.entry.2.Value.DataType": "String",
            "MessageAttributes.entry.2.Value.StringValue": "Shop",
        }


def test_ses(sender, moto):
    requests.post(f"{moto}/moto-api/reset", timeout=10)
    keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
    ses = boto3.client("sesv2", "eu-central-1", endpoint_url=moto, **keys)
    ses.create_email_identity(EmailIdentity="no-reply@martlet.example")
    sending = sender(
        "--mail", "ses:eu-central-1", "--mail-endpoint", moto, "--mail-from", "Märtlet <no-reply@martlet.example>"
    )
    app = sending.app(VerificationMessageTemplate={"EmailSubject": "Grüße", "EmailMessage": "<b>{####}</b>"})
    app.sign_up("ada", PASSWORD, {"email": "ada@example.com"})
    from moto.ses.models import ses_backends
    (sent,) = ses_backends["123456789012"]["eu-central-1"].sent_messages
    message = email.message_from_string(sent.raw_data, policy=email.policy.default)
    assert message["Subject"] == "Grüße" and message["From"].addresses[0].display_name == "Märtlet"
    assert set(sent.destinations) == {"ada@example.com"}
    code = "".join(filter(str.isdigit, message.get_body(("plain",)).get_content()))
    app.cognito.confirm_sign_up(ClientId=app.id, Username="ada", ConfirmationCode=code)


class SES(Receiver):
    def check(self, request):
        fault = signature_fault(
            Credentials("AKIDMESSAGES", "messages/secret"), "POST", request.path, request.headers, request.body, "ses"
        )
        return (403, {"message": fault}) if fault else None


@pytest.mark.parametrize("status, error, kind", [
    (400, "MessageRejected", "refuses this message: MessageRejected No"),
    (429, "TooManyRequestsException", "refuses for now: TooManyRequestsException No"),
    (400, "SendingPausedException", "must be mended: SendingPausedException No"),
    (403, "AccessDeniedException", "must be mended: AccessDeniedException No"),
])
def test_what_ses_gets_and_says(martlet, status, error, kind):
    with SES() as ses:
        flags = ["--mail", "ses:eu-central-1", "--mail-endpoint", ses.url, "--mail-from", "a@martlet.example"]
        assert martlet("mail", "test", "ada@example.com", *flags).told == "taken"
        body = ses.requests[0].json
        assert body["Destination"] == {"ToAddresses": ["ada@example.com"]}
        assert body["FromEmailAddress"] == "a@martlet.example"
        raw = email.message_from_bytes(base64.b64decode(body["Content"]["Raw"]["Data"]), policy=email.policy.default)
        assert raw["Subject"] == "A test of Martlet"
        ses.answers = [(status, {"__type": error, "message": "No"})]
        assert martlet("mail", "test", "ada@example.com", *flags).error.endswith(kind)
