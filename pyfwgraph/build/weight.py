"""Which of two sources counts: precedence, then age, then number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyfwgraph.corpus import Claim
from pyfwgraph.vocabulary import PREFIXES, RDF_TYPE, compress_iri

_FWO = PREFIXES["fwo"]
_LOWEST = 9


class Weights:
    """The precedence and date of each described source."""

    def __init__(self, descriptions: Iterable[Claim]) -> None:
        facts: dict[str, dict[str, str]] = defaultdict(dict)
        for claim in descriptions:
            facts[claim.subject][claim.predicate] = claim.object
        self._facts = facts
        self.described = frozenset(s for s, f in facts.items() if f.get(RDF_TYPE) == f"<{_FWO}Source>")

    def precedence(self, source: str) -> int:
        """Give the precedence of a source: 1 counts most."""
        term = self._facts.get(source, {}).get(_FWO + "precedence")
        return int(term.split('"')[1]) if term else _LOWEST

    def date(self, source: str) -> str:
        """Give the date of the state that a source describes, empty where it is not known."""
        term = self._facts.get(source, {}).get(PREFIXES["dcterms"] + "issued")
        return term.split('"')[1] if term else ""

    def best(self, values: Mapping[str, Iterable[str]]) -> str:
        """Give the value that wins, of values with the sources that claim them."""
        return max(sorted(values), key=lambda value: self._key(values[value]))

    def strongest(self, sources: Iterable[str]) -> str:
        """Give the source that counts most."""
        return max(sorted(sources), key=lambda source: self._key([source]))

    def _key(self, sources: Iterable[str]) -> tuple[int, str, int]:
        best_precedence, date = self._strongest(sources)
        return -best_precedence, date, len(list(sources))

    def _strongest(self, sources: Iterable[str]) -> tuple[int, str]:
        precedence = min(self.precedence(source) for source in sources)
        return precedence, max(self.date(source) for source in sources if self.precedence(source) == precedence)

    def explain(self, winners: Iterable[str], losers: Iterable[str]) -> str:
        """Say why some sources won over others."""
        won, lost = self._strongest(winners), self._strongest(losers)
        names = ", ".join(sorted(compress_iri(source) for source in winners))
        if won[0] != lost[0]:
            return f"precedence: {names} counts {won[0]}, against {lost[0]}"
        if won[1] != lost[1]:
            return f"newer: {names} of {won[1]}" + (f", against {lost[1]}" if lost[1] else ", against no date")
        return f"tie: {names}, by the number of sources or, failing that, the order of the values"
