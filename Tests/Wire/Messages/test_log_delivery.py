"""SetLogDeliveryConfiguration's logs in the operator's file, in the shape that Cognito exports."""

import json
import re
import subprocess
import time

import boto3
import pytest
from botocore.exceptions import ClientError

from support.app import PASSWORD
from support.mail import MailServer
from support.server import BINARY, REGION, Server, build
from support.texts import Webhook

SECRET = "0123456789abcdef0123456789abcdef"

MESSAGE = [
    "version", "eventId", "eventType", "userSub", "userName", "userPoolId", "clientId", "creationDate", "eventResponse",
    "riskLevel", "riskDecision", "challenges", "deviceName", "ipAddress", "requestId", "idpName",
    "compromisedCredentialDetected", "city", "country", "eventFeedbackValue", "eventFeedbackDate", "eventFeedbackProvider",
    "hasContextData",
]


def lines(path, count):
    """So many lines, once they are there."""
    for _ in range(200):
        found = path.read_text().split("\n")[:-1] if path.exists() else []
        if len(found) >= count:
            return [json.loads(line) for line in found]
        time.sleep(0.05)
    pytest.fail(f"{len(found)} lines")


@pytest.fixture
def serve(tmp_path):
    """Starts a server with these flags; returns it with a client of its API."""
    build()
    started = []

    def start(*flags):
        server = Server(tmp_path, f"sqlite:{tmp_path}/martlet.db", *flags)
        server.start()
        started.append(server)
        key = server.create_key()
        cognito = boto3.client(
            "cognito-idp", REGION, endpoint_url=server.url, aws_access_key_id=key.id, aws_secret_access_key=key.secret
        )
        return server, cognito

    yield start
    for server in started:
        assert server.stop() == 0


def test_events_are_delivered_where_that_is_configured(serve, tmp_path):
    path = tmp_path / "logs.jsonl"
    server, cognito = serve("--log-delivery", str(path))
    add_on = {"UserPoolTier": "PLUS", "UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}}
    pools = [cognito.create_user_pool(PoolName="p", **add_on)["UserPool"]["Id"] for _ in range(2)]
    logged, silent = pools
    cognito.set_log_delivery_configuration(UserPoolId=logged, LogConfigurations=[{
        "EventSource": "userAuthEvents", "LogLevel": "INFO",
        "FirehoseConfiguration": {"StreamArn": "arn:aws:firehose:eu-central-1:123456789012:deliverystream/s"},
    }])

    def sign_in(pool):
        app = cognito.create_user_pool_client(
            UserPoolId=pool, ClientName="app", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]
        )["UserPoolClient"]["ClientId"]
        cognito.admin_create_user(UserPoolId=pool, Username="ada", MessageAction="SUPPRESS")
        cognito.admin_set_user_password(UserPoolId=pool, Username="ada", Password=PASSWORD, Permanent=True)
        answer = cognito.initiate_auth(
            ClientId=app, AuthFlow="USER_PASSWORD_AUTH", AuthParameters={"USERNAME": "ada", "PASSWORD": PASSWORD}
        )
        return app, answer

    sign_in(silent)
    app, answer = sign_in(logged)
    (line,) = lines(path, 1)
    assert list(line) == ["eventTimestamp", "eventSource", "logLevel", "message", "logSourceId"]
    assert (line["eventSource"], line["logLevel"]) == ("USER_ACTIVITY", "INFO")
    assert line["logSourceId"] == {"userPoolId": logged}
    assert abs(int(line["eventTimestamp"]) / 1000 - time.time()) < 60
    message = line["message"]
    assert list(message) == MESSAGE
    assert all(isinstance(value, str) for name, value in message.items() if name != "challenges")
    assert message["challenges"] == ["Password:Success"]
    assert (message["eventType"], message["eventResponse"], message["riskDecision"]) == ("SignIn", "Pass", "PASS")
    assert (message["userName"], message["clientId"], message["userPoolId"]) == ("ada", app, logged)
    assert message["requestId"] == answer["ResponseMetadata"]["RequestId"]
    assert re.fullmatch(r"\w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4}", message["creationDate"])
    events = cognito.admin_list_user_auth_events(UserPoolId=logged, Username="ada")["AuthEvents"]
    assert [event["EventId"] for event in events] == [message["eventId"]]
    # A file that was rotated away is made anew.
    path.rename(tmp_path / "old.jsonl")
    time.sleep(1.1)
    cognito.initiate_auth(
        ClientId=app, AuthFlow="USER_PASSWORD_AUTH", AuthParameters={"USERNAME": "ada", "PASSWORD": PASSWORD}
    )
    assert [line["message"]["eventResponse"] for line in lines(path, 1)] == ["Pass"]
    assert PASSWORD not in path.read_text() + (tmp_path / "old.jsonl").read_text()


