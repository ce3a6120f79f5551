"""How functions are called: by Lambda's Invoke API, by the Runtime Interface Emulator, and by webhook."""

import json
import socket
import threading
import time
import uuid

import pytest

from conftest import boto3_client
from support import functions as rig
from support.app import PASSWORD, App
from support.functions import Crash, Disconnect, Hang, OwnTimeout, Raw, ServiceError
from support.server import Server, free_port

CONNECTION = "martlet: the function can't be called: Connection failure while invoking Lambda function"
TIMEOUT = "martlet: the function can't be called: Socket timeout while invoking Lambda function"


def answering(event, context):
    event["response"]["autoConfirmUser"] = True
    return event


def raising(error):
    def handler(event, context):
        raise error
    return handler


EVENT = {"version": "1", "userName": "ä\u2028", "response": {"autoConfirmUser": False}}


@pytest.mark.parametrize("alias", ["", ":live"])
def test_a_signed_call_brings_the_answer(call, lambdas, alias):
    arn = lambdas.add(answering)
    done = call(arn + alias, EVENT)
    assert (done.status, json.loads(done.answer)) == (0, {**EVENT, "response": {"autoConfirmUser": True}})
    (one,) = lambdas.calls_of(arn)
    assert one.event == EVENT
    assert one.qualifier == (alias[1:] or None)
    assert one.headers["x-amz-invocation-type"] == "RequestResponse"
    assert lambdas.refusals == []


def test_a_session_token_is_signed(martlet):
    credentials = rig.Credentials("ASIA", "secret", "token/+=")
    with rig.LambdaEndpoint(credentials) as endpoint:
        environment = {
            "AWS_ACCESS_KEY_ID": "ASIA", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token/+=",
        }
        arguments = ["call", "--arn", endpoint.add(answering), "--lambda-endpoint", endpoint.url]
        assert martlet(*arguments, event=EVENT, environment=environment).status == 0
        wrong = martlet(*arguments, event=EVENT, environment={**environment, "AWS_SECRET_ACCESS_KEY": "other"})
        assert wrong.told == "martlet: the function can't be called: InvalidSignatureException"


def test_keys_may_stand_in_a_file(martlet, lambdas, private):
    file = private("credentials", "[default]\naws_access_key_id = AKIDFUNCTIONS\n"
                                  "aws_secret_access_key = functions/secret+key\n")
    nobody = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}
    arguments = ["call", "--arn", lambdas.add(answering), "--lambda-endpoint", lambdas.url]
    assert martlet(*arguments, "--aws-credentials", file, event=EVENT, environment=nobody).status == 0
    assert martlet(*arguments, event=EVENT, environment=nobody).status == 1
    file.chmod(0o640)
    refused = martlet(*arguments, "--aws-credentials", file, event=EVENT, environment=nobody)
    assert refused.status == 2 and "others can read" in refused.error


@pytest.mark.parametrize("error, words", [
    (ValueError("Sign-up isn't open."), "Sign-up isn't open."),
    (ValueError(""), ""),
    (OwnTimeout(3), "Task timed out after 3.00 seconds"),
    (Crash(129), "Error: Runtime exited with error: exit status 129"),
    (Raw(b'{"errorType":"Sad"}', headers=[("X-Amz-Function-Error", "Handled")]), "Sad"),
    (Raw(b'<html>', headers=[("X-Amz-Function-Error", "Unhandled")]), "null"),
])
def test_what_a_function_says_when_it_fails(call, lambdas, error, words):
    done = call(lambdas.add(raising(error)), EVENT)
    assert done.status == 1
    assert done.error.startswith("martlet: the function failed: ")
    assert done.error.endswith(words)
    assert len(lambdas.calls) == 1


@pytest.mark.parametrize("status, kind", [
    (403, "AccessDeniedException"), (404, "ResourceNotFoundException"), (409, "ResourceConflictException"),
    (429, "TooManyRequestsException"), (500, "ServiceException"), (502, "KMSAccessDeniedException"),
])
def test_what_lambda_refuses_is_said_and_not_tried_again(call, lambdas, status, kind):
    done = call(lambdas.add(raising(ServiceError(status, kind))), EVENT)
    assert (done.status, done.told) == (1, f"martlet: the function can't be called: {kind}")
    assert len(lambdas.calls) == 1


