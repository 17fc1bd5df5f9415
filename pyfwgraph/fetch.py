"""Fetching one RDF document: reached only where the caller switched the network on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyfwgraph.errors import StoreError

if TYPE_CHECKING:
    from pyoxigraph import Store

TIMEOUT = 30.0
MAX_BYTES = 100_000_000


def fetch_graph(store: Store, url: str) -> None:
    """Read the RDF document at a URL into the named graph of that IRI.

    Raises:
        StoreError: The document cannot be had, is too large, or is not RDF.
    """
    from urllib.request import Request, urlopen

    from pyoxigraph import NamedNode, RdfFormat

    if not url.startswith(("http://", "https://")):
        raise StoreError(f"{url}: only http and https are fetched")
    accepted = "text/turtle, application/n-triples, application/rdf+xml;q=0.9, application/ld+json;q=0.8"
    request = Request(url, headers={"Accept": accepted})
    try:
        with urlopen(request, timeout=TIMEOUT) as answer:
            media_type = answer.headers.get_content_type()
            body = answer.read(MAX_BYTES + 1)
    except OSError as error:
        raise StoreError(f"{url}: cannot be fetched ({error})") from error
    kind = RdfFormat.from_media_type(media_type)
    if kind is None or len(body) > MAX_BYTES:
        raise StoreError(f"{url}: {media_type} of {len(body):,} bytes is not RDF of at most {MAX_BYTES:,} bytes")
    try:
        store.load(body, format=kind, base_iri=url, to_graph=NamedNode(url))
    except SyntaxError as error:
        raise StoreError(f"{url}: {error}") from error
