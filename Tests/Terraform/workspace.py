"""Terraform with the AWS provider of this machine's mirror, in a folder of its own."""

import json
import os
import pathlib
import shutil
import subprocess

RESOURCES = pathlib.Path(__file__).with_name("resources.tf")
PROVIDER = "terraform-provider-aws_v5.100.0_x5"
NAMESPACE = "registry.terraform.io/hashicorp/aws"


def mirror():
    """The folder of the provider's filesystem mirror, or None where this machine has none."""
    for start in ("/opt", "/usr/share", "/usr/local", "/root", "/home"):
        for folder, _, files in os.walk(start):
            if PROVIDER in files and f"/{NAMESPACE}/" in f"{folder}/":
                return pathlib.Path(folder[: folder.index(f"/{NAMESPACE}/")])
    return None


def missing():
    """What `make test-terraform` needs and this machine lacks, or None."""
    if not shutil.which("terraform"):
        return "terraform isn't on the PATH"
    if not mirror():
        return f"there is no filesystem mirror with {PROVIDER}"
    return None


class Workspace:
    """A folder with the resources' configuration and a state."""

    def __init__(self, folder, endpoint):
        self._folder = folder
        self._settings = folder / "terraform.rc"
        self._settings.write_text(f'provider_installation {{\n  filesystem_mirror {{ path = "{mirror()}" }}\n}}\n')
        self._endpoint = endpoint
        shutil.copy(RESOURCES, folder)
        self._run("init", check=True)

    def apply(self, changed):
        """Applies a stage; returns what Terraform complained of, by address."""
        return complaints(self._run("apply", "-auto-approve", "-json", *self._variables(changed)))

    def destroy(self, changed):
        return complaints(self._run("destroy", "-auto-approve", "-json", *self._variables(changed)))

    def plan(self, changed):
        """What applying the stage would change, by address: the plan's `resource_changes`."""
        planned = self._run("plan", "-json", "-out=planned", *self._variables(changed))
        failed = complaints(planned)
        if planned.returncode:
            return {}, failed
        shown = json.loads(self._run("show", "-json", "planned", check=True).stdout)
        return {change["address"]: change for change in shown.get("resource_changes", [])}, failed

    def addresses(self):
        """The state's resources by address, with their values."""
        state = json.loads(self._run("show", "-json", check=True).stdout)
        resources = state.get("values", {}).get("root_module", {}).get("resources", [])
        return {resource["address"]: resource["values"] for resource in resources}

    def import_all(self, ids):
        """Adds a block for each resource that is to be imported."""
        blocks = (f'import {{\n  to = {address}\n  id = "{id}"\n}}\n' for address, id in ids.items())
        (self._folder / "imports.tf").write_text("\n".join(blocks))

    def _variables(self, changed):
        return ["-input=false", f"-var=endpoint={self._endpoint}", f"-var=changed={str(changed).lower()}"]

    def _run(self, *arguments, check=False):
        environment = {**os.environ, "TF_CLI_CONFIG_FILE": str(self._settings), "CHECKPOINT_DISABLE": "1"}
        return subprocess.run(
            ["terraform", *arguments], cwd=self._folder, env=environment, capture_output=True, text=True, check=check
        )


def complaints(result):
    """The errors of a run with `-json`, by address."""
    found = {}
    for line in result.stdout.splitlines():
        event = json.loads(line)
        if event.get("type") == "diagnostic" and event["diagnostic"]["severity"] == "error":
            diagnostic = event["diagnostic"]
            text = f"{diagnostic['summary']}: {diagnostic.get('detail', '')}"
            found.setdefault(diagnostic.get("address", "?"), []).append(text.strip())
    if result.returncode and not found:
        found["?"] = [result.stderr.strip()]
    return found
