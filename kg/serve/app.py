"""The server as a WSGI application: which address is answered by what, and what holds for every answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from pyoxigraph import Store
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed
from werkzeug.routing import Map, RequestRedirect, Rule
from werkzeug.wrappers import Request, Response

from kg.errors import QueryError
from kg.serve.addresses import Addresses
from kg.serve.endpoint import Endpoint
from kg.serve.guard import allow_origins, require_known_host, secure
from kg.serve.negotiation import HTML, accepted
from kg.serve.pages import Pages
from kg.serve.settings import Settings
from kg.serve.site import Site
from kg.serve.things import Library
from kg.serve.workers import Pool

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Say = Callable[[str], None]
_ENDPOINT = "/sparql"


class Application:
    """Answers requests about one build; `say` is given a line for each."""

    def __init__(self, settings: Settings, store: Store, pool: Pool, say: Say) -> None:
        library, addresses = Library(store), Addresses(settings.base)
        self._settings, self._say = settings, say
        self._pages = Pages(library, addresses)
        self._site = Site(settings, library, self._pages, addresses)
        self._endpoint = Endpoint(settings, library.store, pool)
        rules = [Rule(_ENDPOINT, endpoint=self._endpoint.answer, methods=["GET", "POST"])]
        rules += [Rule(path, endpoint=view, methods=["GET"]) for path, view in self._site.views().items()]
        self._map = Map(rules, merge_slashes=False)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, as WSGI has it."""
        request = Request(environ)
        response = self._checked(request)
        secure(response)
        allow_origins(request, response, self._settings.cors)
        self._log(request, response)
        return response(environ, start_response)

    def _checked(self, request: Request) -> Response:
        try:
            require_known_host(request, self._settings.hosts)
            return self._dispatched(request)
        except RequestRedirect as redirect:
            return Response("", redirect.code, {"Location": redirect.new_url})
        except HTTPException as error:
            return self._failed(request, error)

    def _dispatched(self, request: Request) -> Response:
        routes = self._map.bind_to_environ(request.environ)
        if request.method == "OPTIONS":
            return Response("", 204, {"Allow": ", ".join(sorted(routes.allowed_methods()))})
        view, values = routes.match()
        try:
            response: Response = view(request, **values)
        except QueryError as error:
            raise BadRequest(str(error)) from error
        return response

    def _failed(self, request: Request, error: HTTPException) -> Response:
        """Return an error as a page to a browser, as a line of text to a program."""
        code, text = error.code or 500, error.description or ""
        if request.path != _ENDPOINT and _wants_page(request):
            response = Response(self._site.error_page(request, error), code, mimetype=HTML)
        else:
            response = Response(f"{text}\n", code, mimetype="text/plain")
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
        return response

    def _log(self, request: Request, response: Response) -> None:
        if not self._settings.quiet:
            path = ascii(request.full_path.rstrip("?"))[1:-1]
            size = response.headers.get("Content-Length", "-")
            self._say(f"{request.remote_addr} {ascii(request.method)[1:-1]} {path} {response.status_code} {size}")


def _wants_page(request: Request) -> bool:
    return accepted(request).best_match(["text/plain", HTML]) == HTML
