"""An SMTP server in a process of its own that takes mails and writes down of each when it came, its Message-ID, to whom,
and its code. As careful servers do, it asks for every tenth mail a second time (451), and takes a moment over each."""

import asyncio
import re
import subprocess
import sys
import time
import zlib
from dataclasses import dataclass
from pathlib import Path

from support.server import free_port

#: Seconds between the end of a mail and the answer: a server writes it to its disk.
DELAY = 0.005
GREY = 10


@dataclass(frozen=True)
class Taken:
    seconds: float
    id: str
    to: str
    code: str


class Sink:
    """Runs between `with Sink(folder) as sink:` and its end."""

    def __init__(self, folder):
        self._records, self._port = folder / "taken.txt", free_port()
        self.url = f"smtp://127.0.0.1:{self._port}?tls=off"

    def __enter__(self):
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(self._port), self._records], stdout=subprocess.PIPE, text=True,
            env={"PYTHONPATH": str(Path(sys.modules["support"].__path__[0]).parent)},
        )
        assert self._process.stdout.readline() == "listening\n"
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.communicate(timeout=20)

    def taken(self):
        """What came so far."""
        return [Taken(float(seconds), *rest) for seconds, *rest in map(str.split, self._records.read_text().splitlines())]


class Session(asyncio.Protocol):
    def __init__(self, records, asked_again):
        self._records, self._asked_again = records, asked_again
        self._buffer, self._is_text = b"", False

    def connection_made(self, transport):
        self._transport = transport
        self._answer(b"220 sink")

    def data_received(self, data):
        self._buffer += data
        while True:
            end = b"\r\n.\r\n" if self._is_text else b"\r\n"
            line, found, rest = self._buffer.partition(end)
            if not found:
                return
            self._buffer = rest
            if self._is_text:
                self._is_text = False
                self._take(line)
            else:
                self._obey(line)

    def _answer(self, line):
        self._transport.write(line + b"\r\n")

    def _obey(self, line):
        verb = line[:4].upper()
        if verb == b"EHLO":
            self._answer(b"250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8")
        elif verb == b"RCPT":
            self._to = re.search(rb"<(.*?)>", line)[1]
            if zlib.crc32(self._to) % GREY == 0 and self._to not in self._asked_again:
                self._asked_again.add(self._to)
                self._answer(b"451 4.7.1 come again")
            else:
                self._answer(b"250 ok")
        elif verb == b"DATA":
            self._is_text = True
            self._answer(b"354 go on")
        elif verb == b"QUIT":
            self._answer(b"221 bye")
            self._transport.close()
        elif verb in {b"HELO", b"MAIL", b"RSET", b"NOOP"}:
            self._answer(b"250 ok")
        else:
            self._answer(b"502 5.5.1 unknown")

    def _take(self, text):
        head, _, body = text.partition(b"\r\n\r\n")
        mark = re.search(rb"(?im)^message-id:\s*(\S+)", head)[1]
        code = re.search(rb"\b(\d{6})\b", body)[1]
        self._records.write(b"%.6f %s %s %s\n" % (time.time(), mark, self._to, code))
        asyncio.get_running_loop().call_later(DELAY, self._answer, b"250 2.0.0 taken")


async def serve(port, path):
    asked_again = set()
    with open(path, "wb", buffering=0) as records:
        server = await asyncio.get_running_loop().create_server(
            lambda: Session(records, asked_again), "127.0.0.1", port
        )
        print("listening", flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
