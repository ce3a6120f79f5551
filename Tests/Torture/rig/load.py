"""Everything at once, from several threads: sign-up, sign-in, SRP, refresh, rotation, codes, new passwords."""

import itertools
import random
import threading
import time

import requests
from pycognito.aws_srp import AWSSRP

from rig.gate import Gate, Lost
from rig.ledger import NEW_PASSWORD, Ledger
from support.app import PASSWORD

NUMBERS = itertools.count()


class Refused(Exception):
    """The step can't go on: its call failed, or the load has ended."""


class Load:
    """Runs between `with Load(tenant):` and its end; `ledger` tells what came of it."""

    def __init__(self, tenant, servers=None, ledger=None):
        self.tenant = tenant
        self.servers = servers or [tenant.server]
        self.gates = [Gate(server) for server in self.servers]
        self.ledger = ledger or Ledger()
        self.stop = threading.Event()
        steps = [
            self._sign_up, self._sign_in, self._sign_in, self._srp,
            self._refresh, self._rotate, self._confirm_and_reset, self._new_password,
        ]
        self._threads = [threading.Thread(target=self._repeat, args=(step,)) for step in steps]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self._threads:
            thread.join()
        for gate in self.gates:
            gate.close()

    def _repeat(self, step):
        while not self.stop.is_set():
            try:
                step()
            except (Lost, requests.RequestException):
                self.ledger.lost += 1
                time.sleep(0.01)
            except Refused:
                time.sleep(0.01)

    def _call(self, operation, **body):
        return self._through(random.choice(self.gates), operation, **body)

    def _through(self, gate, operation, **body):
        answer = gate.call(operation, **body)
        self._note(operation, answer.status, answer.error, answer.seconds)
        return answer.body

    def _note(self, operation, status, error, seconds):
        self.ledger.answered += 1
        self.ledger.longest = max(self.ledger.longest, seconds)
        if status != 200:
            self.ledger.failures.append((operation, status, error, seconds))
            raise Refused(error)

    def _spend(self, kind, operation, **body):
        """A call that may succeed once."""
        try:
            result = self._call(operation, **body)
        except (Lost, Refused):
            # A failure after the commit was sent leaves it as open as silence does.
            self.ledger.unsure[kind].append((operation, body))
            raise
        self.ledger.spent[kind].append((operation, body))
        return result

    def _administer(self, operation, **body):
        start = time.monotonic()
        server = random.choice(self.servers)
        answer = self.tenant.try_to_administer(operation, server, UserPoolId=self.tenant.pool, **body)
        error = answer.json().get("__type") if answer.content else None
        self._note(operation, answer.status_code, error, time.monotonic() - start)

    def _name(self):
        return f"new{next(NUMBERS)}"

    def _sign_up(self):
        name = self._name()
        self._call("SignUp", ClientId=self.tenant.client, Username=name, Password=PASSWORD)
        self.ledger.signed_up.append(name)

    def _initiate(self, client, flow, **parameters):
        return self._call("InitiateAuth", ClientId=client, AuthFlow=flow, AuthParameters=parameters)

    def _tokens(self, client, username=None, password=PASSWORD):
        username = username or random.choice(self.tenant.usernames)
        answer = self._initiate(client, "USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=password)
        return answer["AuthenticationResult"]

    def _sign_in(self):
        tokens = self._tokens(self.tenant.client)
        self.ledger.refresh_tokens.append(tokens["RefreshToken"])
        self.ledger.access_tokens.append(tokens["AccessToken"])

    def _srp(self):
        username = random.choice(self.tenant.usernames)
        srp = AWSSRP(username, PASSWORD, self.tenant.pool, self.tenant.client, client=object())
        asked = srp.get_auth_params()
        challenge = self._initiate(self.tenant.client, "USER_SRP_AUTH", **asked)["ChallengeParameters"]
        tokens = self._spend(
            "SRP answers", "RespondToAuthChallenge", ClientId=self.tenant.client, ChallengeName="PASSWORD_VERIFIER",
            ChallengeResponses=srp.process_challenge(challenge, asked),
        )["AuthenticationResult"]
        self.ledger.refresh_tokens.append(tokens["RefreshToken"])

    def _refresh(self):
        if not self.ledger.refresh_tokens:
            raise Refused
        token = random.choice(self.ledger.refresh_tokens)
        answer = self._initiate(self.tenant.client, "REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token)
        self.ledger.access_tokens.append(answer["AuthenticationResult"]["AccessToken"])

    def _rotate(self):
        token = self._tokens(self.tenant.rotating)["RefreshToken"]
        answer = self._spend(
            "refresh tokens", "GetTokensFromRefreshToken", ClientId=self.tenant.rotating, RefreshToken=token
        )
        self.ledger.current.append(answer["AuthenticationResult"]["RefreshToken"])

    def _confirm_and_reset(self):
        """A code of sign-up, then one for a new password."""
        name = self._name()
        who = {"ClientId": self.tenant.client, "Username": name}
        address = f"{name}@example.com"
        self._call("SignUp", Password=PASSWORD, UserAttributes=[{"Name": "email", "Value": address}], **who)
        self.ledger.signed_up.append(name)
        code = self._code(address)
        self._spend("codes", "ConfirmSignUp", ConfirmationCode=code, **who)
        self._call("ForgotPassword", **who)
        self._spend(
            "codes", "ConfirmForgotPassword", ConfirmationCode=self._code(address, code), Password=NEW_PASSWORD, **who
        )
        self.ledger.renewed.append(name)

    def _code(self, address, used=None):
        """A code that any of the servers sent to an address, other than the one that was used before."""
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline and not self.stop.is_set():
            found = [message["Code"] for server in self.servers for message in server.inbox.to(address)]
            fresh = [code for code in found if code != used]
            if fresh:
                return fresh[-1]
            time.sleep(0.005)
        raise Refused

    def _new_password(self):
        name = self._name()
        temporary = "Temporary-Horse-7"
        self._administer("AdminCreateUser", Username=name, TemporaryPassword=temporary, MessageAction="SUPPRESS")
        self.ledger.signed_up.append(name)
        session = self._initiate(
            self.tenant.client, "USER_PASSWORD_AUTH", USERNAME=name, PASSWORD=temporary
        )["Session"]
        tokens = self._spend(
            "sessions", "RespondToAuthChallenge", ClientId=self.tenant.client, ChallengeName="NEW_PASSWORD_REQUIRED",
            Session=session, ChallengeResponses={"USERNAME": name, "NEW_PASSWORD": NEW_PASSWORD},
        )["AuthenticationResult"]
        self.ledger.refresh_tokens.append(tokens["RefreshToken"])
        self.ledger.renewed.append(name)
