"""Finding 12: no web page but this machine's own does anything to a `dev` server."""

import boto3
import pytest
import requests

from support.wire import Wire

FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Host": "rebound.evil.example:8484"},
    {"Host": "rebound.test:8484"},
]
OWN = [{}, {"Origin": "http://localhost:3000", "Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none"}]


@pytest.fixture
def cognito(development):
    requests.post(development.url + "/_martlet/reset", timeout=10).raise_for_status()
    made = boto3.client(
        "cognito-idp", "us-east-1", endpoint_url=development.url, aws_access_key_id="any",
        aws_secret_access_key="thing",
    )
    made.create_user_pool(PoolName="mine")
    return made


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_page_of_another_site_can_neither_reset_nor_read(development, cognito, report, headers):
    asked = [
        requests.request(method, development.url + path, headers=headers, timeout=10)
        for method, path in [
            ("POST", "/_martlet/reset"), ("GET", "/_martlet/messages"), ("GET", "/_martlet/inbox"),
            ("GET", "/_martlet/inbox/1/mail"), ("OPTIONS", "/_martlet/reset"),
        ]
    ]
    report(f"{headers}", [answer.status_code for answer in asked])
    for answer in asked:
        assert answer.status_code == 403
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    assert len(cognito.list_user_pools(MaxResults=5)["UserPools"]) == 1


@pytest.mark.parametrize("headers", FOREIGN[:3], ids=str)
def test_nor_is_it_an_administrator(development, cognito, headers):
    headers = {**Wire.headers("ListUserPools"), **headers}
    answer = requests.post(development.url, data='{"MaxResults":5}', headers=headers, timeout=10)
    assert (answer.status_code, answer.json()["__type"]) == (400, "MissingAuthenticationTokenException")


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_curl_and_pages_of_this_machine_may(development, cognito, headers):
    answer = requests.get(development.url + "/_martlet/messages", headers=headers, timeout=10)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
    assert requests.post(development.url + "/_martlet/reset", headers=headers, timeout=10).status_code == 200
    assert cognito.list_user_pools(MaxResults=5)["UserPools"] == []
