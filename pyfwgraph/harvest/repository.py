"""The repositories to read: `data/repositories.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyfwgraph.errors import DataError
from pyfwgraph.vocabulary import slug


@dataclass(frozen=True, slots=True)
class Repository:
    """One project and where its releases stand.

    Attributes:
        name: The project's own spelling.
        location: `owner/name` on GitHub of the project's own repository; empty where it has none there.
        copy: `owner/name` of somebody's copy, which is read instead; empty where the project's own can be had.
        role: `framework` or `component`.
        pypi: Name of its distribution; empty where it has none.
        former: Former names of the distribution.
        tag: Regular expression for the tags; empty for any prefix.
        version: How the version is made of the groups of `tag`; empty where it is the first one.
        ignored: Tags that look like versions and are none.
        folders: Folders of the manifest, the first that holds one counts.
        bumps: Files whose changes are releases, where the project does not tag.
        note: What a reader should know.
        given: Identifier, where it is not what the name makes.
    """

    name: str
    location: str = ""
    copy: str = ""
    role: str = "component"
    pypi: str = ""
    former: tuple[str, ...] = ()
    tag: str = ""
    ignored: tuple[str, ...] = ()
    folders: tuple[str, ...] = ("",)
    bumps: tuple[str, ...] = ()
    note: str = ""
    given: str = ""
    version: str = ""

    @property
    def slug(self) -> str:
        """Readable identifier.

        >>> Repository("repoze.bfg").slug
        'repoze-bfg'
        """
        return self.given or slug(self.name)

    @property
    def read(self) -> str:
        """What is read, as `owner/name`: the copy where there is one; empty where nothing can be."""
        return self.copy or self.location


def read_repositories(file: Path) -> tuple[Repository, ...]:
    """Give the repositories that a TOML file lists, in its order.

    Raises:
        DataError: The file is missing or wrong.
    """
    try:
        document = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}; give the folder of the data", file=file.name) from error
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"is not TOML: {error}", file=file.name) from error
    return tuple(_to_repository(table, file.name) for table in document.get("repository", []))


def _to_repository(table: dict[str, Any], file: str) -> Repository:
    known = {
        "name",
        "slug",
        "repository",
        "copy",
        "role",
        "pypi",
        "former_pypi",
        "tag",
        "version",
        "ignored",
        "folder",
        "folders",
        "bumps",
        "note",
    }
    if not isinstance(table.get("name"), str) or set(table) - known:
        wrong = ", ".join(sorted(set(table) - known)) or "no name"
        raise DataError(f"an entry is wrong ({wrong}); keys are {', '.join(sorted(known))}", file=file)
    folders = table.get("folders") or [table.get("folder", "")]
    return Repository(
        table["name"], table.get("repository", ""), table.get("copy", ""), table.get("role", "component"),
        table.get("pypi", ""),
        tuple(table.get("former_pypi", ())), table.get("tag", ""), tuple(table.get("ignored", ())), tuple(folders),
        tuple(table.get("bumps", ())), table.get("note", ""), table.get("slug", ""), table.get("version", ""),
    )  # fmt: skip
