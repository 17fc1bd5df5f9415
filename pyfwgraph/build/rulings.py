"""A curator's decisions on single claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyfwgraph.corpus import RULINGS_GRAPH, Claim, iri
from pyfwgraph.errors import DataError
from pyfwgraph.vocabulary import PREFIXES, compress_iri

_FWO = PREFIXES["fwo"]
_COMMENT = PREFIXES["rdfs"] + "comment"
_ACCEPTED, _REJECTED = (PREFIXES["cat"] + name for name in ("accepted", "rejected"))


class Rulings:
    """The rulings, ready to be asked about a claim.

    Raises:
        DataError: A ruling lacks its subject, predicate, object or verdict.
    """

    def __init__(self, claims: Iterable[Claim]) -> None:
        nodes: dict[str, dict[str, str]] = defaultdict(dict)
        for claim in claims:
            nodes[claim.subject][claim.predicate] = claim.object
        self._rejected: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
        self._accepted: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name, facts in nodes.items():
            if _FWO + "verdict" in facts:
                self._take(name, facts)

    def _take(self, name: str, facts: dict[str, str]) -> None:
        try:
            subject, predicate = iri(facts[_FWO + "subject"]), iri(facts[_FWO + "predicate"])
            value, verdict = facts[_FWO + "object"], iri(facts[_FWO + "verdict"])
        except KeyError as error:
            missing = compress_iri(error.args[0])
            raise DataError(
                f"ruling {compress_iri(name)} has no {missing}: name the triple that it decides on"
            ) from error
        if verdict == _REJECTED:
            source = iri(facts.get(_FWO + "claimedBy", ""))
            self._rejected[subject, predicate, value][source] = _text(facts.get(_COMMENT, '"no reason given"'))
        elif verdict == _ACCEPTED:
            self._accepted[subject, predicate].append(value)

    def rejects(self, claim: Claim) -> str | None:
        """Give the reason why a claim is ruled out, or None where it stands."""
        by_source = self._rejected.get(claim.triple)
        if by_source is None:
            return None
        return by_source.get(claim.graph, by_source.get(""))

    def accepted(self, subject: str, predicate: str) -> str | None:
        """Give the value that a ruling accepts, or None where there is none."""
        return next(iter(self._accepted.get((subject, predicate), ())), None)

    def accepted_claims(self) -> Iterable[Claim]:
        """Give every accepted triple as a claim of the rulings."""
        for (subject, predicate), values in self._accepted.items():
            for value in values:
                yield Claim(subject, predicate, value, RULINGS_GRAPH)


def _text(term: str) -> str:
    return term[1 : term.rindex('"')]
