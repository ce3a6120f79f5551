"""Functions in Python, for the triggers of pools: behind Lambda's Invoke API as AWS documents it, behind the Runtime
Interface Emulator as it is, and behind a webhook that checks its signature.

    functions = LambdaEndpoint()                    # the fixture `functions` is one, which the server is told of
    arn = functions.add(lambda event, context: event)
    pool = cognito.create_user_pool(PoolName="p", LambdaConfig={"PreSignUp": arn})
    …
    assert functions.events(arn)[0]["triggerSource"] == "PreSignUp_SignUp"

A handler is any `handler(event, context)`. What it returns is answered as JSON, what it raises is a function error, and
these are answered as AWS does: `ServiceError`, `Crash`, `OwnTimeout`, `Raw`, `Hang`, `Disconnect`.
"""

import calendar
import contextlib
import copy
import hashlib
import hmac
import http.server
import itertools
import json
import re
import socket
import ssl
import subprocess
import threading
import time
import traceback
import types
import uuid
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

REGION = "eu-central-1"
ACCOUNT = "111122223333"
CREDENTIALS = Credentials("AKIDFUNCTIONS", "functions/secret+key")
# What `Server(environment=…)` takes, so that Martlet signs with these.
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": CREDENTIALS.access_key, "AWS_SECRET_ACCESS_KEY": CREDENTIALS.secret_key,
    "AWS_SESSION_TOKEN": "",
}


@dataclass
class ServiceError(Exception):
    """What Lambda itself answers, without calling the function."""
    status: int
    type: str
    message: str = "Refused."


@dataclass
class Crash(Exception):
    """The function's process ends."""
    status: int = 129


@dataclass
class OwnTimeout(Exception):
    """The function's own limit of time is over."""
    seconds: float = 3


@dataclass
class Raw(Exception):
    """An answer as it is, with status 200 unless told otherwise."""
    body: bytes
    status: int = 200
    headers: tuple = ()


class Hang(Exception):
    """No answer, until the endpoint is closed."""


class Disconnect(Exception):
    """The connection is closed without an answer."""


@dataclass(frozen=True)
class Call:
    """A call as it came."""
    function: str
    event: dict
    headers: dict
    qualifier: str | None
    at: float


