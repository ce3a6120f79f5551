"""Statistics, not eyes: where a client hides who exists, neither answers nor lengths nor times tell real users from names
that nobody has. 2,000 calls of each public operation for each kind of user, in turn with as many for nobody.

For times it wants a quiet machine. A part of it, and fewer calls, while something is being changed:

    MARTLET_CALLS=200 .venv/bin/pytest Tests/Torture/test_who_exists.py -k 'sqlite and passkey'
"""

import http.client
import json
import math
import os
import random
import time

import pytest
from fido2.utils import websafe_decode

from rig.tenant import running
from support.app import PASSWORD, pairs
from support.authenticator import Authenticator
from support.server import Server

CALLS_PER_USER = 5
USERS = int(os.environ.get("MARTLET_CALLS", 2000)) // CALLS_PER_USER
FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH"]
FACTORS = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"]}}
SRP_A = "%x" % random.Random(1).getrandbits(3060)
# Each kind of real user.
KINDS = ["confirmed", "passkey", "disabled", "unconfirmed", "invited"]


class Prober:
    """Calls public operations on one connection, and times them."""

    def __init__(self, server, client):
        host, port = server.url.removeprefix("http://").split(":")
        self._connection = http.client.HTTPConnection(host, int(port))
        self._client = client

    def close(self):
        self._connection.close()

    def call(self, operation, **body):
        return self.send(operation, ClientId=self._client, **body)

    def send(self, operation, **body):
        """How long it took, how long the answer is, and the answer."""
        content = json.dumps(body)
        headers = {
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}",
        }
        start = time.perf_counter_ns()
        self._connection.request("POST", "/", content, headers)
        response = self._connection.getresponse()
        answer = response.read()
        took = time.perf_counter_ns() - start
        return took, len(answer) + len(str(response.headers)), json.loads(answer)


def options(answer):
    """What a browser is asked for a passkey with."""
    return json.loads(answer["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"])


def operations(prober):
    authenticator = Authenticator()
    authenticator.user = "AAAA"

    def sign_in(flow, **parameters):
        return lambda name: prober.call(
            "InitiateAuth", AuthFlow=flow, AuthParameters={"USERNAME": name, **parameters}
        )

    def answer_code(name):
        begun = sign_in("USER_AUTH", PREFERRED_CHALLENGE="EMAIL_OTP")(name)[2]
        if begun.get("ChallengeName") != "EMAIL_OTP":
            return None
        return prober.call(
            "RespondToAuthChallenge", ChallengeName="EMAIL_OTP", Session=begun["Session"],
            ChallengeResponses={"USERNAME": name, "EMAIL_OTP_CODE": "00000000"},
        )

    def answer_passkey(name):
        """As one who was told of the passkey, and hasn't got it."""
        begun = sign_in("USER_AUTH", PREFERRED_CHALLENGE="WEB_AUTHN")(name)[2]
        if begun.get("ChallengeName") != "WEB_AUTHN":
            return None
        asked = options(begun)
        authenticator.id = websafe_decode(asked["allowCredentials"][0]["id"])
        return prober.call(
            "RespondToAuthChallenge", ChallengeName="WEB_AUTHN", Session=begun["Session"],
            ChallengeResponses={"USERNAME": name, "CREDENTIAL": authenticator.get(asked)},
        )

    def answer_proof(name):
        shown = sign_in("USER_SRP_AUTH", SRP_A=SRP_A)(name)[2]["ChallengeParameters"]
        return prober.call(
            "RespondToAuthChallenge", ChallengeName="PASSWORD_VERIFIER",
            ChallengeResponses={
                "USERNAME": shown["USERNAME"], "PASSWORD_CLAIM_SECRET_BLOCK": shown["SECRET_BLOCK"],
                "PASSWORD_CLAIM_SIGNATURE": "AAAA", "TIMESTAMP": "Fri Nov 10 18:59:35 UTC 2023",
            },
        )

    return {
        "ConfirmSignUp": lambda name: prober.call("ConfirmSignUp", Username=name, ConfirmationCode="000000"),
        "ResendConfirmationCode": lambda name: prober.call("ResendConfirmationCode", Username=name),
        "ForgotPassword": lambda name: prober.call("ForgotPassword", Username=name),
        "ConfirmForgotPassword": lambda name: prober.call(
            "ConfirmForgotPassword", Username=name, ConfirmationCode="000000", Password=PASSWORD
        ),
        "USER_SRP_AUTH": sign_in("USER_SRP_AUTH", SRP_A=SRP_A),
        "USER_AUTH": sign_in("USER_AUTH"),
        "EMAIL_OTP": sign_in("USER_AUTH", PREFERRED_CHALLENGE="EMAIL_OTP"),
        "EMAIL_OTP answered": answer_code,
        "WEB_AUTHN": sign_in("USER_AUTH", PREFERRED_CHALLENGE="WEB_AUTHN"),
        "WEB_AUTHN answered": answer_passkey,
        "PASSWORD_VERIFIER": answer_proof,
        "USER_PASSWORD_AUTH": sign_in("USER_PASSWORD_AUTH", PASSWORD="Wrong-Horse-7"),
    }


