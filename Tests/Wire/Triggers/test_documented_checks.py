"""The checks of a webhook's signature in docs/TRIGGERS.md, each executed where its language is on the machine."""

import hashlib
import hmac
import re
import shutil
import subprocess
import time

import pytest

from support.functions import is_genuine
from support.server import REPOSITORY

SECRET, OTHER = "first-secret-of-thirty-two-letters", "other-secret-of-thirty-two-letters"
BODY = '{"userName":"ä"}\n'.encode()

# What makes a program of each: it reads the body, and prints `true` or `false` for a secret and a header.
PROGRAMS = {
    "python": (["python3"], "check.py", """
import sys
print(str(is_genuine(sys.argv[1], sys.argv[2], sys.stdin.buffer.read())).lower())
"""),
    "javascript": (["node"], "check.js", """
console.log(isGenuine(process.argv[2], process.argv[3], require("node:fs").readFileSync(0)));
"""),
    "java": (["java"], "Check.java", """
class Check {
    public static void main(String[] arguments) throws Exception {
        System.out.println(MartletSignature.isGenuine(arguments[0], arguments[1], System.in.readAllBytes()));
    }
}
"""),
    "go": (["go", "run"], "check.go", None),
}


def block(language):
    text = (REPOSITORY / "docs/TRIGGERS.md").read_text()
    return next(code for code in re.findall(rf"```{language}\n(.*?)```", text, re.S) if "enuine(" in code)


def signature(secret, at=None, body=BODY):
    at = int(at or time.time())
    return f"t={at}", "v1=" + hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def cases():
    t, good = signature(SECRET)
    _, other = signature(OTHER)
    old, old_good = signature(SECRET, time.time() - 310)
    new, new_good = signature(SECRET, time.time() + 900)
    _, foreign = signature(SECRET, body=b"{}")
    return {
        f"{t},{good}": True, f"{t},{other},{good}": True, f"{t},{good},{other}": True, f"{t},v2=x,{good}": True,
        f"{t},{other}": False, f"{t},{foreign}": False, f"{old},{old_good}": False, f"{new},{new_good}": False,
        f"{t},{old},{good}": False, f"{old},{t},{old_good}": False, good: False, t: False, "": False,
        f"t=,{good}": False, f"t=x,{good}": False, f"{t},v1=": False, f"{t},v0={good[3:]}": False, f"{t},{good}0": False,
        f"{t},v1={good[3:-2]}": False,
    }


@pytest.mark.parametrize("language", PROGRAMS)
def test_the_documented_check(language, tmp_path):
    command, name, rest = PROGRAMS[language]
    if not shutil.which(command[0]):
        pytest.skip(f"{language} isn't on this machine")
    file = tmp_path / name
    code = block(language)
    if language == "java":
        # A file is run by the first class in it.
        head, body = code.split("class MartletSignature")
        file.write_text(head + rest + "class MartletSignature" + body)
    elif language == "go":
        main = ('func main() { body, _ := io.ReadAll(os.Stdin); '
                'println_(isGenuine(os.Args[1], os.Args[2], body)) }\n'
                'func println_(value bool) { os.Stdout.WriteString(strconv.FormatBool(value) + "\\n") }\n')
        file.write_text(code.replace('import (', 'import (\n\t"io"\n\t"os"', 1) + main)
    else:
        file.write_text(code + rest)
    for header, expected in cases().items():
        done = subprocess.run([*command, file, SECRET, header], input=BODY, capture_output=True, timeout=60)
        assert (done.stdout.decode().strip(), done.stderr.decode()) == (str(expected).lower(), ""), header


def test_the_rig_checks_alike():
    for header, expected in cases().items():
        assert is_genuine(SECRET, header, BODY) is expected, header