class FunctionServer:
    """An HTTP server on a port that was free, on which functions are called."""

    scheme = "http"

    def __init__(self, certificate=None):
        """`certificate` is the path of a PEM file with certificate and key, for TLS."""
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self):
                super().setup()
                with outer._changed:
                    outer.connections += 1

            def do_POST(self):
                with contextlib.suppress(ConnectionError):
                    outer._answer(self)

            def log_message(self, *_):
                pass

        class Listener(http.server.ThreadingHTTPServer):
            request_queue_size = 1024

            def handle_error(self, *_):
                pass

        self.calls, self.refusals = [], []
        self.connections, self.running, self.most_running = 0, 0, 0
        self._handlers, self._numbers = {}, itertools.count(1)
        self._changed, self._closed = threading.Condition(), threading.Event()
        self._server = Listener(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            self.scheme = "https"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    @property
    def port(self):
        return self._server.server_address[1]

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def add(self, handler, name=None):
        """Has a function of that name run by `handler(event, context)`; returns its ARN."""
        name = name or f"function-{next(self._numbers)}"
        arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}"
        self._handlers[arn] = handler
        return arn

    def set(self, arn, handler):
        """Has a function run by another handler from now on."""
        self._handlers[arn] = handler

    def calls_of(self, arn):
        """The calls of a function so far, the oldest first."""
        with self._changed:
            return [call for call in self.calls if call.function == arn]

    def events(self, arn):
        """The events that a function was called with so far, the oldest first."""
        return [call.event for call in self.calls_of(arn)]

    def sources(self, arn=None):
        """The `triggerSource` of each call, of one function or of all, the oldest first."""
        with self._changed:
            return [c.event.get("triggerSource") for c in self.calls if arn is None or c.function == arn]

    def wait(self, arn, count=1, patience=5):
        """The events that a function was called with, once there are `count`."""
        deadline = time.monotonic() + patience
        with self._changed:
            while True:
                found = [call.event for call in self.calls if call.function == arn]
                if len(found) >= count:
                    return found
                if not self._changed.wait(deadline - time.monotonic()):
                    raise AssertionError(f"{arn} was called {len(found)} times, and not {count}")

    def forget(self):
        """Forgets the calls until now."""
        with self._changed:
            self.calls.clear()
            self.refusals.clear()
            self.most_running = 0

    def close(self):
        self._closed.set()
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _answer(self, request):
        body = request.rfile.read(int(request.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in request.headers.items()}
        with self._changed:
            self.running += 1
            self.most_running = max(self.most_running, self.running)
        try:
            answer = self._answer_to(request.path, headers, body)
        except Disconnect:
            answer = None
        finally:
            with self._changed:
                self.running -= 1
        if answer is None:
            request.close_connection = True
            with contextlib.suppress(OSError):
                request.connection.shutdown(socket.SHUT_RDWR)
            return
        status, sent, body = answer
        request.send_response(status)
        for name, value in sent:
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def _record(self, function, event, headers, qualifier=None):
        # As it came: a handler changes the event that it gets.
        call = Call(function, copy.deepcopy(event), headers, qualifier, time.time())
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()

    def _run(self, function, event, request_id):
        """What the function's runtime makes of it: an answer, and whether it is an error."""
        try:
            context = types.SimpleNamespace(
                aws_request_id=request_id, invoked_function_arn=function, function_name=function.rsplit(":", 1)[1],
                get_remaining_time_in_millis=lambda: 3000,
            )
            return json.dumps(self._handlers[function](event, context)).encode(), False
        except Hang:
            self._closed.wait()
            raise Disconnect from None
        except (ServiceError, Raw, Disconnect):
            raise
        except OwnTimeout as timeout:
            return timeout, True
        except Crash as crash:
            return crash, True
        except Exception as error:
            return {
                "errorMessage": str(error), "errorType": type(error).__name__, "requestId": request_id,
                "stackTrace": traceback.format_tb(error.__traceback__),
            }, True


class LambdaEndpoint(FunctionServer):
    """Lambda's Invoke API. What isn't signed as it should be is refused, and kept in `refusals`."""

    def __init__(self, credentials=CREDENTIALS, certificate=None):
        """With `credentials` of None nothing has to be signed."""
        self.credentials = credentials
        super().__init__(certificate)

    def _answer_to(self, path, headers, body):
        request_id = str(uuid.uuid4())
        base = [("Content-Type", "application/json"), ("x-amzn-RequestId", request_id)]
        try:
            function, qualifier = self._function(path)
            self._check(path, headers, body)
            if function not in self._handlers:
                raise ServiceError(404, "ResourceNotFoundException", f"Function not found: {function}")
            event = json.loads(body)
            self._record(function, event, headers, qualifier)
            answer, is_error = self._run(function, event, request_id)
        except ServiceError as error:
            text = json.dumps({"Type": "User", "Message": error.message}).encode()
            return error.status, [*base, ("x-amzn-ErrorType", error.type)], text
        except Raw as raw:
            return raw.status, [*base, *raw.headers], raw.body
        base.append(("X-Amz-Executed-Version", qualifier or "$LATEST"))
        if not is_error:
            return 200, base, answer
        if isinstance(answer, Crash):
            answer = {
                "errorType": "Runtime.ExitError",
                "errorMessage": f"RequestId: {request_id} Error: Runtime exited with error: exit status {answer.status}",
            }
        elif isinstance(answer, OwnTimeout):
            moment = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
            answer = {"errorMessage": f"{moment} {request_id} Task timed out after {answer.seconds:.2f} seconds"}
        return 200, [*base, ("X-Amz-Function-Error", "Unhandled")], json.dumps(answer).encode()

    @staticmethod
    def _function(path):
        match = re.fullmatch(r"/2015-03-31/functions/([^/]+)/invocations", urlsplit(path).path)
        if not match:
            raise ServiceError(404, "UnknownOperationException", path)
        name = unquote(match[1])
        qualifier = parse_qs(urlsplit(path).query).get("Qualifier", [None])[0]
        if not name.startswith("arn:"):
            return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}", qualifier
        parts = name.split(":")
        return ":".join(parts[:7]), parts[7] if len(parts) > 7 else qualifier

    def _check(self, path, headers, body):
        if headers.get("x-amz-invocation-type", "RequestResponse") != "RequestResponse":
            raise ServiceError(400, "InvalidParameterValueException", headers["x-amz-invocation-type"])
        if self.credentials is None:
            return
        fault = signature_fault(self.credentials, "POST", path, headers, body)
        if fault:
            with self._changed:
                self.refusals.append(fault)
            raise ServiceError(403, "InvalidSignatureException", fault)


