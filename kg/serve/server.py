"""Starts the server and ends it."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import Store
from waitress.server import create_server

from kg.errors import GraphError
from kg.serve.app import Application
from kg.serve.settings import Settings, bracketed
from kg.serve.workers import Pool
from kg.store import open_store, write_nquads

_THREADS_BESIDE_WORKERS = 6


def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Answer requests until interrupted; `say` is given the address, then a line for each request.

    Raises GraphError where there is no graph, or none of its things live under the base, or where the port is taken.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that workers and files go with the server
    store = open_store(settings.graph)
    _require_base(store, settings)
    with TemporaryDirectory(prefix="kg-serve-") as folder:
        # Workers that start later read what the first ones read, though the build be made anew meanwhile.
        snapshot = Path(folder) / "graph.nq"
        write_nquads(store, snapshot)
        pool = Pool(snapshot, settings.limits, base=settings.base, size=settings.workers)
        try:
            _listen(settings, Application(settings, store, pool, say), say)
        finally:
            pool.close()


def _listen(settings: Settings, application: Application, say: Callable[[str], None]) -> None:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        server = create_server(
            application,
            host=settings.host.strip("[]"),
            port=settings.port,
            threads=settings.workers + _THREADS_BESIDE_WORKERS,
            max_request_body_size=settings.max_body,
            ident=None,
        )
    except OSError as error:
        where = f"{bracketed(settings.host)}:{settings.port}"
        raise GraphError(where, f"cannot listen there ({error.strerror})", "choose another --host or --port") from error
    if not settings.is_local:
        say(f"warning: {settings.host} is no loopback address: others on the network can ask this graph")
    say(f"serving {settings.graph} at {' '.join(_addresses(server))} (Ctrl-C ends)")
    try:
        server.run()
    finally:
        server.close()


def _addresses(server: object) -> list[str]:
    """Return where a server listens: in one place, or in several where the host has several addresses."""
    several = getattr(server, "effective_listen", None)
    places = several or [(getattr(server, "effective_host", ""), getattr(server, "effective_port", 0))]
    return [f"http://{bracketed(host)}:{port}/" for host, port in places]


def _require_base(store: Store, settings: Settings) -> None:
    """Raise GraphError where no thing lives under the base: its pages could not be found."""
    if not any(quad.subject.value.startswith(settings.base) for quad in store if hasattr(quad.subject, "value")):
        raise GraphError(str(settings.graph), f"holds no thing under {settings.base}", "give its --base")
