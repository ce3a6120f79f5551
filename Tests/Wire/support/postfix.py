"""Postfix as Debian has it, in a folder that is thrown away, delivering to a maildir."""

import email
import email.policy
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from support.server import free_port

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
meta_directory = /etc/postfix
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = mx.example.test
mydestination =
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = example.test
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = regexp:{folder}/mailboxes
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {certificate}
smtpd_tls_security_level = encrypt
smtpd_tls_received_header = yes
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = permit
"""

# Service, type, private, unprivileged, chroot, wakeup, maximum, command.
MASTER = """
{starttls} inet n - n - - smtpd
{implicit} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
"""


def is_possible():
    """Its master process must be started by root."""
    return os.geteuid() == 0 and shutil.which("postfix") is not None


class Postfix:
    """Takes mails to addresses of `example.test`, but for those that begin with `nobody`."""

    def __init__(self, certificate):
        """`certificate` is a PEM file with certificate and key."""
        self.starttls_port, self.implicit_port = free_port(), free_port()
        # In none of pytest's folders, into which Postfix's own user can't look.
        self._folder = Path(tempfile.mkdtemp(prefix="postfix-"))
        self._folder.chmod(0o755)
        owner = pwd.getpwnam("postfix")
        for name in ["data", "mail"]:
            (self._folder / name).mkdir()
            os.chown(self._folder / name, owner.pw_uid, owner.pw_gid)
        (self._folder / "spool").mkdir()
        (self._folder / "mailboxes").write_text("!/^nobody/ all/\n")
        copy = self._folder / "certificate.pem"
        copy.touch(0o600)
        copy.write_bytes(Path(certificate).read_bytes())
        settings = {
            "folder": self._folder, "uid": owner.pw_uid, "gid": owner.pw_gid, "certificate": copy,
            "starttls": f"127.0.0.1:{self.starttls_port}", "implicit": f"127.0.0.1:{self.implicit_port}",
        }
        (self._folder / "main.cf").write_text(MAIN.format(**settings))
        (self._folder / "master.cf").write_text(MASTER.format(**settings))

    def __enter__(self):
        done = subprocess.run(["postfix", "-c", self._folder, "start"], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr + self.log
        return self

    def __exit__(self, *_):
        subprocess.run(["postfix", "-c", self._folder, "stop"], capture_output=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def log(self):
        log = self._folder / "log"
        return log.read_text() if log.exists() else ""

    def mails(self):
        """What was delivered, the oldest first."""
        files = sorted((self._folder / "mail/all/new").glob("*"), key=lambda file: file.stat().st_mtime_ns)
        return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]

    def wait(self, to, patience=15):
        """The mail to an address, once it is delivered."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            for mail in self.mails():
                if mail["X-Original-To"] == to or mail["Delivered-To"] == to:
                    return mail
            time.sleep(0.05)
        raise AssertionError(f"no mail came to {to}: {self.log[-2000:]}")