def test_a_function_that_isnt_there(call, martlet, lambdas, private):
    missing = "martlet: the function can't be called: ResourceNotFoundException"
    assert call(f"arn:aws:lambda:{rig.REGION}:{rig.ACCOUNT}:function:none").told == missing
    assert martlet("call", "--arn", lambdas.add(answering)).told == missing
    table = private("functions.json", json.dumps({"functions": {"arn:other": {"lambda": lambdas.url}}}))
    assert martlet("call", "--arn", lambdas.add(answering), "--functions", table).told == missing


def test_five_seconds_and_no_second_call(call, lambdas):
    arn = lambdas.add(raising(Hang()))
    start = time.monotonic()
    done = call(arn, EVENT)
    assert done.told == TIMEOUT
    assert 4.9 < time.monotonic() - start < 9.9
    assert len(lambdas.calls) == 1


def test_a_slow_function_has_the_five_seconds(call, lambdas):
    def slow(event, context):
        time.sleep(3.5)
        return event
    assert call(lambdas.add(slow), EVENT).status == 0


def test_a_call_that_breaks_off_isnt_repeated(call, lambdas):
    arn = lambdas.add(raising(Disconnect()))
    assert call(arn, EVENT).told == CONNECTION
    assert len(lambdas.calls) == 1


def test_nobody_there(martlet, lambdas):
    arn = lambdas.add(answering)
    done = martlet("call", "--arn", arn, "--lambda-endpoint", f"http://127.0.0.1:{free_port()}", event=EVENT)
    assert done.error == CONNECTION + " (tries: 3, couldNotConnect)"


def test_an_answer_has_six_megabytes(call, lambdas):
    limit = 6 << 20
    whole = call(lambdas.add(raising(Raw(b"x" * limit))), EVENT)
    assert (whole.status, len(whole.answer)) == (0, limit)
    over = call(lambdas.add(raising(Raw(b"x" * (limit + 1)))), EVENT)
    assert over.error == (
        "martlet: the function failed: Response payload size exceeded maximum allowed payload size (6291556 bytes)."
    )


def test_a_redirect_leads_nowhere(call, lambdas):
    arn = lambdas.add(answering)
    moved = lambdas.add(raising(Raw(b"", 307, [("Location", f"{lambdas.url}/2015-03-31/functions/{arn}/invocations")])))
    assert call(moved, EVENT).told == "martlet: the function can't be called: InvalidRequestContentException"
    assert lambdas.calls_of(arn) == []


def test_a_name_that_leads_inside_is_refused(martlet, lambdas):
    """A name with an address of this machine, as one whose owner means harm has."""
    name = socket.gethostname()
    inside = f"https://{name}:{lambdas.port}"
    before = lambdas.connections
    done = martlet("call", "--arn", lambdas.add(answering), "--lambda-endpoint", inside, event=EVENT)
    assert done.told == CONNECTION
    assert lambdas.connections == before
    done = martlet("call", "--arn", lambdas.add(answering), "--lambda-endpoint", inside.replace("https", "http"))
    assert done.status == 2 and "must begin with https://" in done.error
    addresses = ",".join({entry[4][0] for entry in socket.getaddrinfo(name, None)})
    with socket.create_server((addresses.split(",")[0], 0)) as listener:
        thread = threading.Thread(target=_answer_once, args=(listener,))
        thread.start()
        done = martlet(
            "call", "--arn", lambdas.add(answering), "--functions-networks", addresses,
            "--lambda-endpoint", f"http://{name}:{listener.getsockname()[1]}", event=EVENT,
        )
        thread.join()
    assert done.answer == "{}"


def _answer_once(listener):
    listener.settimeout(10)
    peer, _ = listener.accept()
    with peer:
        peer.recv(65536)
        peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")


def test_tls_is_verified(martlet, tmp_path):
    certificate = rig.certificate(tmp_path)
    with rig.LambdaEndpoint(certificate=certificate) as endpoint:
        arguments = ["call", "--arn", endpoint.add(answering), "--lambda-endpoint", endpoint.url]
        assert martlet(*arguments, event=EVENT).told == CONNECTION
        assert endpoint.calls == []
        assert martlet(*arguments, "--functions-ca", certificate, event=EVENT).status == 0
    other = rig.certificate(tmp_path, "other", "DNS:other.example")
    with rig.LambdaEndpoint(certificate=other) as endpoint:
        arguments = ["call", "--arn", endpoint.add(answering), "--lambda-endpoint", endpoint.url]
        assert martlet(*arguments, "--functions-ca", other, event=EVENT).told == CONNECTION


