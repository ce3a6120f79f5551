"""What takes texts: a webhook that checks its signature as docs/MESSAGES.md says, and an API of Twilio's form."""

import base64
import hashlib
import hmac
import http.server
import json
import threading
import time
from dataclasses import dataclass
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict
    body: bytes

    @property
    def form(self):
        return dict(parse_qsl(self.body.decode(), strict_parsing=True))

    @property
    def json(self):
        return json.loads(self.body)


class Receiver:
    """An HTTP server on a port that was free. `answers` are what is answered next: a status, or a status and a body."""

    def __init__(self):
        outer = self
        self.requests, self.answers = [], []
        self._changed = threading.Condition()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Request(self.path, headers, body)
                status, answer = outer.check(request) or outer.next_answer()
                with outer._changed:
                    outer.requests.append(request)
                    outer._changed.notify_all()
                answer = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def check(self, request):
        """What is wrong with a request, as status and body; None where it is right."""

    def next_answer(self):
        answer = self.answers.pop(0) if self.answers else 200
        return answer if isinstance(answer, tuple) else (answer, {})

    def wait(self, count=1, patience=15):
        """The newest request, once there are `count`."""
        deadline = time.monotonic() + patience
        with self._changed:
            while len(self.requests) < count:
                if not self._changed.wait(deadline - time.monotonic()):
                    raise AssertionError(f"{len(self.requests)} of {count} requests came")
            return self.requests[-1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


def is_genuine(secret: str, header: str, body: bytes) -> bool:
    """As docs/TRIGGERS.md has it."""
    fields = [field.partition("=") for field in header.split(",")]
    times = [value for name, _, value in fields if name == "t"]
    if len(times) != 1 or not times[0].isdecimal() or abs(time.time() - int(times[0])) > 300:
        return False
    expected = hmac.new(secret.encode(), times[0].encode() + b"." + body, hashlib.sha256).hexdigest()
    return any(name == "v1" and hmac.compare_digest(value.encode(), expected.encode()) for name, _, value in fields)


class Webhook(Receiver):
    def __init__(self, secret):
        self.secret = secret
        super().__init__()

    def check(self, request):
        if not is_genuine(self.secret, request.headers.get("martlet-signature", ""), request.body):
            return 401, {}


class Twilio(Receiver):
    """Twilio's Messages resource, with its errors."""

    def __init__(self, account, user, password):
        self.account = account
        self.expected = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        super().__init__()

    def check(self, request):
        if request.headers.get("authorization") != self.expected:
            return self.error(401, 20003, "Authenticate")
        if request.path != f"/2010-04-01/Accounts/{self.account}/Messages.json":
            return self.error(404, 20404, "The requested resource was not found")

    def next_answer(self):
        answer = self.answers.pop(0) if self.answers else None
        return answer or (201, {"sid": "SM" + "0" * 32, "status": "queued"})

    @staticmethod
    def error(status, code, message):
        more = f"https://www.twilio.com/docs/errors/{code}"
        return status, {"code": code, "message": message, "more_info": more, "status": status}
