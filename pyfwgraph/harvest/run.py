"""Runs: the same value over consecutive releases becomes one, with a beginning and an end."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pyfwgraph.harvest.history import Release

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Run(Generic[T]):
    """One value and the releases that it holds for; `until` is None where it holds for the newest one."""

    value: T
    since: Release
    until: Release | None


def find_runs(releases: Sequence[Release], values: Sequence[Collection[T]], whole: Sequence[bool]) -> list[Run[T]]:
    """Give the runs of values over releases in order.

    Args:
        releases: By order.
        values: For each release its values.
        whole: For each release whether all its values could be read. One that could not breaks no run;
            a run that is not taken up again ends with the last release that declares it.

    Returns:
        Sorted by the first release; values of one release in their own order.
    """
    runs: list[Run[T]] = []
    open_runs: dict[T, tuple[Release, Release]] = {}
    for release, held, is_whole in zip(releases, values, whole, strict=True):
        for value in dict.fromkeys(held):
            open_runs[value] = (open_runs[value][0] if value in open_runs else release, release)
        for value in [value for value in open_runs if is_whole and value not in held]:
            since, last = open_runs.pop(value)
            runs.append(Run(value, since, last))
    newest = releases[-1] if releases else None
    for value, (since, last) in open_runs.items():
        runs.append(Run(value, since, None if last is newest else last))
    return sorted(runs, key=lambda run: run.since.order)