def told(answer):
    """What an answer says, without what differs from call to call or is the user's own."""
    if "__type" in answer:
        return answer["__type"], answer["message"]
    return tuple(sorted(answer)), answer.get("ChallengeName"), tuple(answer.get("AvailableChallenges") or ())


def probability(first, second):
    """Mann and Whitney's test: how probable such samples are of one distribution."""
    ranked = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    ranks, place = 0.0, 0
    while place < len(ranked):
        end = place
        while end < len(ranked) and ranked[end][0] == ranked[place][0]:
            end += 1
        ranks += sum(1 for _, sample in ranked[place:end] if sample == 0) * (place + end + 1) / 2
        place = end
    n, m = len(first), len(second)
    u = ranks - n * (n + 1) / 2
    deviation = math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(u - n * m / 2) / deviation / math.sqrt(2))


def make(tenant, prober, kind, name):
    if kind == "unconfirmed":
        prober.call(
            "SignUp", Username=name, Password=PASSWORD, UserAttributes=pairs({"email": f"{name[:4]}@example.com"})
        )
        return
    # Without a temporary password they would be confirmed: codes alone sign in here.
    tenant.administer(
        "AdminCreateUser", UserPoolId=tenant.pool, Username=name, MessageAction="SUPPRESS", TemporaryPassword=PASSWORD,
        UserAttributes=pairs({"email": f"{name[:4]}@example.com", "email_verified": "true"}),
    )
    if kind == "invited":
        return
    tenant.administer(
        "AdminSetUserPassword", UserPoolId=tenant.pool, Username=name, Password=PASSWORD, Permanent=True
    )
    if kind == "disabled":
        tenant.administer("AdminDisableUser", UserPoolId=tenant.pool, Username=name)
    if kind == "passkey":
        signed_in = prober.call(
            "InitiateAuth", AuthFlow="USER_PASSWORD_AUTH", AuthParameters={"USERNAME": name, "PASSWORD": PASSWORD}
        )[2]
        access = signed_in["AuthenticationResult"]["AccessToken"]
        asked = prober.send("StartWebAuthnRegistration", AccessToken=access)[2]["CredentialCreationOptions"]
        made = Authenticator().create(asked)
        assert prober.send("CompleteWebAuthnRegistration", AccessToken=access, Credential=made)[2] == {}


def passkeys(prober, name):
    """The form of those that the name is asked for: how long their ids are, and over what they are reached."""
    answer = prober.call(
        "InitiateAuth", AuthFlow="USER_AUTH", AuthParameters={"USERNAME": name, "PREFERRED_CHALLENGE": "WEB_AUTHN"}
    )[2]
    if answer.get("ChallengeName") != "WEB_AUTHN":
        return []
    return [(len(passkey["id"]), passkey["transports"]) for passkey in options(answer)["allowCredentials"]]


