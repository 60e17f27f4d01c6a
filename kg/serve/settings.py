"""What a server is told when it starts, and whom it lets in: hosts, origins, rules for browsers."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from kg.model.ids import BASE
from kg.serve.answering import Limits

PORT = 8433
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def usual_workers() -> int:
    """Return one more than the processors: as many slow queries as these can work at leave a place for a quick one."""
    return (os.cpu_count() or 1) + 1


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the graph lies and where to listen; limits; which names and origins are let in.

    `max_body` counts bytes, `workers` queries that run at a time; `allow_hosts` are names that a Host header may give
    beside `host` and those of loopback; `cors` are origins whose pages may read the answers, ``*`` for any.
    """

    graph: Path
    base: str = BASE
    host: str = "127.0.0.1"
    port: int = PORT
    limits: Limits = field(default_factory=Limits)
    max_body: int = 1_000_000
    workers: int = field(default_factory=usual_workers)
    allow_hosts: tuple[str, ...] = ()
    cors: tuple[str, ...] = ()
    quiet: bool = False

    @property
    def hosts(self) -> frozenset[str]:
        """The names that a Host header may give, in small letters, without a port."""
        return frozenset(bracketed(name.lower()) for name in (*LOOPBACK, self.host, *self.allow_hosts))

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the server."""
        try:
            return ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return self.host.lower() == "localhost"


def bracketed(host: str) -> str:
    """Return a host as a URL has it: an IPv6 address stands in brackets.

    >>> bracketed("::1")
    '[::1]'
    """
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


TRUNCATED = "Kg-Truncated"
"""The header that says how many rows or triples an answer holds where there would be more."""

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]/@\s]+)(?::[0-9]{1,5})?")


class MisdirectedRequest(HTTPException):
    """A request for a host that this server does not speak for."""

    code = 421
    description = "this server does not answer for that Host; start it with --allow-host NAME if it should"


def require_known_host(request: Request, hosts: Collection[str]) -> None:
    """Raise MisdirectedRequest unless the Host header names one of `hosts`.

    A page elsewhere can make a browser believe that its own name stands for this machine, and then read the answers;
    the Host header still tells that name.
    """
    match = _HOST.fullmatch(request.headers.get("Host", "").lower())
    if not match or match[1].rstrip(".") not in hosts:
        raise MisdirectedRequest


def secure(response: Response) -> None:
    """Tell browsers to run and load only what comes from here, and to take content for what it says it is."""
    policy = "; ".join(f"{name} {sources}" for name, sources in POLICY.items())
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers.update(
        {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
    )
    response.headers.setdefault("Cache-Control", "no-cache")


def allow_origins(request: Request, response: Response, origins: Collection[str]) -> None:
    """Let pages of `origins` read the answer; without any, no page from elsewhere can."""
    if not origins:
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return
    origin = request.headers.get("Origin", "")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.vary.add("Origin")
    if "*" not in origins and origin not in origins:
        return
    response.headers["Access-Control-Allow-Origin"] = "*" if "*" in origins else origin
    response.headers["Access-Control-Expose-Headers"] = TRUNCATED
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET")
        response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
