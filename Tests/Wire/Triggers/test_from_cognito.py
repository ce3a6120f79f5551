"""`docs/FROM-COGNITO.md`, block by block: a pool with five triggers moves, with its functions and its users."""

import json
import re
import tempfile
from pathlib import Path

import botocore.session
import pytest

from support.server import BINARY, REPOSITORY, build, free_port
from support.walkthrough import Shell, blocks

PAGE = "docs/FROM-COGNITO.md"


class Move:
    """What the page says, at ports that are free and in a home that is the test's."""

    def __init__(self, home):
        (home / "bin").mkdir()
        (home / "bin/martlet").symlink_to(BINARY.resolve())
        self.folder = home / "from-cognito"
        self.ports = {port: str(free_port()) for port in ("8484", "8485", "9000", "1025")}
        self.blocks = [block for _, block in blocks(PAGE, self.ports, "sh")]
        self._shell = Shell(home, REPOSITORY)

    def follow(self, text):
        """Does what the page says, up to the block with this in it; returns what that block printed."""
        done = ""
        while text not in done:
            done = self.blocks.pop(0)
            printed = self._shell.run(done)
        return printed

    def run(self, command):
        """What the reader could type in between."""
        return self._shell.run(command)

    def close(self):
        """Whether all that the page started has ended."""
        return not self._shell.close()


@pytest.fixture
def move():
    build()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        move = Move(Path(home))
        try:
            yield move
        finally:
            move.close()


def test_settings_are_as_aws_tells_them():
    """What `user-pool.json` says is of the shape that AWS's model of DescribeUserPool has, with the five triggers."""
    model = botocore.session.get_session().get_service_model("cognito-idp")
    pool = json.loads((REPOSITORY / "docs/from-cognito/user-pool.json").read_text())["UserPool"]
    assert pool.keys() <= model.shape_for("UserPoolType").members.keys()
    assert pool["LambdaConfig"].keys() - {"PreTokenGenerationConfig"} == {
        "PreSignUp", "CustomMessage", "PostConfirmation", "PreTokenGeneration", "UserMigration",
    }


@pytest.mark.timeout(180)
def test_the_move(move):
    tried = move.follow("martlet functions call")
    assert json.loads(tried.splitlines()[0])["triggerSource"] == "Trial" and tried.splitlines()[-1] == "Trial nobody"

    # The new pool calls the functions that the old one called.
    config = json.loads(move.follow("create-user-pool --cli-input-json"))
    kept = json.loads((move.folder / "user-pool.json").read_text())["UserPool"]
    assert config == kept["LambdaConfig"]
    pool, old, client = move.run("echo $POOL $OLD_POOL $CLIENT").split()
    assert pool != old == kept["Id"]
    moved = json.loads(move.run("aws cognito-idp describe-user-pool --user-pool-id $POOL"))["UserPool"]
    for setting in ("UsernameAttributes", "AutoVerifiedAttributes", "Policies", "UserPoolTags", "DeletionProtection"):
        assert moved[setting] == kept[setting], setting
    assert "custom:old_sub" in {attribute["Name"] for attribute in moved["SchemaAttributes"]}

    # PreSignUp, CustomMessage and PostConfirmation.
    refusal = "PreSignUp failed with error Sign up with an address of example.com."
    assert refusal in move.follow("eve@example.org")
    assert refusal in (REPOSITORY / PAGE).read_text()
    mailed = move.follow("read-mails.py")
    assert re.findall(r"^(\S+@\S+) Willkommen! Ihr Code ist (\d{6})\.", mailed, re.MULTILINE)[0][0] == "ada@example.com"
    assert len(re.findall("@example", mailed)) == 1
    assert move.follow("confirm-sign-up").splitlines()[-1] == "PostConfirmation_ConfirmSignUp ada@example.com"

    # PreTokenGeneration.
    ada = json.loads(move.follow("ada@example.com 'Correct-horse-1' | claims"))
    assert ada["company"] == "example.com" and "orders/read" in ada["scope"].split()
    assert ada["iss"] == f"http://127.0.0.1:{move.ports['8484']}/{pool}" and ada["client_id"] == client

    # UserMigration: nobody comes over by a wrong password, Grace does by hers.
    *migration, shown = move.follow("Wrong-horse-2").split("\n{\n", 1)
    refused, listed, claims = [line for line in migration[0].splitlines() if line]
    assert "UserMigration failed with error" in refused
    assert listed == "ada@example.com"
    grace, user = json.loads(claims), json.loads("{\n" + shown)
    assert grace["company"] == "example.com" and "orders/read" in grace["scope"].split()
    attributes = {each["Name"]: each["Value"] for each in user["UserAttributes"]}
    assert user["UserStatus"] == "CONFIRMED"
    assert (attributes["email"], attributes["sub"]) == ("grace@example.com", grace["sub"])
    there = json.loads(move.run(
        "aws --endpoint-url http://127.0.0.1:%s cognito-idp admin-get-user"
        " --user-pool-id $OLD_POOL --username grace@example.com" % move.ports["8485"]
    ))
    old_sub = next(each["Value"] for each in there["UserAttributes"] if each["Name"] == "sub")
    assert attributes["custom:old_sub"] == old_sub != grace["sub"]

    # From then on nobody asks the old pool, which isn't there any more.
    move.run("kill %1; wait %1 || true")
    assert "NotAuthorizedException" in move.run("sign_in grace@example.com 'Wrong-horse-2' || true")
    assert json.loads(move.run("sign_in grace@example.com 'Correct-horse-2' | claims"))["sub"] == grace["sub"]

    assert len(move.blocks) == 1
    move.follow("kill $(jobs -p)")
    assert not move.folder.exists()
    assert move.close()