def signature_fault(credentials, method, path, headers, body, service="lambda"):
    """What is wrong with a request's Signature Version 4, by botocore's own making of it; None where it is right."""
    match = re.fullmatch(
        r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request, "
        r"SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})", headers.get("authorization", ""),
    )
    if not match:
        return f"no signature: {headers.get('authorization')}"
    key, date, region, named_service, names, signature = match.groups()
    if (key, named_service) != (credentials.access_key, service):
        return f"a signature of {key} for {named_service}"
    if headers.get("x-amz-security-token") != credentials.token:
        return "another session token"
    moment = headers["x-amz-date"]
    if moment[:8] != date or abs(time.time() - _seconds(moment)) > 300:
        return f"a signature of {date} at {moment}"
    needed = {"host", "x-amz-date"} | {name for name in headers if name.startswith("x-amz-")}
    if not needed <= set(names.split(";")):
        return f"only {names} are signed"
    request = AWSRequest(
        method, f"http://{headers['host']}{path}", {name: headers[name] for name in names.split(";")}, body
    )
    request.context["timestamp"] = moment
    request.context["payload_signing_enabled"] = True
    auth = SigV4Auth(credentials, service, region)
    expected = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    return None if hmac.compare_digest(expected, signature) else f"not the signature {expected}"


def _seconds(moment):
    return calendar.timegm(time.strptime(moment, "%Y%m%dT%H%M%SZ"))


class RuntimeInterfaceEmulator(FunctionServer):
    """AWS's emulator of one function, with its ways: it says nowhere that a function failed, answers a time-out in plain
    text and a dead process with nothing, and refuses a second call while one is under way."""

    PATH = "/2015-03-31/functions/function/invocations"

    def __init__(self, handler):
        super().__init__()
        self.function = self.add(handler, "function")
        self._busy = threading.Lock()

    def _answer_to(self, path, headers, body):
        if path != self.PATH:
            return 404, [("Content-Type", "text/plain")], b"404 page not found\n"
        if not self._busy.acquire(blocking=False):
            return 400, [("Content-Type", "text/plain")], b""
        try:
            event = json.loads(body)
            self._record(self.function, event, headers)
            answer, is_error = self._run(self.function, event, str(uuid.uuid4()))
        except Raw as raw:
            return raw.status, list(raw.headers), raw.body
        finally:
            self._busy.release()
        kind = [("Content-Type", "text/plain; charset=utf-8")]
        if isinstance(answer, Crash):
            return 200, kind, b""
        if isinstance(answer, OwnTimeout):
            return 200, kind, f"Task timed out after {answer.seconds:.2f} seconds".encode()
        return 200, kind, json.dumps(answer).encode() if is_error else answer


class WebhookReceiver(FunctionServer):
    """Webhooks at `/<name>`, each the function of that name, which check the signature as docs/TRIGGERS.md says."""

    def __init__(self, secret, certificate=None, tolerance=300):
        self.secret, self.tolerance = secret, tolerance
        super().__init__(certificate)

    def url_of(self, arn):
        return f"{self.url}/{arn.rsplit(':', 1)[1]}"

    def _answer_to(self, path, headers, body):
        kind = [("Content-Type", "application/json")]
        if not is_genuine(self.secret, headers.get("martlet-signature", ""), body, self.tolerance):
            with self._changed:
                self.refusals.append(headers.get("martlet-signature"))
            return 401, kind, b"{}"
        function = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{path[1:]}"
        event = json.loads(body)
        self._record(function, event, headers)
        try:
            answer, is_error = self._run(function, event, headers.get("martlet-invocation"))
        except Raw as raw:
            return raw.status, [*kind, *raw.headers], raw.body
        if is_error:
            return 422, kind, json.dumps({"errorMessage": answer["errorMessage"]}).encode()
        return 200, kind, answer


def is_genuine(secret, header, body, tolerance=300, now=None):
    """Whether a webhook's request is Martlet's own, and of now."""
    fields = [field.split("=", 1) for field in header.split(",") if "=" in field]
    times = [value for name, value in fields if name == "t"]
    if len(times) != 1 or not re.fullmatch(r"\d{1,12}", times[0]):
        return False
    if abs((now or time.time()) - int(times[0])) > tolerance:
        return False
    expected = hmac.new(secret.encode(), times[0].encode() + b"." + body, hashlib.sha256).hexdigest()
    return any(name == "v1" and hmac.compare_digest(value, expected) for name, value in fields)


def certificate(folder, name="functions", host="IP:127.0.0.1"):
    """A PEM file with a key and the certificate that it signed itself: server and authority at once."""
    made, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}",
         "-addext", f"subjectAltName={host}", "-keyout", key, "-out", made],
        check=True, capture_output=True,
    )
    made.write_text(made.read_text() + key.read_text())
    return made
