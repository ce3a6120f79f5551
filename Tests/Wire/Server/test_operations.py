"""What those who run the server ask it: health, metrics, the log."""

import json
import re

import pytest
import requests

from support.app import PASSWORD
from support.errors import refused


def metric(server, name, **labels):
    pairs = ",".join(f'{label}="{value}"' for label, value in sorted(labels.items()))
    sample = re.escape(f"{name}{{{pairs}}}" if labels else name)
    found = re.search(rf"^{sample} (\S+)$", server.get("/_martlet/metrics").text, re.MULTILINE)
    return float(found[1]) if found else 0


def test_health(server):
    response = server.get("/_martlet/health")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response.headers["cache-control"] == "no-store"


def test_metrics_are_prometheus_text(server):
    response = server.get("/_martlet/metrics")
    assert response.headers["content-type"] == "text/plain; version=0.0.4"
    for line in response.text.splitlines():
        assert re.fullmatch(r"# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? [0-9.e+-]+", line), line


def test_requests_and_sign_ins_are_counted(server, pool, client, user):
    app = client(pool())
    username = user(app.pool)
    requests_before = metric(server, "martlet_request_seconds_count", operation="InitiateAuth")
    signed_in = {"flow": "USER_PASSWORD_AUTH", "outcome": "succeeded"}
    failed = {"flow": "USER_PASSWORD_AUTH", "outcome": "failed"}
    before = [metric(server, "martlet_sign_ins_total", **labels) for labels in (signed_in, failed)]
    app.sign_in(username, PASSWORD)
    with refused("NotAuthorizedException", "Incorrect username or password."):
        app.sign_in(username, "Wrong-Horse-7")
    after = [metric(server, "martlet_sign_ins_total", **labels) for labels in (signed_in, failed)]
    assert [later - earlier for later, earlier in zip(after, before)] == [1, 1]
    assert metric(server, "martlet_request_seconds_count", operation="InitiateAuth") == requests_before + 2
    assert metric(server, "martlet_database_transactions_total") > 0
    assert metric(server, "process_resident_memory_bytes") > 1e6


def test_each_request_has_its_line_in_the_log(server, wire):
    response = wire.call("ForgotPassword", {"ClientId": "unknown", "Username": "ada"})
    text = server.wait_for_log(response.headers["x-amzn-requestid"])
    assert re.search(r'"ms":\d+\.\d{3},', text)
    line = json.loads(text)
    assert set(line) == {"time", "operation", "status", "error", "ms", "requestId"}
    assert (line["operation"], line["status"]) == ("ForgotPassword", 400)
    assert line["error"] == "ResourceNotFoundException"
    assert line["ms"] >= 0


@pytest.mark.parametrize("path", ["/_martlet/messages", "/_martlet/reset"])
def test_what_only_dev_answers(server, path):
    assert server.get(path).status_code == 404
    assert requests.post(server.url + path, timeout=10).status_code == 404


@pytest.mark.parametrize("path", ["/_martlet/health", "/_martlet/metrics"])
def test_only_reading(server, path):
    response = requests.post(server.url + path, timeout=10)
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")


def test_a_tag_pins_no_id_in_production(pool):
    pinned = pool(UserPoolTags={"martlet:id": "eu-central-1_Pinned001"})
    assert pinned != "eu-central-1_Pinned001"
