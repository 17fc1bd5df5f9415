"""Choosing a framework: candidates ranked by how well they meet needs, and why, need by need."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyfwgraph.errors import UnknownName
from pyfwgraph.term import IRI
from pyfwgraph.views.selection import frameworks
from pyfwgraph.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyfwgraph.knowledge import Knowledge
    from pyfwgraph.names import Thing
    from pyfwgraph.views.provenance import Fact

CELLS = """\
SELECT ?feature ?project ?level ?name {
  ?cell fwo:feature ?feature ; fwo:project ?project ; fwo:level ?level . ?project a fwo:Framework .
  OPTIONAL { ?cell fwo:via ?via OPTIONAL { ?via rdfs:label ?name } }
} ORDER BY ?project ?name"""

RELATIONS = {
    "category": "SELECT ?thing ?project { ?project fwo:category ?thing ; a fwo:Framework }",
    "specification": "SELECT ?thing ?project { ?project fwo:implements ?thing ; a fwo:Framework }",
    "status": "SELECT ?thing ?project { ?project fwo:status ?thing ; a fwo:Framework }",
    "project": """SELECT DISTINCT ?thing ?project {
        ?project fwo:buildsOn|fwo:dependsOn|fwo:integratesWith ?thing ; a fwo:Framework }""",
}
PREDICATES = {"category": "fwo:category", "specification": "fwo:implements", "status": "fwo:status"}
KINDS = ("feature", "specification", "category", "status", "project")
"""What a need can name, in the order in which it is looked up."""

POINTS = {"built-in": 1.0, "official-extension": 0.8, "third-party": 0.6, "planned": 0.1}
"""What each level of a feature counts. What is not known counts nothing; a stated "no" takes off as much as a yes
gives."""
REFUSED = -1.0


class Answer(NamedTuple):
    """How one candidate meets one need: what it counts, and the reason in words."""

    points: float
    reason: str


class Choice(View):
    """Candidates, the best first: rank, name, score (the mean over the needs, at most 1), and why, need by need."""

    def explain(self, name: str) -> str:
        """Say why a candidate stands where it stands, a need a line.

        Raises:
            UnknownName: It is no candidate.
        """
        for row in self:
            if name in (row["name"], row["project"], str(row["project"]).partition(":")[2]):
                head = f"{row['name']}: rank {row['rank']}, score {row['score']}"
                return "\n".join([head, *(f"  {reason}" for reason in row["why"].split("; "))])
        raise UnknownName(f"{name!r} is none of the {len(self)} candidates: {', '.join(r['name'] for r in self[:5])} …")


def choose(known: Knowledge, needs: Sequence[str], conditions: dict[str, object], *, limit: int = 10) -> Choice:
    """Rank frameworks by needs.

    Args:
        known: Where to ask.
        needs: Features, specifications, categories, statuses, or projects to work with, by any of their names.
        conditions: What every candidate must meet; see `frameworks`.
        limit: The number of candidates.

    Raises:
        UnknownName: Nothing is called like a need; the nearest are suggested. No need is given.
    """
    if not needs:
        raise UnknownName("name at least one need: choose('websocket', 'openapi')")
    grounded = [_ground(known, need) for need in needs]
    met = [(kind, thing, _answers(known, kind, thing)) for kind, thing in grounded]
    rows, facts = [], []
    for candidate in frameworks(known, conditions):
        answers = [answers.get(candidate["project"], Answer(0.0, "not known")) for _, _, answers in met]
        if any(answer.points > 0 for answer in answers):
            score = round(sum(answer.points for answer in answers) / len(answers), 3)
            why = "; ".join(f"{thing}: {a.reason}" for (_, thing, _), a in zip(met, answers, strict=True))
            rows.append((score, candidate["name"], candidate["project"], candidate["status"], candidate["since"], why))
    rows.sort(key=lambda row: (-row[0], row[3] != "active", str(row[1]).lower(), row[2]))
    ranked = [(n, p, name, s, status, since, why) for n, (s, name, p, status, since, why) in enumerate(rows[:limit], 1)]
    for row in ranked:
        facts += [_fact(row[1], kind, thing) for kind, thing, answers in met if row[1] in answers]
    title = f"Frameworks for {', '.join(thing.name for _, thing, _ in met)}"
    columns = ("rank", "project", "name", "score", "status", "since", "why")
    return Choice(known.dataset, title, columns, ranked, facts, hidden=("project",))


def _ground(known: Knowledge, need: str) -> tuple[str, Thing]:
    for kind in KINDS:
        if found := known.names(kind).seek(need):
            return kind, found
    nearest = (*known.names("feature").suggest(need), *known.names("category").suggest(need, 1))
    raise UnknownName(f"nothing is called {need!r} among features, specifications, categories, statuses and projects; "
                      f"the nearest are {', '.join(nearest)}", nearest)  # fmt: skip


def _answers(known: Knowledge, kind: str, thing: Thing) -> dict[IRI, Answer]:
    if kind != "feature":
        asked = known.dataset.query(RELATIONS[kind], thing=thing.iri)
        return {project: Answer(1.0, "uses it" if kind == "project" else "yes") for _, project in asked}
    found: dict[IRI, tuple[str, list[str]]] = {}
    for _, project, level, name in known.dataset.query(CELLS, feature=thing.iri):
        found.setdefault(project, (str(level).removeprefix("cat:"), []))[1].extend([str(name)] if name else [])
    return {project: _answer(level, via) for project, (level, via) in found.items()}


def _answer(level: str, via: Iterable[str]) -> Answer:
    if level == "none":
        return Answer(REFUSED, "no")
    through = ", ".join(dict.fromkeys(via))
    words = {"built-in": "built in", "official-extension": "official extension", "third-party": "third party"}
    said = words.get(level, level) + (f" ({through})" if through else "")
    return Answer(POINTS.get(level, 0.0), said)


def _fact(project: IRI, kind: str, thing: Thing) -> Fact:
    if kind == "feature":
        return (project, IRI("fwo:hasFeature"), thing.iri)
    return (project, IRI(PREDICATES.get(kind, "fwo:dependsOn")), thing.iri)
