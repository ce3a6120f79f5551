"""Terraform manages every resource of user pools that its AWS provider knows, and sees no drift."""

import re

import pytest
import requests

from support.server import DevelopmentServer, build
from workspace import RESOURCES, Workspace, missing

STEPS = ["apply", "empty plan", "update", "empty plan after", "import", "destroy"]

# The resources and data sources of the configuration.
BLOCK = re.compile(r'^(resource|data) "(\w+)" "(\w+)"', re.MULTILINE)
BLOCKS = BLOCK.findall(RESOURCES.read_text())
MANAGED = [f"{kind}.{name}" for block, kind, name in BLOCKS if block == "resource"]
READ = [f"data.{kind}.{name}" for block, kind, name in BLOCKS if block == "data"]

# How the provider's documentation says that each is imported.
IMPORT_IDS = {
    "aws_cognito_user_pool": "{id}",
    "aws_cognito_user_pool_client": "{user_pool_id}/{id}",
    "aws_cognito_managed_user_pool_client": "{user_pool_id}/{id}",
    "aws_cognito_resource_server": "{user_pool_id}|{identifier}",
    "aws_cognito_identity_provider": "{user_pool_id}:{provider_name}",
    "aws_cognito_risk_configuration": "{user_pool_id}",
    "aws_cognito_user": "{user_pool_id}/{username}",
    "aws_cognito_user_group": "{user_pool_id}/{name}",
    "aws_cognito_user_pool_domain": "{domain}",
    "aws_cognito_user_pool_ui_customization": "{user_pool_id},{client_id}",
}
# What the provider can't read back, so that an import plans to set it, or the resource anew, whatever the server.
WRITE_ONLY = {
    "aws_cognito_user": {"password", "message_action"},
    "aws_cognito_user_pool_client": {"generate_secret"},
    "aws_cognito_managed_user_pool_client": {"name_prefix"},
}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """What was complained of at each step, by resource."""
    if reason := missing():
        pytest.skip(reason)
    build()
    server = DevelopmentServer()
    server.start()
    try:
        yield run(Workspace(tmp_path_factory.mktemp("terraform"), server.url), tmp_path_factory, server)
    finally:
        server.stop()


def run(workspace, tmp_path_factory, server):
    results = {"apply": workspace.apply(changed=False)}
    results["empty plan"] = drift(*workspace.plan(changed=False))
    results["update"] = workspace.apply(changed=True)
    results["empty plan after"] = drift(*workspace.plan(changed=True))
    existing = workspace.addresses()
    for address in MANAGED + READ:
        if address not in existing:
            results["apply"].setdefault(address, ["isn't there"])

    other = Workspace(tmp_path_factory.mktemp("import"), server.url)
    ids = {}
    for address in MANAGED:
        form = IMPORT_IDS.get(address.split(".")[0])
        if form and address in existing:
            ids[address] = form.format(**existing[address])
    other.import_all(ids)
    changes, failed = other.plan(changed=True)
    results["import"] = failed | {
        address: complaint for address in ids if (complaint := difference_of_import(address, changes.get(address)))
    }

    results["destroy"] = workspace.destroy(changed=True)
    for address in workspace.addresses():
        results["destroy"].setdefault(address, ["is still there"])
    if remaining := pools(server):
        results["destroy"].setdefault("?", []).append(f"pools remain: {remaining}")
    return results


def pools(server):
    headers = {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": "AWSCognitoIdentityProviderService.ListUserPools",
        "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/cognito-idp/aws4_request,"
        " SignedHeaders=host, Signature=00",
    }
    return requests.post(server.url, json={"MaxResults": 60}, headers=headers, timeout=10).json()["UserPools"]


def drift(changes, failed):
    """What a plan would change though nothing has changed."""
    return failed | {
        address: [f"would {'/'.join(actions)}: {difference(change['change'])}"]
        for address, change in changes.items()
        if (actions := change["change"]["actions"]) not in (["no-op"], ["read"])
    }


def difference(change):
    before, after = change.get("before") or {}, change.get("after") or {}
    return {
        name: (before.get(name), after.get(name)) for name in {*before, *after}
        if before.get(name) != after.get(name)
    }


def difference_of_import(address, planned):
    if planned is None or "importing" not in planned["change"]:
        return ["isn't imported"]
    if planned["change"]["actions"] == ["no-op"]:
        return []
    expected = WRITE_ONLY.get(address.split(".")[0], set())
    differs = difference(planned["change"])
    if differs.keys() & expected and "delete" in planned["change"]["actions"]:
        # What is made anew has a new id and whatever the server gives it.
        differs = {name: values for name, values in differs.items() if values[1] is not None}
    found = {name: values for name, values in differs.items() if name not in expected}
    return [f"would {planned['change']['actions']}: {found}"] if found else []


def applies(address, step):
    if address.startswith("data."):
        return step in ("apply", "empty plan", "update")
    return step != "import" or address.split(".")[0] in IMPORT_IDS


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("address", MANAGED + READ)
def test_resource(results, address, step):
    if not applies(address, step):
        pytest.skip("the provider has no such step")
    assert results[step].get(address, []) == []


@pytest.mark.parametrize("step", STEPS)
def test_nothing_else_is_complained_of(results, step):
    known = {*MANAGED, *READ}
    assert {address: texts for address, texts in results[step].items() if address not in known} == {}
