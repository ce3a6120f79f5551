"""A pool with two app clients and some users, on a server."""

import contextlib

from support.app import PASSWORD, pairs
from support.wire import Wire

FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
ROTATING = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}


class Tenant:
    def __init__(self, server, users=8):
        self.server = server
        self.key = server.create_key()
        self._wire = Wire(server.url, server.secrets, self.key)
        made = self.administer("CreateUserPool", PoolName="torture", AutoVerifiedAttributes=["email"])
        self.pool = made["UserPool"]["Id"]
        self.client = self.make_client("plain")
        self.rotating = self.make_client("rotating", RefreshTokenRotation=ROTATING, ExplicitAuthFlows=FLOWS[:2])
        self.usernames = [f"user{number}" for number in range(users)]
        for username in self.usernames:
            self.make_user(username)

    def try_to_administer(self, operation, server=None, **body):
        """A signed call, whatever comes of it."""
        wire = self._wire if server is None else Wire(server.url, server.secrets, self.key)
        return wire.signed_call(operation, body)

    def administer(self, operation, server=None, **body):
        answer = self.try_to_administer(operation, server, **body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def signed(self, operation, **body):
        """A signed request, to be sent by a gate."""
        return self._wire.signed(operation, body)

    def make_client(self, name, **settings):
        made = self.administer(
            "CreateUserPoolClient", UserPoolId=self.pool, ClientName=name, **{"ExplicitAuthFlows": FLOWS, **settings}
        )
        return made["UserPoolClient"]["ClientId"]

    def make_user(self, username, **attributes):
        self.administer(
            "AdminCreateUser", UserPoolId=self.pool, Username=username, MessageAction="SUPPRESS",
            UserAttributes=pairs(attributes),
        )
        self.administer(
            "AdminSetUserPassword", UserPoolId=self.pool, Username=username, Password=PASSWORD, Permanent=True
        )

    def sign_in(self, gate, username=None, password=PASSWORD, client=None):
        """The answer to a password sign-in."""
        return gate.call(
            "InitiateAuth", ClientId=client or self.client, AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": username or self.usernames[0], "PASSWORD": password},
        )

    def refresh(self, gate, token):
        return gate.call(
            "InitiateAuth", ClientId=self.client, AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": token},
        )

    def rotate(self, gate, token):
        return gate.call("GetTokensFromRefreshToken", ClientId=self.rotating, RefreshToken=token)

    def stored(self):
        """The names of all users, as the server lists them."""
        return set(self.listed())

    def listed(self, **settings):
        """The name of every user that the server lists, page by page."""
        token = {}
        while token is not None:
            page = self.administer("ListUsers", UserPoolId=self.pool, **settings, **token)
            yield from (user["Username"] for user in page["Users"])
            token = {"PaginationToken": page["PaginationToken"]} if "PaginationToken" in page else None


@contextlib.contextmanager
def running(server):
    """The server, furnished with a pool; it must survive the test and end well."""
    server.start()
    try:
        yield Tenant(server)
    except BaseException:
        server.kill()
        raise
    assert server.stop() == 0
