"""One release, and its place among the others of its project.

`packaging` orders versions; a version that it cannot read is ordered by its date, before those that it can.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from packaging.version import InvalidVersion, Version


@dataclass(frozen=True, slots=True)
class Release:
    """A release with what decides its place among others."""

    node: str
    project: str
    revision: str
    issued: str
    sources: frozenset[str]

    @property
    def version(self) -> Version | None:
        """The version, or None where it is not one that PEP 440 knows."""
        return _parse(self.revision)

    @property
    def is_final(self) -> bool:
        """Whether it is no pre-release, by its version."""
        version = self.version
        return version is None or not version.is_prerelease

    @property
    def key(self) -> tuple[bool, Version, str]:
        """Place in time, for sorting."""
        version = self.version
        return version is not None, version or Version("0"), lexical(self.issued)


@cache
def _parse(revision: str) -> Version | None:
    try:
        return Version(revision)
    except InvalidVersion:
        return None


def lexical(term: str) -> str:
    """Give the lexical form of a literal in N-Triples form, empty for an empty term."""
    return term.split('"')[1] if term else ""