def strangers(prober, example, letters):
    """Names that nobody has and that stand for users like the example: in the same state, with a code of sign-up that is
    as good, with the same factors, and with passkeys of the same form."""

    def status(name):
        return told(prober.call("ConfirmSignUp", Username=name, ConfirmationCode="000000")[2])

    def form(name):
        asked = prober.call("InitiateAuth", AuthFlow="USER_AUTH", AuthParameters={"USERNAME": name})[2]
        return told(asked), passkeys(prober, name)

    awaited, offered, found = status(example), form(example), []
    while len(found) < 2 * USERS:
        name = "".join(letters.choices("abcdefghijklmnop", k=16))
        if status(name) == awaited and form(name) == offered:
            found.append(name)
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def quiet_tenant(request, tmp_path):
    url = f"sqlite:{tmp_path}/martlet.db" if request.param == "sqlite" else request.getfixturevalue("cluster").url
    with running(Server(tmp_path, url, "--trusted-proxies", "127.0.0.1", reads_messages=False)) as tenant:
        yield tenant


@pytest.fixture
def hiding(quiet_tenant):
    tenant = quiet_tenant
    tenant.administer("UpdateUserPool", UserPoolId=tenant.pool, AutoVerifiedAttributes=["email"], Policies=FACTORS)
    tenant.administer(
        "SetUserPoolMfaConfig", UserPoolId=tenant.pool, WebAuthnConfiguration={"RelyingPartyId": "example.com"}
    )
    made = tenant.administer(
        "CreateUserPoolClient", UserPoolId=tenant.pool, ClientName="hiding", ExplicitAuthFlows=FLOWS,
        PreventUserExistenceErrors="ENABLED",
    )
    prober = Prober(tenant.server, made["UserPoolClient"]["ClientId"])
    yield tenant, prober
    prober.close()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_tells_who_exists(hiding, report, kind):
    tenant, prober = hiding
    letters = random.Random(7)
    real = ["".join(letters.choices("abcdefghijklmnop", k=16)) for _ in range(2 * USERS)]
    for name in real:
        make(tenant, prober, kind, name)
    nobody = strangers(prober, real[0], letters)
    probabilities = {}
    for operation, call in operations(prober).items():
        times, sizes, answers = ([], []), ([], []), (set(), set())
        # After five wrong passwords a user is locked, and proofs aren't looked at: those are of other users.
        people = slice(USERS, None) if operation == "PASSWORD_VERIFIER" else slice(USERS)
        for _ in range(CALLS_PER_USER):
            for pair in zip(real[people], nobody[people]):
                # In turn, so that what the machine does besides is the same for both.
                for sample in random.sample((0, 1), 2):
                    made = call(pair[sample])
                    if made is None:
                        continue
                    took, size, answer = made
                    times[sample].append(took)
                    sizes[sample].append(size)
                    answers[sample].add(told(answer))
        if not times[0]:
            continue
        assert answers[0] <= answers[1], f"{operation}: only real users are told {answers[0] - answers[1]}"
        assert sorted(sizes[0])[len(sizes[0]) // 2] == sorted(sizes[1])[len(sizes[1]) // 2], operation
        probabilities[operation] = probability(*times)
        medians = [sorted(sample)[len(sample) // 2] / 1000 for sample in times]
        report(
            f"{kind}: {operation}",
            f"{len(times[0])} calls each, {medians[0]:.0f} and {medians[1]:.0f} µs, p = {probabilities[operation]:.3f}",
        )
    # Of many operations one may differ by chance.
    least = min(probabilities, key=probabilities.get)
    assert probabilities[least] * len(probabilities) * len(KINDS) >= 0.001, f"{least}: {probabilities[least]}"
