"""One declared requirement, and the texts that hold requirements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from packaging.markers import InvalidMarker, Marker
from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Parsed
from packaging.utils import canonicalize_name

_NAME = re.compile(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(.*)$", re.DOTALL)
_EGG = re.compile(r"#egg=([A-Za-z0-9._-]+?)(?:-(\d[\w.]*))?(?:&|$)")
_EXTRA = re.compile(r'(?:(.*) and )?extra == "([^"]+)"')
_INSIDE = re.compile(r"\([^()]*\)")
_COMMENT = re.compile(r"(^|\s+)#.*$")
HOLE = "\ufffe"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement as a manifest declares it.

    Attributes:
        distribution: Name as written.
        specifier: Versions as written, without blanks around; `@ URL` for a direct reference.
        marker: Environment marker, quotes and blanks in one form.
        extra: Extra of the project that it belongs to; empty for a requirement at run time.
        parts: Extras of the distribution that it asks for, sorted.
        condition: In the script's words, a condition that no marker can say.
        is_open: Whether its versions are computed and cannot be read.
    """

    distribution: str
    specifier: str = ""
    marker: str = ""
    extra: str = ""
    parts: tuple[str, ...] = ()
    condition: str = ""
    is_open: bool = False

    @property
    def key(self) -> str:
        """Name by which distributions are the same.

        >>> Requirement("Zope.Interface").key
        'zope-interface'
        """
        return canonicalize_name(self.distribution)


def parse_requirement(text: str) -> Requirement | None:
    """Give the requirement that a line declares; None where it names no distribution.

    Specifiers older than PEP 440 are kept as written.

    >>> parse_requirement("requests[socks] >=2.0 ; python_version<'3'")
    Requirement(distribution='requests', specifier='>=2.0', marker='python_version < "3"', extra='', parts=('socks',), condition='', is_open=False)
    """
    text = _COMMENT.sub("", text).strip().rstrip(",\\").strip()
    if not text or len(text) > 2000 or text[0] in "-#":
        return None
    if "://" in text.partition(" ")[0] or text.startswith(("git+", "./", "file:")):
        return _parse_link(text)
    try:
        parsed = Parsed(text)
    except (InvalidRequirement, RecursionError):
        return _parse_old(text)
    written = _NAME.match(text)
    specifier = written.group(3).partition(";")[0].strip().strip("()").strip() if written else str(parsed.specifier)
    specifier = f"@ {parsed.url}" if parsed.url else specifier
    marker = str(parsed.marker) if parsed.marker else ""
    return Requirement(parsed.name, _closed(specifier), marker, parts=tuple(sorted(parsed.extras)))


def _parse_old(text: str) -> Requirement | None:
    body, _, marker = text.partition(";")
    match = _NAME.match(body)
    if match is None:
        return None
    name, parts, specifier = match.groups()
    specifier = specifier.strip().strip("()").strip()
    if specifier and specifier[0] not in "<>=!~" and HOLE not in specifier:
        return None
    if HOLE in specifier:
        specifier = ""
    extras = tuple(sorted(part.strip() for part in (parts or "").split(",") if part.strip()))
    return Requirement(name, _closed(specifier), to_marker_text(marker), parts=extras)


def _parse_link(text: str) -> Requirement | None:
    link, _, marker = text.partition(" ;") if " ;" in text else text.partition("; ")
    egg = _EGG.search(link)
    return Requirement(egg.group(1), f"@ {link.strip()}", to_marker_text(marker)) if egg else None


def to_marker_text(text: str) -> str:
    """Give a marker in one form of quotes and blanks; empty where it is none.

    >>> to_marker_text("python_version<'3'"), to_marker_text("nonsense")
    ('python_version < "3"', '')
    """
    try:
        return str(Marker(text)) if text.strip() else ""
    except (InvalidMarker, RecursionError):
        return ""


def with_marker(requirement: Requirement, marker: str) -> Requirement:
    """Give the requirement under a further marker."""
    if not marker or marker == requirement.marker:
        return requirement
    if not requirement.marker:
        return replace(requirement, marker=marker)
    both = " and ".join(f"({part})" if " or " in part else part for part in (requirement.marker, marker))
    return replace(requirement, marker=both)


def split_extra(requirement: Requirement) -> Requirement:
    """Give a requirement whose marker names an extra as one of that extra.

    >>> split_extra(Requirement("lid", marker='python_version < "3" and extra == "cup"')).extra
    'cup'
    """
    match = _EXTRA.fullmatch(requirement.marker)
    if match is None or " or " in _INSIDE.sub("", requirement.marker):
        return requirement
    return replace(requirement, marker=to_marker_text(match.group(1) or ""), extra=match.group(2))


def split_lines(text: str) -> Iterator[str]:
    """Give the requirement lines of a requirements file: joined where they go on, without comments and options."""
    for line in text.replace("\\\n", " ").splitlines():
        line = _COMMENT.sub("", line).strip()
        if line.startswith(("-e ", "--editable")):
            line = line.partition("=" if line.startswith("--editable=") else " ")[2].strip()
        line = re.split(r"\s--(?:hash|global-option|install-option)", line)[0].strip()
        if line and not line.startswith("-"):
            yield line


def included_files(text: str) -> list[str]:
    r"""Give the files that a requirements file includes by `-r`.

    >>> included_files("-r base.txt\nflask")
    ['base.txt']
    """
    found = (re.match(r"\s*(?:-r|--requirement)[\s=]*([^\s#]+)", line) for line in text.splitlines())
    return [match.group(1) for match in found if match]


def _closed(specifier: str) -> str:
    return specifier if specifier.startswith("@") else "".join(specifier.split())
