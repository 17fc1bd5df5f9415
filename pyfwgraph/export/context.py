"""JSON-LD contexts: the packaged one, and a tidier one under which a project reads as plain JSON.

The tidy context says more of each property, so that its values always have one shape: things and repeatable values
are lists of names, dates and English texts plain strings. A date known to the month or year has a key of its own
(`issuedMonth`, `issuedYear`), and so has a date that was observed (`resultDate`). What hangs on a project stands in it
under the names of `REVERSE`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pyfwgraph.errors import StoreError
from pyfwgraph.store import PACKAGED

REVERSE = {
    "releases": "fwo:releaseOf",
    "dependencies": "fwo:dependent",
    "claims": "fwo:project",
    "observations": "sosa:hasFeatureOfInterest",
    "denials": "fwo:subject",
}
"""Lists in a project, and the property by which their members point to it.

Feature cells, integrations and appraisals share `fwo:project`, so they share one list: a property read backwards has
one name to compact to.
"""

_ONCE = frozenset(
    [
        *("claimedBy", "codeRepository", "component", "dependency", "dependent", "eventKind", "feature"),
        *("hasFeatureOfInterest", "homepage", "isDefinedBy", "latestRelease", "level", "object"),
        *("observedProperty", "polarity", "predicate", "project", "releaseOf", "scope", "sinceRelease", "status"),
        *("subject", "untilRelease", "verdict"),
    ]
)
"""Things that a node has once; of all other things it has a list."""

_REPEATED = ("comment", "platform", "programming-language", "requestedExtra", "rights", "runtimePlatform")
_THINGS = ("disjointWith", "domain", "domainIncludes", "isDefinedBy", "range", "rangeIncludes", "seeAlso")
_THINGS_ABOVE = ("subClassOf", "subPropertyOf")
_ENGLISH = ("comment", "definition", "description", "note", "rights", "title")
_DATES = ("date", "dateRead", "firstReleased", "issued", "lastReleased", "resultTime")
_PRECISIONS = {"": "xsd:date", "Month": "xsd:gYearMonth", "Year": "xsd:gYear"}
_YEARS = ("newestAtEndOf",)
_LANGUAGES = {"altLabelEn": "en", "altLabelZh": "zh"}


def read_context() -> dict[str, Any]:
    """Give the packaged JSON-LD context.

    Raises:
        StoreError: The package was installed without it.

    >>> read_context()["buildsOn"]
    {'@id': 'fwo:buildsOn', '@type': '@id'}
    """
    try:
        document = json.loads((Path(PACKAGED) / "context.jsonld").read_text(encoding="utf-8"))
    except OSError as error:
        raise StoreError(
            f"no packaged context ({error}): run 'pyfwgraph build', or install the package again"
        ) from error
    context: dict[str, Any] = document["@context"]
    return context


def tidy_context() -> dict[str, Any]:
    """Give the context of the dump of conclusions and of single projects.

    Raises:
        StoreError: The package was installed without its context.

    >>> tidy_context()["releases"]
    {'@reverse': 'fwo:releaseOf', '@type': '@id', '@container': '@set'}
    """
    context = read_context()
    for name in (*_THINGS, *_THINGS_ABOVE):
        context[name] = {"@id": context[name]["@id"], "@type": "@id"}
    for name, definition in context.items():
        if isinstance(definition, dict):
            context[name] = _tidied(name, definition)
    context |= {
        name: {"@id": "skos:altLabel", "@language": tag, "@container": "@set"} for name, tag in _LANGUAGES.items()
    }
    for name in _DATES:
        context |= {name + end: {"@id": context[name]["@id"], "@type": kind} for end, kind in _PRECISIONS.items()}
    context["resultDate"] = {"@id": "sosa:hasSimpleResult", "@type": "xsd:date"}
    context |= {"id": "@id", "type": {"@id": "@type", "@container": "@set"}}
    return context | {name: {"@reverse": iri, "@type": "@id", "@container": "@set"} for name, iri in REVERSE.items()}


def _tidied(name: str, definition: dict[str, str]) -> dict[str, str]:
    tidied = dict(definition)
    if name in _YEARS:
        tidied |= {"@type": "xsd:gYear", "@container": "@set"}
    if name in _ENGLISH:
        tidied["@language"] = "en"
    is_list = definition.get("@type") == "@id" and name not in _ONCE
    if is_list or name in _REPEATED or name == "altLabel":
        tidied["@container"] = "@set"
    return tidied
