"""A Graph Store at the other end of HTTP: its four verbs, logging in, trying again, faults as errors of one line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal, Self
from urllib.parse import parse_qs, urlsplit

import requests
from pyoxigraph import Quad, RdfFormat, parse
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from urllib3 import Retry
from urllib3.exceptions import ReadTimeoutError

from kg.errors import StoreError

Scheme = Literal["auto", "basic", "digest"]
Body = Iterable[bytes]

DEFAULT_GRAPH = "default"
_READS = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"
_SENDS = "application/n-triples"
_CONNECT_SECONDS = 10.0
_LONGEST_PAUSE = 30
_LONGEST_REASON = 240
_PASSING = {HTTPStatus.TOO_MANY_REQUESTS, *range(500, 600)} - {
    HTTPStatus.NOT_IMPLEMENTED,
    HTTPStatus.HTTP_VERSION_NOT_SUPPORTED,
}
_ENDPOINTS = "give the Graph Store endpoint: Oxigraph http://HOST:7878/store, Virtuoso …/sparql-graph-crud-auth"
_SILENT = {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}
"""What a store answers to HEAD that knows only how to give and take graphs."""
_REMEDIES = {
    HTTPStatus.UNAUTHORIZED: ("wants a user and a password", "give --user, and the password in KG_PASSWORD"),
    HTTPStatus.FORBIDDEN: ("does not let this user do that", "give the user the right to change graphs, or another"),
    HTTPStatus.NOT_FOUND: ("has no graph store there", _ENDPOINTS),
    HTTPStatus.METHOD_NOT_ALLOWED: ("takes no changes there", _ENDPOINTS),
    HTTPStatus.NOT_IMPLEMENTED: ("takes no changes there", _ENDPOINTS),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("takes no graph as large as this", "raise its limit on the size of a body"),
}


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks; `scheme` auto takes what the store offers, digest before basic."""

    user: str = ""
    password: str = ""
    scheme: Scheme = "auto"


class Client:
    """Speaks to the Graph Store at `endpoint`; one connection is kept for all requests.

    A request that meets a broken connection or a 5xx is repeated up to `retries` times: at once, then after twice
    `pause` seconds and twice as long each time, or as the store says in Retry-After. A 4xx but 429 is final. `timeout`
    is how many seconds the store may keep silent. Every verb raises StoreError.
    """

    def __init__(
        self, endpoint: str, login: Login | None = None, *, retries: int = 4, pause: float = 0.5, timeout: float = 300
    ) -> None:
        self.endpoint = checked(endpoint)
        self._login = login or Login()
        self._retries, self._timeout = retries, timeout
        self._session = requests.Session()
        patience = _Patience(
            retries,
            other=0,
            backoff_factor=pause,
            backoff_max=_LONGEST_PAUSE,
            retry_after_max=_LONGEST_PAUSE,
            status_forcelist=_PASSING,
            raise_on_status=False,
        )
        self._session.mount(endpoint, HTTPAdapter(max_retries=patience))
        self._session.auth = _authentication(self._login, self._login.scheme)

    def tells_password(self) -> bool:
        """Tell whether a password may go over the network for all to read: basic login, http, another machine."""
        parts = urlsplit(self.endpoint)
        near = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        return bool(self._login.user) and self._login.scheme != "digest" and parts.scheme == "http" and not near

    def read(self, graph: str) -> list[Quad] | None:
        """Return the triples of a named graph, None where the store has no such graph."""
        response = self._send("GET", graph, headers={"Accept": _READS})
        if response.status_code == HTTPStatus.NOT_FOUND:
            return None
        self._check(response)
        media = response.headers.get("Content-Type", "").partition(";")[0].strip()
        format_ = RdfFormat.from_media_type(media)
        if format_ is None:
            raise StoreError(self.endpoint, f"answers with {media or 'no content type'}, which is no RDF", _ENDPOINTS)
        try:
            return list(parse(response.content, format=format_))
        except (SyntaxError, ValueError) as error:
            raise StoreError(graph, f"comes back as RDF that does not parse ({error})", "drop this graph") from error

    def holds(self, graph: str) -> bool | None:
        """Return whether the store has a graph; None where the store cannot answer that."""
        response = self._send("HEAD", graph)
        if response.status_code == HTTPStatus.NOT_FOUND:
            return False
        if response.status_code in _SILENT:
            return None
        self._check(response)
        return True

    def put(self, graph: str, body: Body) -> None:
        """Replace a graph by N-Triples. `body` has a length in bytes and can be read again when a request is repeated.

        The length is told beforehand: Virtuoso answers 201 to a body in chunks, and keeps nothing of it.
        """
        self._check(self._send("PUT", graph, headers={"Content-Type": _SENDS}, body=body))

    def delete(self, graph: str) -> None:
        """Remove a graph; one that is gone already is no fault."""
        response = self._send("DELETE", graph)
        if response.status_code != HTTPStatus.NOT_FOUND:
            self._check(response)

    def _send(
        self, verb: str, graph: str, *, headers: dict[str, str] | None = None, body: Body | None = None
    ) -> requests.Response:
        response = self._try(verb, graph, headers, body)
        if response.status_code == HTTPStatus.UNAUTHORIZED and self._session.auth is None and self._login.user:
            self._session.auth = _authentication(self._login, _offered(response))
            response = self._try(verb, graph, headers, body)
        return response

    def _try(self, verb: str, graph: str, headers: dict[str, str] | None, body: Body | None) -> requests.Response:
        try:
            return self._session.request(
                verb,
                self.endpoint,
                params={"default": ""} if graph == DEFAULT_GRAPH else {"graph": graph},
                data=body,
                headers=headers,
                timeout=(_CONNECT_SECONDS, self._timeout),
                allow_redirects=False,  # a PUT that is sent on becomes a GET
            )
        except requests.RequestException as error:
            raise self._fault(error) from error

    def _check(self, response: requests.Response) -> None:
        if HTTPStatus.OK <= response.status_code < HTTPStatus.MULTIPLE_CHOICES:
            return
        what, remedy = self._refusal(response)
        raise StoreError(self.endpoint, f"{what} ({response.status_code})", remedy)

    def _refusal(self, response: requests.Response) -> tuple[str, str]:
        status = response.status_code
        if status == HTTPStatus.UNAUTHORIZED and self._login.user:
            return f"refuses user {self._login.user} with this password", "check --user, KG_PASSWORD and --auth"
        if status in _REMEDIES:
            return _REMEDIES[HTTPStatus(status)]
        if response.is_redirect:
            return f"has moved to {response.headers['Location']}", "give that address"
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return f"fails {self._retries + 1} times: {_reason(response)}", "look into the log of the store"
        return f"refuses: {_reason(response)}", "check the endpoint and the build"

    def _fault(self, error: requests.RequestException) -> StoreError:
        match error:
            case requests.exceptions.SSLError():
                remedy = "check that it speaks https; name the file of your own authority in REQUESTS_CA_BUNDLE"
                return StoreError(self.endpoint, f"no secure connection ({_innermost(error)})", remedy)
            case requests.ReadTimeout():
                return StoreError(self.endpoint, f"is silent for {self._timeout:g} seconds", "give a longer --timeout")
            case requests.ConnectionError() | requests.Timeout():
                what = f"cannot be reached, tried {self._retries + 1} times ({_innermost(error)})"
                return StoreError(self.endpoint, what, "check the address and that the store runs")
            case _:
                return StoreError(self.endpoint, _innermost(error), "check the address")


