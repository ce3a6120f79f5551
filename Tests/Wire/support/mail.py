"""Mail servers of aiosmtpd, which behave or don't.

    with MailServer(certificate=certificate, user="app", password="secret") as server:
        flags = ["--mail", server.url, "--mail-password-file", …, "--mail-ca", certificate]
        …
        assert server.wait("ada@example.com").message["Subject"] == "Hello"

`server.answers["RCPT"] = ["451 4.7.1 Later"]` has the next `RCPT` answered so, once for each entry; `HANG` has it never
answered, and `CLOSE` has the connection closed.
"""

import asyncio
import base64
import contextlib
import email
import email.policy
import socket
import ssl
import subprocess
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import quote

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import MISSING, AuthResult

from support.server import free_port

HANG, CLOSE = "hang", "close"


def make_certificate(folder, name="localhost"):
    """A PEM file with a certificate for a name, its own authority, and its key; for `localhost` also the address."""
    path = folder / f"{name}.pem"
    names = f"DNS:{name}" + (",IP:127.0.0.1" if name == "localhost" else "")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", f"/CN={name}", "-addext", f"subjectAltName={names}", "-keyout", path, "-out", f"{path}.crt"],
        check=True, capture_output=True,
    )
    with path.open("a") as file, open(f"{path}.crt") as certificate:
        file.write(certificate.read())
    return path


@dataclass(frozen=True)
class Mail:
    """A mail as it came."""
    sender: str
    to: list
    options: list
    raw: bytes
    encrypted: bool
    login: str | None
    at: float

    @property
    def message(self):
        """As Python's email package reads it."""
        return email.message_from_bytes(self.raw, policy=email.policy.default)


class _Handler:
    def __init__(self, server):
        self.server = server

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        self.server.sessions.add(session.peer)
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return await self._answer("MAIL", server)

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = await self._answer("RCPT", server)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        mail = Mail(
            envelope.mail_from, envelope.rcpt_tos, envelope.mail_options, envelope.original_content,
            session.ssl is not None or self.server.security == "implicit",
            self.server.logins.get(session), time.time(),
        )
        answer = await self._answer("DATA", server)
        self.server.note(mail, answer.startswith("250"))
        return answer

    async def auth_XOAUTH2(self, server, args):
        blob = await server.challenge_auth("") if len(args) == 1 else base64.b64decode(args[1])
        if blob is MISSING:
            return AuthResult(success=False)
        fields = dict(part.split("=", 1) for part in blob.decode().split("\x01") if part)
        expected = {"user": self.server.user, "auth": f"Bearer {self.server.token}"}
        if fields != expected:
            self.server.tried.append(fields)
            return AuthResult(success=False, handled=False, message="535 5.7.8 Token refused")
        self.server.logins[server.session] = f"XOAUTH2 {fields['user']}"
        return AuthResult(success=True)

    async def _answer(self, command, server):
        with self.server.changed:
            self.server.commands.append(command)
            answers = self.server.answers[command]
            answer = answers.pop(0) if answers else "250 2.0.0 Taken"
        if answer == HANG:
            await asyncio.sleep(3600)
        if answer == CLOSE:
            server.transport.abort()
        return answer


class _Controller(Controller):
    """One that knows its connections."""

    def __init__(self, *arguments, **settings):
        self.connections = []
        super().__init__(*arguments, **settings)

    def factory(self):
        self.connections.append(super().factory())
        return self.connections[-1]


class MailServer:
    """An SMTP server on a port that was free. `security` is `none`, `starttls`, `implicit`, or `stripped`: one that would
    take mails as they are, as somebody in between has taken STARTTLS away."""

    def __init__(self, security="starttls", certificate=None, user=None, password=None, token=None,
                 mechanisms=("LOGIN", "PLAIN"), utf8=True, port=None):
        self.security, self.user, self.password, self.token = security, user, password, token
        self.port = port or free_port()
        self.mails, self.refused, self.commands, self.tried = [], [], [], []
        self.logins, self.answers, self.sessions = {}, defaultdict(list), set()
        self.changed = threading.Condition()
        context = None
        if security in ["starttls", "implicit"]:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
        if token is not None:
            mechanisms = ("XOAUTH2",)
        self._controller = _Controller(
            _Handler(self), hostname="127.0.0.1", port=self.port, ready_timeout=10,
            ssl_context=context if security == "implicit" else None,
            tls_context=context if security == "starttls" else None,
            require_starttls=security == "starttls",
            auth_required=user is not None, auth_require_tls=security == "starttls",
            authenticator=self._authenticate, enable_SMTPUTF8=utf8,
            auth_exclude_mechanism=[name for name in ["LOGIN", "PLAIN", "XOAUTH2"] if name not in mechanisms],
        )

    @property
    def url(self):
        scheme = "smtps" if self.security == "implicit" else "smtp"
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        return f"{scheme}://{user}localhost:{self.port}" + ("?tls=off" if self.security == "none" else "")

    @property
    def connections(self):
        """How many there have been."""
        return len(self.sessions)

    def _authenticate(self, server, session, envelope, mechanism, data):
        given = (data.login.decode(), data.password.decode())
        self.tried.append(given)
        if given != (self.user, self.password):
            return AuthResult(success=False, handled=False)
        self.logins[session] = f"{mechanism} {self.user}"
        return AuthResult(success=True, auth_data=data)

    def note(self, mail, taken):
        with self.changed:
            (self.mails if taken else self.refused).append(mail)
            self.changed.notify_all()

    def to(self, address):
        with self.changed:
            return [mail for mail in self.mails if address in mail.to]

    def wait(self, address, count=1, patience=20):
        """The newest mail to an address, once there are `count`."""
        deadline = time.monotonic() + patience
        with self.changed:
            while True:
                found = [mail for mail in self.mails if address in mail.to]
                if len(found) >= count:
                    return found[-1]
                if not self.changed.wait(deadline - time.monotonic()):
                    raise AssertionError(f"{len(found)} of {count} mails came to {address}")

    def __enter__(self):
        self._controller.start()
        return self

    def __exit__(self, *_):
        asyncio.run_coroutine_threadsafe(self._end(), self._controller.loop).result(10)
        self._controller.stop()
        if not self._controller.loop.is_closed():
            self._controller.loop.close()

    async def _end(self):
        """Ends what is open yet, which `stop` would leave to the collector, to be told amid some other test."""
        open_connections = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in open_connections:
            task.cancel()
        await asyncio.gather(*open_connections, return_exceptions=True)
        for connection in self._controller.connections:
            if connection.transport:
                connection.transport.abort()
        # A transport of TLS ends one turn of the loop after the one below it.
        await asyncio.sleep(0.01)


class SocketServer:
    """Takes connections and says what it is given, or nothing: a greeting that refuses, silence, an end."""

    def __init__(self, greeting=None, closes=False):
        self.connections = 0
        self._greeting, self._closes, self._open = greeting, closes, []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.url = f"smtp://localhost:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.connections += 1
                if self._greeting:
                    connection.sendall(self._greeting.encode() + b"\r\n")
                if self._closes:
                    connection.close()
                else:
                    self._open.append(connection)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for connection in self._open:
            connection.close()
