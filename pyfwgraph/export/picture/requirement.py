"""A requirement as a picture shows it: a line for each two projects and kind, however often it was declared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

_WORDS = {
    "requires": "requires",
    "dependsOn": "requires",
    "buildsOn": "builds on",
    "integratesWith": "integrates with",
    "bundles": "bundles",
    "runsOn": "runs on",
}
_STYLES = {"dependsOn": "requires"} | {name: name for name in _WORDS if name != "dependsOn"}


@dataclass(frozen=True, slots=True)
class Requirement:
    """From a project to one that it requires; `specifiers` are those asked for now, or last if nothing is now."""

    subject: str
    value: str
    word: str
    style: str
    specifiers: tuple[str, ...]

    def hover(self, labels: dict[str, str]) -> str:
        """Say it in one line."""
        versions = f" ({', '.join(self.specifiers)})" if self.specifiers else ""
        return f"{labels[self.subject]} {self.word} {labels[self.value]}{versions}"


def read_requirements(graph: networkx.MultiDiGraph[str]) -> tuple[Requirement, ...]:
    """Give the edges of a graph as requirements, sorted.

    A declaration with `until` has ended: it counts only where none is left, and then as former.

    >>> import networkx
    >>> graph = networkx.MultiDiGraph()
    >>> _ = graph.add_edge("a", "b", relation="requires", specifier="<2", until="1.4")
    >>> _ = graph.add_edge("a", "b", relation="requires", specifier=">=2")
    >>> [requirement.specifiers for requirement in read_requirements(graph)]
    [('>=2',)]
    """
    found: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for subject, value, given in graph.edges(data=True):
        found.setdefault((subject, value, given.get("relation") or "requires"), []).append(given)
    return tuple(_merged(*key, found[key]) for key in sorted(found))


def _merged(subject: str, value: str, relation: str, declared: list[dict[str, str]]) -> Requirement:
    current = [given for given in declared if not given.get("until")]
    counted = current or declared
    word, style = _WORDS.get(relation, relation), _STYLES.get(relation, "other")
    if not current:
        word, style = "required formerly", "former"
    elif all(given.get("scope") == "optional" for given in current):
        word, style = "requires for an extra", "optional"
    specifiers = sorted({given["specifier"] for given in counted if given.get("specifier")})
    return Requirement(subject, value, word, style, tuple(specifiers))


def specifier_note(requirements: Iterable[Requirement]) -> str:
    """Give what stands below the name of the required: the specifier, or how many where not all ask for the same.

    >>> specifier_note([Requirement("a", "b", "requires", "requires", (">=2", "<3"))])
    '2 specifiers'
    """
    asked = {specifier for requirement in requirements for specifier in requirement.specifiers}
    return f"{len(asked)} specifiers" if len(asked) > 1 else next(iter(asked), "")
