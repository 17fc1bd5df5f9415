"""Names for what sources leave without: releases, claims and events get a label and a description from their facts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyfwgraph.corpus import iri
from pyfwgraph.vocabulary import PREFIXES, RDF_TYPE, compress_iri

if TYPE_CHECKING:
    from pyfwgraph.build.conclude import Conclusions

FWO, RDFS = PREFIXES["fwo"], PREFIXES["rdfs"]
LABEL, DESCRIPTION = RDFS + "label", PREFIXES["dcterms"] + "description"
_DESCRIBED_BY = (DESCRIPTION, RDFS + "comment")
_NAMED = tuple(PREFIXES[prefix] for prefix in ("rel", "claim", "ev"))
_ABOUT = [
    *(FWO + name for name in ("project", "releaseOf", "dependent", "subject")),
    PREFIXES["sosa"] + "hasFeatureOfInterest",
]
_SAID = [
    *(FWO + name for name in ("feature", "component", "distribution", "predicate")),
    PREFIXES["sosa"] + "observedProperty",
    PREFIXES["doap"] + "revision",
]

Facts = dict[str, dict[str, str]]


def add_names(conclusions: Conclusions) -> None:
    """Add a label to every release and claim, and a description to every release, claim and event without one."""
    facts: Facts = defaultdict(dict)
    origin: dict[str, frozenset[str]] = {}
    for (subject, predicate, value), sources in conclusions.triples.items():
        own = facts[subject]
        if predicate != RDF_TYPE or value.startswith(f"<{FWO}"):
            own[predicate] = min(value, own.get(predicate, value))
        origin[subject] = sources
    for subject in sorted(name for name in facts if name.startswith(_NAMED)):
        own = facts[subject]
        label = own.get(LABEL) or '"' + _made_label(subject, facts) + '"'
        conclusions.add((subject, LABEL, label), origin[subject])
        if not any(predicate in own for predicate in _DESCRIBED_BY):
            kind = _name(own[RDF_TYPE], facts) if RDF_TYPE in own else "Claim"
            text = f'"{kind}: {label[1:-1]}."@en'
            conclusions.add((subject, DESCRIPTION, text), origin[subject])


def _made_label(subject: str, facts: Facts) -> str:
    own = facts[subject]
    about = next((_name(own[p], facts) for p in _ABOUT if p in own), "")
    said = [_name(own[p], facts) for p in _SAID if p in own]
    if FWO + "level" in own:
        said.append(_name(own[FWO + "level"], facts).lower())
    separator = " " if subject.startswith(PREFIXES["rel"]) else ": "
    return separator.join([about, ", ".join(said)]) if about and said else about or compress_iri(subject)


def _name(term: str, facts: Facts) -> str:
    if not iri(term):
        return term[1 : term.rindex('"')]
    label = facts.get(iri(term), {}).get(LABEL)
    return label[1 : label.rindex('"')] if label else compress_iri(iri(term))
