"""Users from a file: the header, a job, its URL, and what becomes of the rows. A password comes along as a hash of each
kind, and SRP proves it once it was typed."""

import time

import pytest
import requests

from support.app import PASSWORD, values
from support.errors import refused

ROLE = "arn:aws:iam::123456789012:role/import"
HASHES = {
    "BCRYPT": "$2b$04$abcdefghijklmnopqrstuuIhSHOYW62MYzOCiBO1FrAHfyr5D9TxS",
    "SCRYPT": "1024$8$1$30313233343536373839616263646566$"
              "54ada785ff9f820a15245c87363884a40cbfbf23e34b19156367072879473ceb",
    "ARGON2ID": "$argon2id$v=19$m=19456\\,t=2\\,p=1$MDEyMzQ1Njc4OWFiY2RlZg$QAjZ3nZjyY/5xUmB8jqQZjv/J1l3MAxAizn1dcpoA4A",
    "PBKDF2_SHA256": "$pbkdf2-sha256$1000$MDEyMzQ1Njc4OWFiY2RlZg$MhOI1o8O0ARByiaTTp921qxMd/pbV13Tz7uapfVM43w",
}


@pytest.fixture
def app(pool, client):
    return client(pool(AutoVerifiedAttributes=["email"]))


def row(username, **more):
    """A comma in a value stands behind a backslash."""
    return {"cognito:username": username, "email": f"{username}@example.com", "email_verified": "TRUE", **more}


def upload(app, rows, **settings):
    """Creates a job and uploads a file of these rows; returns the job."""
    header = app.cognito.get_csv_header(UserPoolId=app.pool)["CSVHeader"]
    lines = [",".join(header)] + [",".join(row.get(column, "") for column in header) for row in rows]
    job = app.cognito.create_user_import_job(
        UserPoolId=app.pool, JobName="wire", CloudWatchLogsRoleArn=ROLE, **settings
    )["UserImportJob"]
    # As Cognito's documentation has it, with S3's header.
    put = requests.put(
        job["PreSignedUrl"], data="\n".join(lines).encode(), timeout=30,
        headers={"x-amz-server-side-encryption": "aws:kms"},
    )
    assert put.status_code == 200, put.text
    return job


def finish(app, job):
    """Starts a job and waits until it is over."""
    named = {"UserPoolId": app.pool, "JobId": job["JobId"]}
    deadline = time.monotonic() + 30
    while True:
        # Another test's job may be active.
        try:
            app.cognito.start_user_import_job(**named)
            break
        except app.cognito.exceptions.PreconditionNotMetException as error:
            assert "active" in str(error) and time.monotonic() < deadline
            time.sleep(0.1)
    while time.monotonic() < deadline:
        job = app.cognito.describe_user_import_job(**named)["UserImportJob"]
        if job["Status"] not in {"Pending", "InProgress", "Stopping"}:
            return job
        time.sleep(0.05)
    raise AssertionError(f"the job is still {job['Status']}")


@pytest.mark.parametrize("algorithm", HASHES)
def test_a_password_comes_along(app, algorithm):
    job = finish(app, upload(
        app, [row("ada", password_hash=HASHES[algorithm]), row("cyd", password_hash=HASHES[algorithm])], PasswordHashingAlgorithm=algorithm
    ))
    assert (job["Status"], job["ImportedUsers"], job["FailedUsers"]) == ("Succeeded", 2, 0)
    with refused("NotAuthorizedException", "Incorrect username or password."):
        app.srp("ada", PASSWORD).authenticate_user()
    with refused("NotAuthorizedException", "Incorrect username or password."):
        app.sign_in("ada", "Wrong-Horse-7")
    assert app.sign_in("ada", PASSWORD)["AccessToken"]
    assert app.srp("ada", PASSWORD).authenticate_user()["AuthenticationResult"]["AccessToken"]
    assert app.sign_in("cyd", PASSWORD)["AccessToken"]


def test_who_comes_without_a_password_sets_one(app, inbox):
    job = finish(app, upload(app, [row("eve", name="Eve\\, E.")]))
    assert job["ImportedUsers"] == 1
    user = app.cognito.admin_get_user(UserPoolId=app.pool, Username="eve")
    assert user["UserStatus"] == "RESET_REQUIRED"
    assert values(user["UserAttributes"])["name"] == "Eve, E."
    app.cognito.forgot_password(ClientId=app.id, Username="eve")
    app.cognito.confirm_forgot_password(
        ClientId=app.id, Username="eve", Password=PASSWORD, ConfirmationCode=inbox.code("eve@example.com")
    )
    assert app.sign_in("eve", PASSWORD)["AccessToken"]


def test_the_operator_reads_what_went_wrong(app, server):
    rows = [row(f"u{number}") for number in range(4)]
    job = finish(app, upload(app, rows + [row("u0"), row("v", email_verified="")]))
    assert (job["ImportedUsers"], job["SkippedUsers"], job["FailedUsers"]) == (4, 1, 1)
    printed = server.imports("log", "--pool", app.pool, "--job", job["JobId"])
    assert printed.splitlines() == [
        f"{job['JobId']}/wire\tSucceeded",
        "[SKIPPED] Line Number 6 - The user already exists.",
        "[FAILED] Line Number 7 - The User Record does not set any of the auto verified attributes to true. "
        "(Example: email_verified to true).",
    ]


def test_nobody_else_uploads(app):
    job = app.cognito.create_user_import_job(UserPoolId=app.pool, JobName="x", CloudWatchLogsRoleArn=ROLE)
    url = job["UserImportJob"]["PreSignedUrl"]
    assert requests.put(url[:-1], data=b"a", timeout=10).status_code == 403
    assert requests.put(url.split("?")[0], data=b"a" * 1000, timeout=10).status_code == 403
    assert requests.put(url[:-1], data=b"a" * (3 << 20), timeout=10).status_code == 413
    assert requests.put(url, data=iter([b"a"]), timeout=10).status_code == 411
    assert requests.put(url, data=b"a" * (3 << 20), timeout=10).status_code == 200
    listed = app.cognito.list_user_import_jobs(UserPoolId=app.pool, MaxResults=10)["UserImportJobs"]
    assert [job["Status"] for job in listed] == ["Created"]
