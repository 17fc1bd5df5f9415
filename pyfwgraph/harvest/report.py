"""What a harvest did: for each repository its releases, the declarations read, and failures with their reasons."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from pyfwgraph.harvest.history import History


@dataclass(frozen=True, slots=True)
class Line:
    """One repository in the report.

    Attributes:
        name: The project.
        location: `owner/name` of the repository that was read.
        commit: Newest commit; empty where the repository was not read.
        releases: Number of releases.
        read: Releases whose requirements are known, all of them.
        requirements: Requirements at run time, counted for each release.
        reasons: Why requirements are not known, with the number of releases.
        dropped: Tags that name no version.
        error: Why the repository was not read; empty where it was.
    """

    name: str
    location: str
    commit: str = ""
    releases: int = 0
    read: int = 0
    requirements: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    dropped: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All lines, in the order of the repositories asked for; `written` are the files that changed."""

    lines: tuple[Line, ...]
    written: tuple[str, ...] = ()

    def to_text(self) -> str:
        """Give the report as a table with the reasons below each repository.

        >>> print(Report((Line("Tea", "a/tea", "c0ffee", 3, 2, 5),)).to_text())
        project  releases  read  requirements
        Tea             3     2             5
        all             3     2             5
        """
        width = max([len(line.name) for line in self.lines] + [len("project")])
        rows = [f"{'project':{width}}  releases  read  requirements"]
        for line in self.lines:
            rows.append(f"{line.name:{width}}  {line.releases:8}  {line.read:4}  {line.requirements:12}")
            rows += [f"    {count} × {reason}" for reason, count in line.reasons]
            rows += [f"    not read: {line.error}"] if line.error else []
        sums = [sum(getattr(line, name) for line in self.lines) for name in ("releases", "read", "requirements")]
        rows.append(f"{'all':{width}}  {sums[0]:8}  {sums[1]:4}  {sums[2]:12}")
        return "\n".join(rows)

    def to_json(self) -> str:
        """Give the report as JSON."""
        return json.dumps([asdict(line) for line in self.lines], indent=1, ensure_ascii=False)


def to_line(history: History) -> Line:
    """Give the line of a repository that was read."""
    releases = history.releases
    reasons = Counter(problem for release in releases for problem in release.declaration.problems)
    return Line(
        history.repository.name,
        history.repository.read,
        history.commit,
        len(releases),
        sum(release.declaration.is_read for release in releases),
        sum(len(release.declaration.runtime or ()) for release in releases),
        tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
        history.dropped,
    )


def to_report(lines: Iterable[Line], written: Iterable[str]) -> Report:
    """Give the report."""
    return Report(tuple(lines), tuple(sorted(written)))
