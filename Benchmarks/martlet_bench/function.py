"""A PreTokenGeneration function behind Lambda's Invoke API, in a process of its own: it adds a claim, at once, or after as
many milliseconds as its name says (`claims-1000`)."""

import asyncio
import json
import re
import subprocess
import sys

from support.server import free_port

ACCOUNT = "arn:aws:lambda:eu-central-1:111122223333:function:claims"
CLAIMS = {"claimsToAddOrOverride": {"plan": "gold"}}
# Of a server that signs its calls, as for Lambda itself.
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": "AKIDBENCH", "AWS_SECRET_ACCESS_KEY": "bench/secret", "AWS_SESSION_TOKEN": ""}


class Function:
    """Runs between `with Function() as function:` and its end."""

    def __init__(self):
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"

    @staticmethod
    def arn(milliseconds=0):
        return f"{ACCOUNT}-{milliseconds}"

    @classmethod
    def path(cls, milliseconds=0):
        return f"/2015-03-31/functions/{cls.arn(milliseconds)}/invocations"

    @property
    def flags(self):
        """Of a server that calls it."""
        return ["--lambda-endpoint", self.url]

    @property
    def pid(self):
        return self._process.pid

    def __enter__(self):
        command = [sys.executable, "-m", "martlet_bench.function", str(self._port)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout.readline() == "listening\n"
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.communicate()


class Session(asyncio.Protocol):
    def connection_made(self, transport):
        self._transport, self._buffer = transport, b""

    def data_received(self, data):
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        size = int(re.search(rb"(?i)content-length: *(\d+)", head)[1])
        if len(rest) < size:
            return
        self._buffer = rest[size:]
        milliseconds = int(re.search(rb"claims-(\d+)/invocations", head)[1])
        event = json.loads(rest[:size])
        event["response"] = {"claimsOverrideDetails": CLAIMS}
        body = json.dumps(event).encode()
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
        if milliseconds:
            asyncio.get_running_loop().call_later(milliseconds / 1e3, self._transport.write, answer)
        else:
            self._transport.write(answer)


async def serve(port):
    server = await asyncio.get_running_loop().create_server(Session, "127.0.0.1", port, backlog=4096)
    print("listening", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
