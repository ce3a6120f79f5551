"""ListUserPools, in a region of its own so that no other test's pools are there."""

import pytest

from support.errors import assert_refusal

REGION = "ap-south-1"


@pytest.fixture(scope="module")
def pools(wire):
    made = [
        wire.signed_call("CreateUserPool", {"PoolName": f"pool {number}"}, region=REGION).json()["UserPool"]["Id"]
        for number in range(3)
    ]
    yield sorted(made)
    for pool in made:
        wire.signed_call("DeleteUserPool", {"UserPoolId": pool}, region=REGION)


def page(wire, **body):
    return wire.signed_call("ListUserPools", body, region=REGION)


def test_all_at_once(wire, pools):
    body = page(wire, MaxResults=60).json()
    assert set(body) == {"UserPools"}
    assert [pool["Id"] for pool in body["UserPools"]] == pools
    assert set(body["UserPools"][0]) == {"Id", "Name", "LambdaConfig", "LastModifiedDate", "CreationDate"}
    assert sorted(pool["Name"] for pool in body["UserPools"]) == ["pool 0", "pool 1", "pool 2"]


def test_page_by_page(wire, pools):
    first = page(wire, MaxResults=2).json()
    second = page(wire, MaxResults=2, NextToken=first["NextToken"]).json()
    assert [pool["Id"] for pool in first["UserPools"] + second["UserPools"]] == pools
    assert "NextToken" not in second


def test_a_page_that_ends_with_the_last_pool_has_no_token(wire, pools):
    assert "NextToken" not in page(wire, MaxResults=len(pools)).json()


def test_a_token_made_up(wire, pools):
    response = page(wire, MaxResults=2, NextToken="bWFkZSB1cA")
    assert_refusal(response, "InvalidParameterException", "Invalid pagination token")


def test_a_token_of_another_listing(wire, pools, cognito, pool, client):
    listed = pool()
    client(listed), client(listed)
    token = cognito.list_user_pool_clients(UserPoolId=listed, MaxResults=1)["NextToken"]
    assert_refusal(page(wire, MaxResults=2, NextToken=token), "InvalidParameterException", "Invalid pagination token")


def test_more_than_a_page_holds(wire):
    message = (
        "1 validation error detected: Value '61' at 'maxResults' failed to satisfy constraint: "
        "Member must have value less than or equal to 60"
    )
    assert_refusal(page(wire, MaxResults=61), "InvalidParameterException", message)


def test_max_results_is_required(wire):
    message = (
        "1 validation error detected: Value null at 'maxResults' failed to satisfy constraint: "
        "Member must not be null"
    )
    assert_refusal(page(wire), "InvalidParameterException", message)
