"""SetLogDeliveryConfiguration's logs in the operator's file, in the shape that Cognito exports."""

import json
import re
import subprocess
import time

import boto3
import pytest

from support.app import PASSWORD
from support.server import BINARY, REGION, Server, build

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


def test_a_file_that_cannot_be_written_is_said_at_the_start(tmp_path):
    command = [BINARY, "dev", "--ephemeral", "--port", "0", "--log-delivery", str(tmp_path / "nowhere" / "logs")]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert ended.returncode == 1
    assert "can't write pools' logs" in ended.stderr and "No such file" in ended.stderr