# The Runtime Interface Emulator.

@pytest.mark.parametrize("error, words", [
    (ValueError("no"), "no"),
    (OwnTimeout(1), "Task timed out after 1.00 seconds"),
    (Crash(), "Error: Runtime exited without providing a reason"),
])
def test_the_emulator_fails_in_its_own_way(martlet, error, words):
    with rig.RuntimeInterfaceEmulator(raising(error)) as emulator:
        done = martlet("call", "--arn", "arn:aws:lambda:eu-central-1:1:function:any",
                       "--lambda-endpoint", emulator.url + emulator.PATH, event=EVENT)
    assert done.error.startswith("martlet: the function failed: ") and done.error.endswith(words)


def test_the_emulators_own_url_is_of_every_function(martlet):
    with rig.RuntimeInterfaceEmulator(answering) as emulator:
        done = martlet("call", "--arn", "arn:aws:lambda:eu-central-1:1:function:any",
                       "--lambda-endpoint", emulator.url + emulator.PATH, event=EVENT)
        assert json.loads(done.answer)["response"] == {"autoConfirmUser": True}
        assert emulator.events(emulator.function) == [EVENT]


# Webhooks.

SECRETS = ["first-secret-of-thirty-two-letters", "other-secret-of-thirty-two-letters"]


@pytest.fixture
def webhook(martlet, private):
    def run(receiver, handler, secrets):
        arn = receiver.add(handler)
        private("secret", "".join(secret + "\n" for secret in secrets))
        table = private("functions.json", json.dumps(
            {"functions": {arn: {"webhook": receiver.url_of(arn), "secretFile": "secret"}}}
        ))
        return arn, martlet("call", "--arn", arn, "--functions", table, event=EVENT)

    return run


@pytest.mark.parametrize("secrets", [SECRETS[:1], SECRETS, SECRETS[::-1]])
def test_a_webhook_knows_its_sender(webhook, secrets):
    with rig.WebhookReceiver(SECRETS[0]) as receiver:
        arn, done = webhook(receiver, answering, secrets)
        assert json.loads(done.answer)["response"] == {"autoConfirmUser": True}
        (one,) = receiver.calls_of(arn)
        assert one.headers["martlet-function"] == arn
        assert str(uuid.UUID(one.headers["martlet-invocation"])) == one.headers["martlet-invocation"]
        assert one.headers["martlet-signature"].count("v1=") == len(secrets)


def test_a_webhook_takes_no_other_sender(webhook):
    with rig.WebhookReceiver(SECRETS[1]) as receiver:
        arn, done = webhook(receiver, answering, SECRETS[:1])
        assert done.told == "martlet: the function can't be called: AccessDeniedException"
        assert receiver.calls == [] and len(receiver.refusals) == 1


def test_a_webhook_refuses_in_its_own_words(webhook):
    with rig.WebhookReceiver(SECRETS[0]) as receiver:
        _, done = webhook(receiver, raising(ValueError("Not from there.")), SECRETS[:1])
        assert done.error == "martlet: the function failed: Not from there."


# The server.

def test_nothing_is_opened_before_the_first_call(tmp_path, lambdas):
    """Who has no function pays for none."""
    server = Server(tmp_path, f"sqlite:{tmp_path}/martlet.db", "--lambda-endpoint", lambdas.url)
    server.start()
    key = server.create_key()
    cognito = boto3_client(server.url, key.id, key.secret)
    pool = cognito.create_user_pool(PoolName="p")["UserPool"]["Id"]
    made = cognito.create_user_pool_client(
        UserPoolId=pool, ClientName="app", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    )["UserPoolClient"]
    cognito.admin_create_user(UserPoolId=pool, Username="ada", MessageAction="SUPPRESS")
    cognito.admin_set_user_password(UserPoolId=pool, Username="ada", Password=PASSWORD, Permanent=True)
    assert App(cognito, pool, made["ClientId"]).sign_in("ada", PASSWORD)["AccessToken"]
    assert server.stop() == 0
    assert lambdas.connections == 0
