"""500,000 users from one file: how fast, in how much memory, and that `kill -9` in the middle loses none and doubles none."""

import os
import random
import time

import pytest
import requests

from rig.gate import restart

USERS = int(os.environ.get("MARTLET_IMPORT_USERS", 500_000))
KILLS = 5
ROLE = "arn:aws:iam::123456789012:role/import"


def peak_memory(server):
    """Of the process, in MB."""
    with open(f"/proc/{server._process.pid}/status") as status:
        lines = dict(line.split(":", 1) for line in status)
    return int(lines["VmHWM"].split()[0]) / 1024


def file(header):
    """Of every thousand lines one names somebody who is there, and one can't be imported."""
    yield (",".join(header) + "\n").encode()
    for number in range(USERS):
        name = f"imported{number - 1 if number % 1000 == 999 else number}"
        fields = {
            "cognito:username": name, "email": f"{name}@example.com", "name": f"User {number}",
            "given_name": "Given", "family_name": "Family", "email_verified": "" if number % 1000 == 500 else "TRUE",
            # A comma in a value stands behind a backslash.
            "address": r"An address that is as long as many addresses are\, and no longer",
        }
        yield (",".join(fields.get(column, "") for column in header) + "\n").encode()


@pytest.mark.timeout(1800)
def test_half_a_million_users(tenant, report, tmp_path):
    server = tenant.server
    tenant.administer("UpdateUserPool", UserPoolId=tenant.pool, AutoVerifiedAttributes=["email"])
    header = tenant.administer("GetCSVHeader", UserPoolId=tenant.pool)["CSVHeader"]
    path = tmp_path / "users.csv"
    with path.open("wb") as csv:
        csv.writelines(file(header))
    job = tenant.administer(
        "CreateUserImportJob", UserPoolId=tenant.pool, JobName="torture", CloudWatchLogsRoleArn=ROLE
    )["UserImportJob"]
    named = {"UserPoolId": tenant.pool, "JobId": job["JobId"]}
    idle = peak_memory(server)
    start = time.monotonic()
    with path.open("rb") as csv:
        assert requests.put(job["PreSignedUrl"], data=csv, timeout=600).status_code == 200
    report("upload", f"{path.stat().st_size / 1e6:.0f} MB in {time.monotonic() - start:.1f} s")
    report("peak memory", f"{idle:.0f} MB before, {peak_memory(server):.0f} MB after the upload")
    tenant.administer("StartUserImportJob", **named)

    def state():
        return tenant.administer("DescribeUserImportJob", **named)["UserImportJob"]

    def done(job):
        return job["ImportedUsers"] + job["SkippedUsers"] + job["FailedUsers"]

    rates, kills, peak = [], [], 0
    while (now := state())["Status"] in {"Pending", "InProgress"}:
        before, clock = done(now), time.monotonic()
        time.sleep(random.uniform(1, 2))
        now = state()
        rates.append((done(now) - before, time.monotonic() - clock))
        peak = max(peak, peak_memory(server))
        if len(kills) < KILLS and done(now) > USERS * (len(kills) + 1) / (KILLS + 2):
            server.kill()
            restart(server)
            kills.append(done(now))
    rows, seconds = (sum(column) for column in zip(*rates))
    assert now["Status"] == "Succeeded", now
    expected = sum(number % 1000 not in (500, 999) for number in range(USERS))
    assert (now["ImportedUsers"], now["SkippedUsers"], now["FailedUsers"]) == (
        expected, sum(number % 1000 == 999 for number in range(USERS)),
        sum(number % 1000 == 500 for number in range(USERS)),
    )
    report("rows per second", f"{rows / seconds:.0f} while it ran")
    report("peak memory of the import", f"{peak:.0f} MB")
    report("killed", f"{len(kills)} times, at {kills} rows")
    # Whoever was imported twice would stand twice, under another sub.
    names, token, count = set(), {}, 0
    while True:
        page = tenant.administer("ListUsers", UserPoolId=tenant.pool, Limit=60, **token)
        count += len(page["Users"])
        names |= {user["Username"] for user in page["Users"]}
        if "PaginationToken" not in page:
            break
        token = {"PaginationToken": page["PaginationToken"]}
    assert count == len(names) == expected + len(tenant.usernames)
    for number in (0, 1, USERS // 2, USERS - 2):
        assert f"imported{number}" in names
