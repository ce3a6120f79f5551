"""What callers are told when a pool's function doesn't help, in Cognito's words; and that it holds up nobody else."""

import json
import re
import threading
import time

import pytest
from botocore.exceptions import ClientError

from conftest import boto3_client
from support import functions as rig
from support.app import PASSWORD, App
from support.functions import Crash, Disconnect, Hang, OwnTimeout, Raw, ServiceError
from support.server import Server

REFUSED, UNREACHED, MALFORMED = (
    "UserLambdaValidationException", "UnexpectedLambdaException", "InvalidLambdaResponseException",
)
UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def raising(error):
    def handler(event, context):
        raise error
    return handler


def returning(change):
    def handler(event, context):
        return change(event)
    return handler


def without(name):
    return returning(lambda event: {key: value for key, value in event.items() if key != name})


@pytest.fixture
def sign_up(cognito, pool, client, functions, name):
    """Signs somebody up in a pool with that PreSignUp function; returns the refusal's type and text, or None."""

    def run(handler, arn=None):
        arn = arn or functions.add(handler)
        app, username = client(pool(LambdaConfig={"PreSignUp": arn})), name()
        try:
            app.sign_up(username, PASSWORD)
            assert cognito.admin_get_user(UserPoolId=app.pool, Username=username)["UserStatus"] == "UNCONFIRMED"
        except ClientError as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400
            assert cognito.list_users(UserPoolId=app.pool)["Users"] == []
            return error.response["Error"]["Code"], error.response["Error"]["Message"]

    return run


@pytest.mark.parametrize("error, words", [
    (ValueError("Only our own people."), "Only our own people."),
    (ValueError("one\r\nX-Evil: two"), "one\r\nX-Evil: two"),
    (ValueError("ärgerlich"), "ärgerlich"),
    (Raw(b'{"errorType":"Sad"}', headers=[("X-Amz-Function-Error", "Handled")]), "Sad"),
])
def test_a_function_that_refuses(sign_up, error, words):
    assert sign_up(raising(error)) == (REFUSED, f"PreSignUp failed with error {words}.")


@pytest.mark.parametrize("error, words", [
    (Crash(129), f"RequestId: {UUID} Error: Runtime exited with error: exit status 129"),
    (OwnTimeout(3), f"[-0-9T:.]+Z {UUID} Task timed out after 3.00 seconds"),
])
def test_a_function_that_ends(sign_up, error, words):
    code, message = sign_up(raising(error))
    assert code == REFUSED
    assert re.fullmatch(rf"PreSignUp failed with error {words}\.", message), message


@pytest.mark.parametrize("error, kind", [
    (ServiceError(403, "AccessDeniedException"), "AccessDeniedException"),
    (ServiceError(409, "ResourceConflictException"), "ResourceConflictException"),
    (ServiceError(429, "TooManyRequestsException"), "TooManyRequestsException"),
    (ServiceError(500, "ServiceException"), "ServiceException"),
    (Raw(b"", 302, [("Location", "http://169.254.169.254/latest/meta-data")]), "InvalidRequestContentException"),
    (Hang(), "Socket timeout while invoking Lambda function"),
])
def test_a_function_that_isnt_reached(sign_up, functions, error, kind):
    arn = functions.add(raising(error))
    start = time.monotonic()
    assert sign_up(None, arn) == (UNREACHED, f"PreSignUp invocation failed due to error {kind}.")
    assert len(functions.calls_of(arn)) == 1
    assert time.monotonic() - start < 9.9


def test_a_connection_that_breaks_off(sign_up, functions):
    """Only a kept connection that closes before a byte has come is taken for one that had been closed before."""
    arn = functions.add(raising(Disconnect()))
    words = "PreSignUp invocation failed due to error Connection failure while invoking Lambda function."
    assert sign_up(None, arn) == (UNREACHED, words)
    first, *again = functions.calls_of(arn)
    assert [(call.event, call.headers) for call in again] in ([], [(first.event, first.headers)])


def test_a_function_that_isnt_there(sign_up):
    arn = f"arn:aws:lambda:{rig.REGION}:{rig.ACCOUNT}:function:nobody"
    assert sign_up(None, arn) == (UNREACHED, "PreSignUp invocation failed due to error ResourceNotFoundException.")


