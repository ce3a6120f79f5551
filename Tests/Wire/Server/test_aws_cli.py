"""The README's quick start, by the AWS CLI."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.app import PASSWORD
from support.server import REGION

AWS = Path(sys.executable).with_name("aws")


@pytest.fixture(scope="module")
def aws(server, key, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(home), "AWS_ACCESS_KEY_ID": key.id,
        "AWS_SECRET_ACCESS_KEY": key.secret, "AWS_DEFAULT_REGION": REGION, "AWS_MAX_ATTEMPTS": "1",
    }

    def run(*arguments, check=True, **changes):
        command = [sys.executable, AWS, "--endpoint-url", server.url, "--output", "json", "cognito-idp", *arguments]
        done = subprocess.run(command, env={**environment, **changes}, capture_output=True, text=True)
        if not check:
            return done
        assert done.returncode == 0, done.stderr
        answer = json.loads(done.stdout) if done.stdout else None
        server.secrets.collect(answer)
        return answer

    return run


def test_the_quick_start(aws):
    pool = aws("create-user-pool", "--pool-name", "demo")["UserPool"]["Id"]
    client = aws(
        "create-user-pool-client", "--user-pool-id", pool, "--client-name", "app",
        "--explicit-auth-flows", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
    )["UserPoolClient"]["ClientId"]
    signed_up = aws("sign-up", "--client-id", client, "--username", "ada", "--password", PASSWORD)
    assert signed_up["UserConfirmed"] is False
    aws("admin-confirm-sign-up", "--user-pool-id", pool, "--username", "ada")
    tokens = aws(
        "initiate-auth", "--client-id", client, "--auth-flow", "USER_PASSWORD_AUTH",
        "--auth-parameters", f"USERNAME=ada,PASSWORD={PASSWORD}",
    )["AuthenticationResult"]
    shown = aws("get-user", "--access-token", tokens["AccessToken"])
    assert shown["Username"] == "ada"
    assert shown["UserAttributes"] == [{"Name": "sub", "Value": signed_up["UserSub"]}]


def test_a_wrong_secret(aws):
    done = aws("list-user-pools", "--max-results", "1", check=False, AWS_SECRET_ACCESS_KEY="x" * 40)
    assert done.returncode != 0
    assert "(InvalidSignatureException) when calling the ListUserPools operation" in done.stderr
