"""The settings of a server: what to serve, where to listen, within which limits."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

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