@pytest.mark.parametrize("handler, words", [
    (returning(lambda event: None), "Invalid lambda function output : Invalid JSON"),
    (raising(Raw(b"<html>")), "Invalid lambda function output : Invalid JSON"),
    (raising(Raw(b'{"version":"1",')), "Invalid lambda function output : Invalid JSON"),
    (returning(lambda event: {}), "Unrecognizable lambda output"),
    (returning(lambda event: []), "Unrecognizable lambda output"),
    (without("version"), "Unrecognizable lambda output"),
    (without("callerContext"), "Unrecognizable lambda output"),
    (without("response"), "Unrecognizable lambda output"),
])
def test_a_function_that_answers_nonsense(sign_up, handler, words):
    assert sign_up(handler) == (MALFORMED, words)


def test_the_function_of_an_alias(sign_up, functions):
    arn = functions.add(lambda event, context: event)
    assert sign_up(None, arn + ":live") is None
    (call,) = functions.calls_of(arn)
    assert call.qualifier == "live"
    assert functions.refusals == []


@pytest.fixture
def node(tmp_path, lambdas):
    """A server of the test's own, by whose file a function may run twice at once."""
    def run(arn, concurrency):
        table = tmp_path / "functions.json"
        table.write_text(json.dumps({"functions": {arn: {"lambda": lambdas.url, "concurrency": concurrency}}}))
        server = Server(
            tmp_path, f"sqlite:{tmp_path}/martlet.db", "--functions", str(table), environment=rig.ENVIRONMENT
        )
        server.start()
        started.append(server)
        key = server.create_key()
        return server, boto3_client(server.url, key.id, key.secret)

    started = []
    yield run
    for server in started:
        assert server.stop() == 0


def app_of(cognito, **lambdas):
    pool = cognito.create_user_pool(PoolName="p", LambdaConfig=lambdas)["UserPool"]["Id"]
    made = cognito.create_user_pool_client(UserPoolId=pool, ClientName="app")["UserPoolClient"]
    return App(cognito, pool, made["ClientId"])


def test_so_many_at_once_and_so_many_that_wait(node, lambdas):
    gate = threading.Event()

    def waiting(event, context):
        gate.wait(10)
        return event

    arn = lambdas.add(waiting)
    server, cognito = node(arn, 2)
    app, other = app_of(cognito, PreSignUp=arn), app_of(cognito)
    refusals, over = [], []

    def sign_up(number):
        try:
            app.sign_up(f"user{number}", PASSWORD)
        except ClientError as error:
            refusals.append((error.response["Error"]["Code"], error.response["Error"]["Message"]))
            if len(refusals) == 4:
                over.append(True)

    threads = [threading.Thread(target=sign_up, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 4
    while not over and time.monotonic() < deadline:
        time.sleep(0.01)
    # Those of other pools go on meanwhile.
    other.sign_up("somebody", PASSWORD)
    gate.set()
    for thread in threads:
        thread.join()
    assert lambdas.most_running == 2
    assert len(lambdas.calls) == 4
    assert refusals == [(UNREACHED, "PreSignUp invocation failed due to error TooManyRequestsException.")] * 4


def test_connections_are_kept(node, lambdas):
    arn = lambdas.add(lambda event, context: event)
    server, cognito = node(arn, 5)
    app = app_of(cognito, PreSignUp=arn)
    for number in range(5):
        app.sign_up(f"user{number}", PASSWORD)
    assert (len(lambdas.calls), lambdas.connections) == (5, 1)


def test_what_the_operator_sees(node, lambdas):
    arn = lambdas.add(raising(ServiceError(403, "AccessDeniedException", "secret inside")))
    server, cognito = node(arn, 5)
    app = app_of(cognito, PreSignUp=arn)
    with pytest.raises(ClientError):
        app.sign_up("ada", PASSWORD)
    line = json.loads(server.wait_for_log("a function couldn't be called"))
    assert (line["function"], line["tries"], line["error"], line["cause"]) == (
        arn, 1, "AccessDeniedException", "status 403",
    )
    assert "ada" not in json.dumps(line) and "secret" not in json.dumps(line)
    assert 'martlet_function_seconds_count{outcome="unreachable"} 1' in server.get("/_martlet/metrics").text
