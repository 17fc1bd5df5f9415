"""Which frameworks are like one: by features and by components, each score with its reasons.

Two frameworks share what both have; the score is the share of what they have in common among all that either has
(Jaccard's index), for features and for components apart, and seven parts of the one to three of the other. A feature
that few frameworks have says more than one that all have, so each counts by how rare it is (inverse document
frequency).
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from pyfwgraph.term import IRI
from pyfwgraph.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyfwgraph.knowledge import Knowledge
    from pyfwgraph.names import Thing

TRAITS = """\
SELECT ?project ?trait ?name ?kind {
  { ?project fwo:hasFeature ?trait BIND("feature" AS ?kind) }
  UNION { ?project fwo:dependsOn ?trait BIND("component" AS ?kind) }
  ?project a fwo:Framework . ?trait rdfs:label ?name .
} ORDER BY ?project ?trait"""

SHARE = {"feature": 0.7, "component": 0.3}
FEWEST = 5
"""Features that must be known of a framework for it to be compared."""


def similar(known: Knowledge, project: Thing, *, limit: int = 10) -> View:
    """Give the frameworks most like one.

    Args:
        known: Where to ask.
        project: The framework.
        limit: The number of frameworks.

    Returns:
        Rows of name, score (0 to 1), shared features, shared components, and why, in words; the most alike first.
    """
    traits: dict[IRI, dict[str, set[IRI]]] = {}
    names: dict[IRI, str] = {}
    for other, trait, name, kind in known.dataset.query(TRAITS):
        traits.setdefault(other, {"feature": set(), "component": set()})[kind].add(trait)
        names[trait] = str(name)
    own = traits.pop(project.iri, {"feature": set(), "component": set()})
    rarity = _rarity([*traits.values(), own])
    scored = []
    for other, its in traits.items():
        if len(its["feature"]) >= FEWEST and (own["feature"] or own["component"]):
            parts = {kind: _jaccard(own[kind], its[kind], rarity) for kind in SHARE}
            scored.append((sum(SHARE[kind] * parts[kind] for kind in SHARE), other, its))
    scored.sort(key=lambda entry: (-entry[0], entry[1]))
    rows, facts = [], []
    for score, other, its in scored[:limit]:
        common = {kind: sorted(own[kind] & its[kind], key=lambda trait: (-rarity[trait], trait)) for kind in SHARE}
        why = _why(common, own, its, names, project.name)
        shared = (len(common["feature"]), len(common["component"]))
        rows.append((other, known.family.thing(other).name, round(score, 3), *shared, why))
        facts += [(one, IRI("fwo:hasFeature"), trait) for trait in common["feature"] for one in (project.iri, other)]
    columns = ("project", "name", "score", "features", "components", "why")
    return View(known.dataset, f"Frameworks like {project}", columns, rows, facts, hidden=("project",))


def _rarity(every: Iterable[Mapping[str, set[IRI]]]) -> dict[IRI, float]:
    counts: dict[IRI, int] = {}
    number = 0
    for traits in every:
        number += 1
        for trait in traits["feature"] | traits["component"]:
            counts[trait] = counts.get(trait, 0) + 1
    return {trait: log(1 + number / count) for trait, count in counts.items()}


def _jaccard(one: set[IRI], other: set[IRI], rarity: Mapping[IRI, float]) -> float:
    either = sum(rarity[trait] for trait in sorted(one | other))
    return sum(rarity[trait] for trait in sorted(one & other)) / either if either else 0.0


def _why(
    common: Mapping[str, list[IRI]],
    own: Mapping[str, set[IRI]],
    its: Mapping[str, set[IRI]],
    names: Mapping[IRI, str],
    name: str,
) -> str:
    told = []
    if common["component"]:
        told.append("both on " + ", ".join(names[trait] for trait in common["component"][:3]))
    if common["feature"]:
        told.append(f"both have {', '.join(names[trait] for trait in common['feature'][:4])}")
    apart = len(own["feature"] - its["feature"]), len(its["feature"] - own["feature"])
    told.append(f"{apart[0]} features known of {name} alone, {apart[1]} of the other alone")
    return "; ".join(told)
