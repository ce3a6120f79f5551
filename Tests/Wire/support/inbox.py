"""The messages that the server sent to users: JSON lines on its standard output."""

import json
import threading
import time


class Inbox:
    def __init__(self, secrets):
        self._messages = []
        self._arrived = threading.Condition()
        self._secrets = secrets

    def follow(self, stream):
        for line in stream:
            message = json.loads(line)
            self._secrets.add(message.get("Code"))
            with self._arrived:
                self._messages.append(message)
                self._arrived.notify_all()

    @property
    def messages(self):
        """All messages so far, the oldest first."""
        with self._arrived:
            return list(self._messages)

    def to(self, address):
        """The messages to an address so far, the oldest first."""
        with self._arrived:
            return [message for message in self._messages if message["To"] == address]

    def wait(self, address, count=1):
        """The newest message to an address, once there are `count`."""
        deadline = time.monotonic() + 5
        with self._arrived:
            while True:
                found = [message for message in self._messages if message["To"] == address]
                if len(found) >= count:
                    return found[-1]
                if not self._arrived.wait(deadline - time.monotonic()):
                    raise AssertionError(f"{len(found)} of {count} messages came to {address}")

    def code(self, address, count=1):
        return self.wait(address, count)["Code"]