@pytest.fixture
def refusing():
    """The flags of a mail server that knows nobody."""
    with MailServer("none") as mails:
        mails.answers["RCPT"] = ["550 5.1.1 No such mailbox"] * 2
        yield ["--mail", mails.url, "--mail-from", "no-reply@example.com"]


def undelivered(cognito, name):
    """A pool whose log says that the code of a sign-up couldn't be sent."""
    pool = cognito.create_user_pool(PoolName="p", AutoVerifiedAttributes=["email"])["UserPool"]["Id"]
    cognito.set_log_delivery_configuration(UserPoolId=pool, LogConfigurations=[{
        "EventSource": "userNotification", "LogLevel": "ERROR",
        "CloudWatchLogsConfiguration": {"LogGroupArn": "arn:aws:logs:eu-central-1:123456789012:log-group:g"},
    }])
    app = cognito.create_user_pool_client(UserPoolId=pool, ClientName="app")["UserPoolClient"]["ClientId"]
    with pytest.raises(ClientError, match="CodeDeliveryFailure"):
        cognito.sign_up(
            ClientId=app, Username=name, Password=PASSWORD, UserAttributes=[{"Name": "email", "Value": "ada@example.com"}]
        )
    return pool


def entries(server, outcome):
    """How many entries for the webhook came to that."""
    (count,) = re.findall(rf'martlet_log_entries_total{{outcome="{outcome}"}} (\d+)', server.get("/_martlet/metrics").text)
    return int(count)


def test_a_webhook_gets_what_the_file_gets(serve, tmp_path, private, refusing):
    path = tmp_path / "logs.jsonl"
    with Webhook(SECRET) as webhook:
        # The first time it isn't there.
        webhook.answers = [503]
        server, cognito = serve(
            "--log-delivery", str(path), "--log-delivery-webhook", f"{webhook.url}/logs?a=b",
            "--log-delivery-secret-file", str(private("secret", SECRET)), *refusing,
        )
        pool = undelivered(cognito, "ada")
        again = webhook.wait(2)
        first = webhook.requests[0]
        assert first.path == "/logs?a=b" and first.headers["content-type"] == "application/x-ndjson"
        assert (first.body, first.headers["martlet-delivery"]) == (again.body, again.headers["martlet-delivery"])
        (line,) = lines(path, 1)
        assert [json.loads(text) for text in again.body.decode().splitlines()] == [line]
        assert line["eventSource"] == "USER_NOTIFICATION" and line["logSourceId"] == {"userPoolId": pool}
        server.wait_for_log("the webhook takes pools' logs again")
        assert (entries(server, "delivered"), entries(server, "dropped")) == (1, 0)


def test_what_a_webhook_never_takes_is_dropped_and_counted(serve, private, refusing):
    with Webhook(SECRET) as webhook:
        webhook.answers = [413]
        server, cognito = serve(
            "--log-delivery-webhook", webhook.url, "--log-delivery-secret-file", str(private("secret", SECRET)),
            *refusing,
        )
        undelivered(cognito, "ada")
        server.wait_for_log("the webhook doesn't take pools' logs")
        assert (entries(server, "delivered"), entries(server, "dropped")) == (0, 1)
        undelivered(cognito, "bob")
        server.wait_for_log("the webhook takes pools' logs again")
        assert len(webhook.requests) == 2 and entries(server, "delivered") == 1


def test_a_webhook_leads_where_a_function_may(tmp_path, private):
    command = [
        BINARY, "serve", "--database", f"sqlite:{tmp_path}/a.db", "--public-url", "https://auth.example.com",
        "--master-key", str(private("key", "")), "--log-delivery-secret-file", str(private("secret", SECRET)),
        "--log-delivery-webhook", "http://logs.example.com/",
    ]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert ended.returncode == 2 and "--log-delivery-webhook: the URL must begin with https://" in ended.stderr


def test_a_file_that_cannot_be_written_is_said_at_the_start(tmp_path):
    command = [BINARY, "dev", "--ephemeral", "--port", "0", "--log-delivery", str(tmp_path / "nowhere" / "logs")]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert ended.returncode == 1
    assert "can't write pools' logs" in ended.stderr and "No such file" in ended.stderr