class _Patience(Retry):
    """Tries again what may pass by itself, but does not ask a silent store, which is still at work, to do it twice."""

    def increment(self, *request: Any, **outcome: Any) -> Self:
        """Return the tries that are left; raise the error of the last one, or one that is final."""
        if isinstance(error := outcome.get("error"), ReadTimeoutError):
            raise error
        return super().increment(*request, **outcome)


def checked(endpoint: str) -> str:
    """Return the address of an endpoint; raises StoreError where it is none, or where a password stands in it."""
    try:
        parts = urlsplit(endpoint)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise StoreError(endpoint, "is no http(s) address", _ENDPOINTS)
    if parts.fragment or {"graph", "default"} & parse_qs(parts.query, keep_blank_values=True).keys():
        raise StoreError(endpoint, "names a graph", "leave ?graph=, ?default and #... out: push adds them")
    if "@" in parts.netloc:
        address = endpoint.replace(parts.netloc, parts.netloc.rpartition("@")[2], 1)
        raise StoreError(address, "has a user in it", "give --user, and the password in KG_PASSWORD")
    return endpoint


def _authentication(login: Login, scheme: Scheme) -> AuthBase | None:
    if not login.user or scheme == "auto":
        return None
    if scheme == "digest":
        return HTTPDigestAuth(login.user, login.password)
    # Bytes, because the library would write text as Latin-1.
    return HTTPBasicAuth(login.user.encode(), login.password.encode())


def _offered(response: requests.Response) -> Scheme:
    offers = response.headers.get("WWW-Authenticate", "")
    return "digest" if re.search(r"\bdigest\b", offers, re.IGNORECASE) else "basic"


def _reason(response: requests.Response) -> str:
    """Return what a store says for itself, without the tags of a page."""
    text = re.sub(r"(?is)<head\b.*?</head>|<[^>]*>", " ", response.text)
    return " ".join(text.split())[:_LONGEST_REASON] or response.reason or "no reason given"


def _innermost(error: BaseException) -> str:
    """Return the words of the first error of all, where each library wraps that of the one below."""
    while inner := error.__cause__ or error.__context__:
        error = inner
    return " ".join(str(getattr(error, "strerror", None) or error).split())[:_LONGEST_REASON]
