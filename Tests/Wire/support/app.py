"""An app client and what an app does with it."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Any

from botocore.client import BaseClient
from pycognito.aws_srp import AWSSRP

PASSWORD = "Correct-Horse-7"


@dataclass(frozen=True)
class App:
    cognito: BaseClient = field(repr=False)
    pool: str
    id: str
    secret: str | None = None
    description: dict[str, Any] = field(default_factory=dict, repr=False)

    def secret_hash(self, username):
        digest = hmac.digest(self.secret.encode(), (username + self.id).encode(), hashlib.sha256)
        return base64.b64encode(digest).decode()

    def sign_up(self, username, password=None, attributes=None, **options):
        if password is not None:
            options["Password"] = password
        return self.cognito.sign_up(
            ClientId=self.id, Username=username, UserAttributes=pairs(attributes or {}), **options
        )

    def initiate(self, flow, session=None, **parameters):
        options = {} if session is None else {"Session": session}
        return self.cognito.initiate_auth(ClientId=self.id, AuthFlow=flow, AuthParameters=parameters, **options)

    def admin_initiate(self, flow, **parameters):
        return self.cognito.admin_initiate_auth(
            UserPoolId=self.pool, ClientId=self.id, AuthFlow=flow, AuthParameters=parameters
        )

    def respond(self, challenge, session=None, **responses):
        options = {} if session is None else {"Session": session}
        return self.cognito.respond_to_auth_challenge(
            ClientId=self.id, ChallengeName=challenge, ChallengeResponses=responses, **options
        )

    def sign_in(self, username, password):
        """Tokens by USER_PASSWORD_AUTH."""
        return self.initiate("USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=password)["AuthenticationResult"]

    def srp(self, username, password):
        """A pycognito client of SRP for one user."""
        return AWSSRP(
            username, password, self.pool, self.id, client=self.cognito, client_secret=self.secret
        )


def pairs(attributes):
    """Attributes as the API lists them."""
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


def values(attributes):
    """Attributes as a dictionary."""
    return {attribute["Name"]: attribute["Value"] for attribute in attributes}
