"""The code grant of a browser that is signed in: `/oauth2/authorize`, and the code for tokens."""

import json
import re
from urllib.parse import urlencode

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class CodeGrant:
    """`cookie` is the browser's, `path` the app's request, `form` what it redeems the code with."""

    def __init__(self, connection, cookie, path, form):
        self._connection, self._cookie, self._path, self._form = connection, cookie, path, form

    async def run(self):
        status, head, _ = await self._connection.send(f"GET {self._path}", {"Cookie": self._cookie})
        code = re.search(r"(?i)\r\nlocation: \S+[?&]code=([^&\s]+)", head)
        assert status == 302 and code, head
        data = urlencode({**self._form, "code": code[1]}).encode()
        status, _, text = await self._connection.send("POST /oauth2/token", FORM, data)
        assert status == 200 and json.loads(text)["id_token"], text
