"""Every password, code, token and session that the tests use, so that the server's log can be searched for them."""

import json
import re

SENSITIVE = {
    "AccessToken", "ClientSecret", "ConfirmationCode", "IdToken", "Password", "PreviousPassword",
    "ProposedPassword", "RefreshToken", "SecretHash", "Session", "TemporaryPassword", "Token",
    "EMAIL_OTP_CODE", "NEW_PASSWORD", "PASSWORD", "PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE",
    "REFRESH_TOKEN", "SECRET_BLOCK", "SECRET_HASH", "SMS_OTP_CODE",
    "access_token", "client_secret", "id_token", "refresh_token",
}


class Secrets:
    def __init__(self):
        self._values = set()

    def add(self, value):
        # Shorter texts could stand in a log by chance.
        if isinstance(value, str) and len(value) >= 6:
            self._values.add(value)

    def collect(self, document):
        """Takes the secrets out of a request or a response."""
        if isinstance(document, dict):
            for name, value in document.items():
                if name in SENSITIVE:
                    self.add(value)
                self.collect(value)
        elif isinstance(document, list):
            for value in document:
                self.collect(value)

    def watch(self, boto3_client):
        """Collects from every call of a boto3 client."""
        service = "cognito-identity-provider"
        events = boto3_client.meta.events
        events.register(f"before-call.{service}", lambda params, **_: self.collect(json.loads(params["body"])))
        events.register(f"after-call.{service}", lambda parsed, **_: self.collect(parsed))

    def found_in(self, text):
        """Which secrets stand in the text, as words: six digits may well be part of a request id."""
        words = set(re.findall(r"\w+", text))
        return {value for value in self._values if value in words or len(value) > 6 and value in text}
