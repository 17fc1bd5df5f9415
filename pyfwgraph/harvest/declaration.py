"""What a manifest declares: name, required Python, licence, requirements, and what of it cannot be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from pyfwgraph.harvest.requirement import HOLE, Requirement

OPTIONAL = ("the extra ", "extras_require ")
"""How problems begin that leave the requirements at run time whole."""
_SECRET = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the manifests of one release declare; `None` where they say nothing.

    Attributes:
        manifest: Path of the file, or files, that declares the requirements; empty where there is none.
        name: Name of the distribution.
        version: Version, as written.
        python: Required Python, as a specifier.
        licence: Licence by the metadata, as written.
        classifiers: Trove classifiers of licences.
        runtime: Requirements at run time.
        optional: Requirements of extras.
        problems: What cannot be read, for a reader.
    """

    manifest: str = ""
    name: str | None = None
    version: str | None = None
    python: str | None = None
    licence: str | None = None
    classifiers: tuple[str, ...] | None = None
    runtime: tuple[Requirement, ...] | None = None
    optional: tuple[Requirement, ...] | None = None
    problems: tuple[str, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether the requirements at run time are known, all of them."""
        return bool(self.manifest) and all(problem.startswith(OPTIONAL) for problem in self.problems)

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """All requirements that were read."""
        return (self.runtime or ()) + (self.optional or ())


def fill(first: Declaration, second: Declaration) -> Declaration:
    """Give the first declaration with what only the second one says."""
    missing = {
        name: getattr(second, name)
        for name in ("name", "version", "python", "licence", "classifiers", "runtime", "optional")
        if getattr(first, name) is None or (name in ("runtime", "optional") and not getattr(first, name))
    }
    manifests = dict.fromkeys(part for part in (first.manifest, second.manifest) if part)
    problems = tuple(dict.fromkeys(first.problems + second.problems))
    return replace(first, manifest=", ".join(manifests), problems=problems, **missing)


def clean(text: object) -> str | None:
    """Give a short text without control characters; None where it is empty, not text or has unread parts."""
    if not isinstance(text, str) or HOLE in text:
        return None
    text = " ".join(_SECRET.sub(" ", text).split())
    return text if 0 < len(text) <= 300 else None


def clean_python(text: object) -> str | None:
    """Give a required Python as a specifier of PEP 440; None where it is none.

    Poetry's notation is put into PEP 440.

    >>> clean_python(">= 3.6"), clean_python("^3.6"), clean_python("~3.7"), clean_python("*")
    ('>=3.6', '>=3.6,<4.0', '>=3.7,<3.8', None)
    """
    text = clean(text)
    if text is None or text == "*":
        return None
    parts = [_from_caret(part.strip()) for part in text.split(",")]
    try:
        SpecifierSet(",".join(parts))
    except InvalidSpecifier:
        return None
    return ",".join("".join(part.split()) for part in parts if part)


def _from_caret(part: str) -> str:
    match = re.fullmatch(r"([\^~])\s*(\d+)(?:\.(\d+))?(\.\d+)*", part)
    if match is None:
        return f"=={part}" if re.fullmatch(r"\d[\d.]*(\.\*)?", part) else part
    version = part[1:].strip()
    major, minor = int(match.group(2)), match.group(3)
    if match.group(1) == "^" or minor is None:
        return f">={version},<{major + 1}.0"
    return f">={version},<{major}.{int(minor) + 1}"
