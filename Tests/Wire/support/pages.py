"""The pages where people sign in, form by form, as a browser without scripts sees them."""

import base64
import hashlib
import html.parser
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

import requests

CALLBACK = "http://localhost:9/callback"


@dataclass
class Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str | None, str, str | None]] = field(default_factory=list)


class Page(html.parser.HTMLParser):
    """An answer, with what a user sees of it."""

    def __init__(self, response):
        super().__init__()
        self.response, self.status = response, response.status_code
        self.forms, self.links, self._text, self.heading = [], [], [], ""
        self._open = []
        self.feed(response.text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "form":
            self.forms.append(Form(values["action"]))
        elif tag == "input" and values.get("name"):
            if values.get("type") == "submit":
                self.forms[-1].buttons.append((values["name"], values.get("value", ""), None))
            else:
                self.forms[-1].fields[values["name"]] = values.get("value") or ""
        elif tag == "button":
            self.forms[-1].buttons.append((values.get("name"), values.get("value", ""), values.get("formaction")))
        elif tag == "a":
            self.links.append(values.get("href"))
        self._open.append(tag)

    def handle_endtag(self, tag):
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        if "h1" in self._open:
            self.heading += data
        if not {"title", "script", "style"} & set(self._open):
            self._text.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self._text).split())

    @property
    def form(self):
        (form,) = self.forms
        return form


class Browser:
    """One browser at one site: it keeps cookies and sends forms as they are, but for what is filled in."""

    def __init__(self, url, host=None):
        self.url = url
        self.session = requests.Session()
        self.session.headers["User-Agent"] = "Mozilla/5.0 (wire tests)"
        if host:
            self.session.headers["Host"] = host
        self.origin = f"http://{host}" if host else url

    def get(self, path):
        return self._page(self.session.get(self.url + path, allow_redirects=False, timeout=30))

    def open(self, path):
        """As `get`, to the page that it leads to at the site."""
        page = self.get(path)
        while page.status in (302, 303) and (target := self.own(page.response.headers["Location"])):
            page = self.get(target)
        return page

    def submit(self, page, button=None, headers=None, **filled):
        """Sends the form of a page; `button` is the name of the one that is pressed."""
        form = page.form
        fields, action = {**form.fields, **filled}, form.action
        if button:
            value, target = next((b[1], b[2]) for b in form.buttons if b[0] == button)
            fields.setdefault(button, value)
            action = target or action
        return self.post(action, fields, headers)

    def post(self, action, fields, headers=None):
        sent = {"Origin": self.origin, "Sec-Fetch-Site": "same-origin", **(headers or {})}
        return self._page(self.session.post(
            self.url + action, data=fields, headers=sent, allow_redirects=False, timeout=30,
        ))

    def own(self, location):
        for base in (self.url, self.origin):
            if location.startswith(base + "/"):
                return location[len(base):]
        return location if location.startswith("/") else None

    @staticmethod
    def _page(response):
        return Page(response)


class Request:
    """An authorization request of an app, with what it needs to redeem the answer."""

    def __init__(self, app, **parameters):
        self.app = app
        self.verifier = secrets.token_urlsafe(48)
        digest = hashlib.sha256(self.verifier.encode()).digest()
        self.parameters = {
            "client_id": app.id, "response_type": "code", "redirect_uri": CALLBACK, "scope": "openid",
            "state": secrets.token_urlsafe(8), "code_challenge_method": "S256",
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), **parameters,
        }

    def path(self, page="/oauth2/authorize"):
        return f"{page}?{urlencode(self.parameters)}"

    def code(self, page):
        """The code with which an answer leads back to the app."""
        location = page.response.headers.get("Location", "")
        assert page.status == 302 and location.startswith(self.parameters["redirect_uri"] + "?"), (
            page.status, location, page.text,
        )
        answer = dict(parse_qsl(urlsplit(location).query))
        assert answer["state"] == self.parameters["state"]
        return answer["code"]

    def redeem(self, url, code):
        form = {
            "grant_type": "authorization_code", "client_id": self.app.id, "code": code,
            "redirect_uri": self.parameters["redirect_uri"], "code_verifier": self.verifier,
        }
        if self.app.secret:
            form["client_secret"] = self.app.secret
        answer = requests.post(f"{url}/oauth2/token", data=form, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()


def oauth(**settings):
    """The settings of a client whose users sign in at the pages."""
    return {
        "AllowedOAuthFlowsUserPoolClient": True, "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid", "email"], "CallbackURLs": [CALLBACK],
        "SupportedIdentityProviders": ["COGNITO"], **settings,
    }
