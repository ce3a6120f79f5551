"""Many users from one file."""

import requests

ROLE = "arn:aws:iam::123456789012:role/import"


def lines(header, count):
    """Of every thousand lines one names somebody who is there, and one can't be imported."""
    yield (",".join(header) + "\n").encode()
    for number in range(count):
        name = f"imported{number - 1 if number % 1000 == 999 else number}"
        fields = {
            "cognito:username": name, "email": f"{name}@example.com", "name": f"User {number}",
            "given_name": "Given", "family_name": "Family", "email_verified": "" if number % 1000 == 500 else "TRUE",
            # A comma in a value stands behind a backslash.
            "address": r"An address that is as long as many addresses are\, and no longer",
        }
        yield (",".join(fields.get(column, "") for column in header) + "\n").encode()


class Import:
    """A job of a tenant's, with its file in `path`."""

    def __init__(self, tenant, path, count):
        self._tenant = tenant
        header = tenant.administer("GetCSVHeader", UserPoolId=tenant.pool)["CSVHeader"]
        with path.open("wb") as csv:
            csv.writelines(lines(header, count))
        self.path = path
        self._job = tenant.administer(
            "CreateUserImportJob", UserPoolId=tenant.pool, JobName="torture", CloudWatchLogsRoleArn=ROLE
        )["UserImportJob"]
        self._named = {"UserPoolId": tenant.pool, "JobId": self._job["JobId"]}

    def upload(self):
        with self.path.open("rb") as csv:
            assert requests.put(self._job["PreSignedUrl"], data=csv, timeout=600).status_code == 200

    def start(self):
        self._tenant.administer("StartUserImportJob", **self._named)

    @property
    def state(self):
        return self._tenant.administer("DescribeUserImportJob", **self._named)["UserImportJob"]

    def log(self):
        """What the server says of the lines that made no user."""
        flags = ["--pool", self._named["UserPoolId"], "--job", self._named["JobId"]]
        return self._tenant.server.imports("log", *flags)


def is_over(job):
    return job["Status"] not in {"Pending", "InProgress", "Stopping"}


def rows(job):
    """How many rows of the file were read."""
    return job["ImportedUsers"] + job["SkippedUsers"] + job["FailedUsers"]
