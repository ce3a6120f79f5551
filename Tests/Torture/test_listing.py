"""100,000 users in a pool and in a group: the last page costs what the first costs, and a filter what a read by key costs."""

import os
import statistics
import time

import pytest

from rig.gate import Gate, wait_until
from rig.imports import Import, is_over

USERS = int(os.environ.get("MARTLET_LISTED_USERS", 100_000))
ROUNDS = 200
PAGE = 60


@pytest.fixture
def crowd(tenant, tmp_path, execute):
    """The tenant with so many users, all in the group `everybody`."""
    job = Import(tenant, tmp_path / "users.csv", USERS)
    job.upload()
    job.start()
    wait_until(lambda: is_over(job.state), seconds=600, every=1)
    assert job.state["Status"] == "Succeeded", job.log()[:1000]
    tenant.administer("CreateGroup", UserPoolId=tenant.pool, GroupName="everybody")
    execute(
        "insert into group_members (pool_id, group_id, sub) select users.pool_id, user_groups.id, sub"
        f" from users join user_groups on user_groups.pool_id = users.pool_id where users.pool_id = '{tenant.pool}'"
    )
    return tenant


def last_full_page(tenant, operation, token, **body):
    """The token of it, and how many pages there are."""
    tokens, body = [{}], {"UserPoolId": tenant.pool, "Limit": PAGE, **body}
    while token in (page := tenant.administer(operation, **body, **tokens[-1])):
        tokens.append({token: page[token]})
    return tokens[-2], len(tokens)


def medians(tenant, requests):
    """The milliseconds that each takes, one after another on one connection, in turn, so that noise meets all alike."""
    gate, times = Gate(tenant.server), {name: [] for name in requests}
    signed = {name: tenant.signed(operation, **body) for name, (operation, body) in requests.items()}
    for _ in range(ROUNDS):
        for name, request in signed.items():
            start = time.perf_counter()
            answer = gate.send(request)
            times[name].append((time.perf_counter() - start) * 1e3)
            assert answer.ok, answer
    return {name: statistics.median(values) for name, values in times.items()}


@pytest.mark.timeout(1800)
def test_a_page_costs_the_same_anywhere(crowd, report):
    pool = {"UserPoolId": crowd.pool}
    listing, group = {**pool, "Limit": PAGE}, {**pool, "Limit": PAGE, "GroupName": "everybody"}
    last, pages = last_full_page(crowd, "ListUsers", "PaginationToken")
    last_of_group, pages_of_group = last_full_page(crowd, "ListUsersInGroup", "NextToken", GroupName="everybody")
    assert pages == pages_of_group
    name = f"imported{USERS // 2}"
    costs = medians(crowd, {
        "ListUsers, first page": ("ListUsers", listing),
        "ListUsers, last page": ("ListUsers", {**listing, **last}),
        "ListUsersInGroup, first page": ("ListUsersInGroup", group),
        "ListUsersInGroup, last page": ("ListUsersInGroup", {**group, **last_of_group}),
        "AdminGetUser": ("AdminGetUser", {**pool, "Username": name}),
        "email =": ("ListUsers", {**pool, "Filter": f'email = "{name}@example.com"'}),
        "username =": ("ListUsers", {**pool, "Filter": f'username = "{name}"'}),
        "email ^=, one user": ("ListUsers", {**pool, "Filter": f'email ^= "{name}@"'}),
    })
    for what, cost in costs.items():
        report(what, f"{cost:.2f} ms of {pages} pages" if "page" in what else f"{cost:.2f} ms")
    for operation in ("ListUsers", "ListUsersInGroup"):
        assert costs[f"{operation}, last page"] < 2 * costs[f"{operation}, first page"]
    for filter in ("email =", "username =", "email ^=, one user"):
        assert costs[filter] < 1.5 * costs["AdminGetUser"]
