"""What a refused call looks like, to a client and on the wire."""

import contextlib
import re

import pytest
from botocore.exceptions import ClientError

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@contextlib.contextmanager
def refused(code, message):
    """Passes where the call inside is refused with exactly this type and text."""
    with pytest.raises(ClientError) as caught:
        yield
    error = caught.value.response["Error"]
    assert (error["Code"], error["Message"]) == (code, message)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def outcome(call):
    """Type and text of a refusal, or the answer without what differs from call to call: to compare two calls."""
    try:
        answer = call()
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["Error"]["Message"]
    answer.pop("ResponseMetadata")
    return answer


def assert_refusal(response, code, message, status=400):
    """The same of a bare response, with its headers and body."""
    assert response.status_code == status, response.text
    assert response.json() == {"__type": code, "message": message}
    assert response.headers["x-amzn-errortype"] == f"{code}:"
    assert response.headers["x-amzn-errormessage"] == message
    assert response.headers["content-type"] == "application/x-amz-json-1.1"
    assert UUID.fullmatch(response.headers["x-amzn-requestid"])
    assert_cross_origin(response)


def assert_cross_origin(response):
    assert response.headers["access-control-allow-origin"] == "*"
    exposed = response.headers["access-control-expose-headers"]
    assert exposed == "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date"
