"""Runs the functions of a folder, each file at its name in Lambda's Invoke API: `run-functions.py FOLDER PORT`."""

import http.server
import importlib
import json
import re
import sys
import types
import uuid

FOLDER, PORT = sys.argv[1], int(sys.argv[2])
sys.path.insert(0, FOLDER)


class Invoke(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        path = re.fullmatch(r"/2015-03-31/functions/([a-z_]+)/invocations", self.path)
        if not path:
            return self.send_error(404)
        try:
            context = types.SimpleNamespace(aws_request_id=str(uuid.uuid4()), function_name=path[1])
            answer, failed = importlib.import_module(path[1]).handler(event, context), False
        except Exception as error:
            answer, failed = {"errorType": type(error).__name__, "errorMessage": str(error)}, True
        body = json.dumps(answer).encode()
        self.send_response(200)
        if failed:
            self.send_header("X-Amz-Function-Error", "Unhandled")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Invoke).serve_forever()
