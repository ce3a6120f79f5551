"""Bare HTTP: for what no AWS client would send, or shows."""

import json

import requests
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from support.server import REGION

PREFIX = "AWSCognitoIdentityProviderService"


class Wire:
    def __init__(self, url, secrets, key=None):
        self.url = url
        self._secrets = secrets
        self._key = key

    def call(self, operation, body=None, headers=None):
        """An unsigned call, as `curl` makes it."""
        return self._send(self.data(body), {**self.headers(operation), **(headers or {})})

    def signed_call(self, operation, body=None, **signing):
        request = self.signed(operation, body, **signing)
        return self._send(request.body, dict(request.headers))

    def signed(self, operation, body=None, key=None, service="cognito-idp", region=REGION):
        """A signed request, not yet sent."""
        key = key or self._key
        request = AWSRequest("POST", self.url + "/", headers=self.headers(operation), data=self.data(body))
        request.headers["Host"] = self.url.removeprefix("http://")
        SigV4Auth(Credentials(key.id, key.secret), service, region).add_auth(request)
        return request

    def _send(self, data, headers):
        response = requests.post(self.url + "/", data=data, headers=headers, timeout=30)
        if response.headers.get("Content-Type") == "application/x-amz-json-1.1" and response.content:
            self._secrets.collect(response.json())
        return response

    def data(self, body):
        if isinstance(body, bytes):
            return body
        self._secrets.collect(body)
        return json.dumps(body if body is not None else {}).encode()

    @staticmethod
    def headers(operation):
        return {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"{PREFIX}.{operation}"}
