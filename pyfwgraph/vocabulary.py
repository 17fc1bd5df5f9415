"""Names: the prefixes of the dataset, CURIEs, slugs, and the few terms that code must know.

Everything else that can be said stands in `ontology/`.
"""

from __future__ import annotations

BASE = "https://w3id.org/pyfwgraph/"

PREFIXES: dict[str, str] = {
    "fw": BASE + "project/",
    "rel": BASE + "release/",
    "feat": BASE + "feature/",
    "cat": BASE + "category/",
    "ev": BASE + "event/",
    "agent": BASE + "agent/",
    "pub": BASE + "publication/",
    "src": BASE + "source/",
    "claim": BASE + "claim/",
    "fwo": BASE + "ontology#",
    "doap": "http://usefulinc.com/ns/doap#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sosa": "http://www.w3.org/ns/sosa/",
    "spdx": "http://spdx.org/licenses/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Every prefix that queries may use without declaring it, in the order in which files declare them."""

RDF_TYPE = PREFIXES["rdf"] + "type"

_DIGITS_AND_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")
_BY_LENGTH = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def compress_iri(iri: str) -> str:
    """Give the CURIE of an IRI, or the IRI itself where no prefix is known.

    The local part must be one that SPARQL and Turtle take unescaped, so that
    `expand_curie` gives the same IRI back.

    >>> compress_iri("https://w3id.org/pyfwgraph/project/flask")
    'fw:flask'
    >>> compress_iri("https://example.org/")
    'https://example.org/'
    """
    for prefix, namespace in _BY_LENGTH:
        if iri.startswith(namespace):
            local = iri[len(namespace) :]
            if local and _LOCAL.issuperset(local) and local[0] not in "-." and local[-1] != ".":
                return f"{prefix}:{local}"
            return iri
    return iri


def expand_curie(name: str) -> str:
    """Give the IRI that a CURIE with one of `PREFIXES` stands for; any other text comes back as it is.

    >>> expand_curie("fwo:buildsOn")
    'https://w3id.org/pyfwgraph/ontology#buildsOn'
    >>> expand_curie("https://example.org/")
    'https://example.org/'
    """
    prefix, colon, local = name.partition(":")
    if colon and not local.startswith("//") and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    return name


def slug(name: str) -> str:
    """Give the readable identifier of a name: lower case, every other run of characters one hyphen.

    >>> slug("repoze.bfg"), slug("API Star"), slug("web.py")
    ('repoze-bfg', 'api-star', 'web-py')
    """
    kept = "".join(c if c in _DIGITS_AND_LETTERS else " " for c in name.lower())
    return "-".join(kept.split())
