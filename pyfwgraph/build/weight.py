"""Which of two sources counts: precedence, then age, then number.

The documentation of a project counts 2 for what it says of that project (`schema:about`); what it says of others is
worth as much as any other document's word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyfwgraph.corpus import Claim, iri
from pyfwgraph.vocabulary import PREFIXES, RDF_TYPE, compress_iri

_FWO = PREFIXES["fwo"]
_ABOUT = PREFIXES["schema"] + "about"
_DOCUMENTATION, _OTHERS, _LOWEST = 2, 3, 9


class Weights:
    """The precedence and date of each described source."""

    def __init__(self, descriptions: Iterable[Claim]) -> None:
        facts: dict[str, dict[str, str]] = defaultdict(dict)
        self._about: dict[str, set[str]] = defaultdict(set)
        for claim in descriptions:
            facts[claim.subject][claim.predicate] = claim.object
            if claim.predicate == _ABOUT:
                self._about[claim.subject].add(iri(claim.object))
        self._facts = facts
        self.described = frozenset(s for s, f in facts.items() if f.get(RDF_TYPE) == f"<{_FWO}Source>")

    def precedence(self, source: str, subject: str = "") -> int:
        """Give the precedence of a source, for what it says of a project where one is given: 1 counts most."""
        term = self._facts.get(source, {}).get(_FWO + "precedence")
        precedence = int(term.split('"')[1]) if term else _LOWEST
        is_others = subject.startswith(PREFIXES["fw"]) and subject not in self._about[source]
        return _OTHERS if precedence == _DOCUMENTATION and is_others else precedence

    def is_own(self, source: str, subject: str) -> bool:
        """Whether a source is a project's own repository or documentation."""
        return self.precedence(source, subject) < _OTHERS

    def date(self, source: str) -> str:
        """Give the date of the state that a source describes, empty where it is not known."""
        term = self._facts.get(source, {}).get(PREFIXES["dcterms"] + "issued")
        return term.split('"')[1] if term else ""

    def best(self, values: Mapping[str, Iterable[str]], subject: str) -> str:
        """Give the value that wins, of values of a subject with the sources that claim them."""
        return max(sorted(values), key=lambda value: self._key(values[value], subject))

    def strongest(self, sources: Iterable[str], subject: str) -> str:
        """Give the source that counts most for what it says of a subject."""
        return max(sorted(sources), key=lambda source: self._key([source], subject))

    def _key(self, sources: Iterable[str], subject: str) -> tuple[int, str, int]:
        best_precedence, date = self._strongest(sources, subject)
        return -best_precedence, date, len(list(sources))

    def _strongest(self, sources: Iterable[str], subject: str) -> tuple[int, str]:
        counts = {source: self.precedence(source, subject) for source in sources}
        precedence = min(counts.values())
        return precedence, max(self.date(source) for source, count in counts.items() if count == precedence)

    def explain(self, winners: Iterable[str], losers: Iterable[str], subject: str) -> str:
        """Say why some sources won over others in what they say of a subject."""
        won, lost = self._strongest(winners, subject), self._strongest(losers, subject)
        names = ", ".join(sorted(compress_iri(source) for source in winners))
        if won[0] != lost[0]:
            return f"precedence: {names} counts {won[0]}, against {lost[0]}"
        if won[1] != lost[1]:
            return f"newer: {names} of {won[1]}" + (f", against {lost[1]}" if lost[1] else ", against no date")
        return f"tie: {names}, by the number of sources or, failing that, the order of the values"
