"""Which licences a text holds, by the words that each begins with, and what notices say of later versions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BEGINNINGS = [(identifier, re.compile(words)) for identifier, words in (
    ("GNU", r"gnu (?P<kind>affero |lesser |library )?general public license.{0,80}?version (?P<version>\d(?:\.\d)?)"),
    ("GNU", r"licensed under the (?P<kind>[al])?gpl(?: license)?,? ?v?(?:ersion )?(?P<version>\d(?:\.\d)?)"),
    ("MPL-2.0", r"mozilla public license,? ?(?:version|v\.) 2\.0"),
    ("MPL-1.1", r"mozilla public license,? ?(?:version|v\.) 1\.1"),
    ("Apache-2.0", r"apache license,? ?\(?version 2\.0"),
    ("ZPL-2.1", r"zope public license \(zpl\) version 2\.1"),
    ("ZPL-2.0", r"zope public license \(zpl\) version 2\.0"),
    ("Python", r"python software foundation license version 2"),
    ("AFL-2.1", r"academic free license,? ?(?:version|v\.) ?2\.1"),
    ("Zlib", r"this software is provided 'as-is', without any express or implied warranty"),
    ("Unlicense", r"this is free and unencumbered software released into the public domain"),
    ("ISC", r"permission to use, copy, modify, and(?:/or)? distribute this software for any purpose"),
    ("MIT", r"permission is hereby granted, free of charge"),
    ("BSD", r"redistribution and use in source and binary forms"),
)]  # fmt: skip
_BSD = [
    ("BSD-4-Clause", "all advertising materials mentioning"),
    ("BSD-3-Clause-Modification", "if any files are modified, you must cause the modified files to carry"),
    ("BSD-3-Clause", "endorse or promote"),
    ("BSD-2-Clause", "redistributions in binary form"),
]
_FULL_GNU = "everyone is permitted to copy and distribute verbatim copies"
_CHOICE = re.compile(r"\bis dual[- ]licensed|may be used under the terms of either")
_LATER = re.compile(
    r"gnu (?P<kind>affero |lesser |library )?general public license.{0,60}?version (?P<version>\d(?:\.\d)?)"
    r"(?:(?: of the license)?,? or \(at your option\) any later version| or later)"
)
_KINDS = {"": "GPL", "a": "AGPL", "affero": "AGPL", "l": "LGPL", "lesser": "LGPL", "library": "LGPL"}
_REST_OF_ZPL = 900


@dataclass(frozen=True, slots=True)
class Held:
    """The licences that a text holds, as SPDX identifiers.

    Attributes:
        offered: Those it puts its software under: the first one, or all where it says that one may choose.
        others: The others, which may be for parts only.
    """

    offered: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def read_licences(text: str) -> Held:
    r"""Give the licences that the text of a licence file holds; none where it is none of the usual ones.

    >>> read_licences("Apache License\n Version 2.0, January 2004").offered
    ('Apache-2.0',)
    """
    plain = _plain(text)
    found = tuple(dict.fromkeys(_find(plain)))
    if not found or not found[0]:
        return Held()
    named = tuple(identifier for identifier in found if identifier)
    return Held(named) if _CHOICE.search(plain) else Held(named[:1], named[1:])


def read_later(text: str) -> frozenset[str]:
    """Give the GNU licences that a notice offers in a version or any later one, outside the licences' own texts.

    >>> sorted(read_later("under the terms of the GNU General Public License as published by the Free Software "
    ...     "Foundation, either version 3 of the License, or (at your option) any later version."))
    ['GPL-3.0-or-later']
    """
    notice = _plain(text).partition(_FULL_GNU)[0]
    return frozenset(_gnu(match) + "-or-later" for match in _LATER.finditer(notice))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[*#>]", " ", text[:40_000]).lower().replace("“", '"').replace("”", '"').split())


def _find(plain: str) -> Iterator[str]:
    """Give an identifier for each beginning; empty where what follows is no licence of SPDX."""
    marks = [(identifier, match) for identifier, pattern in _BEGINNINGS for match in pattern.finditer(plain)]
    marks.sort(key=lambda mark: mark[1].start())
    ends = [match.start() for _, match in marks[1:]] + [len(plain)]
    before, place = "", 0
    for (identifier, match), end in zip(marks, ends, strict=False):
        start = match.start()
        quoted = identifier == "GNU" == before and _FULL_GNU in plain
        if quoted or (identifier == "BSD" and before.startswith("ZPL") and start - place < _REST_OF_ZPL):
            continue
        yield _identify(identifier, match, plain[start:end], plain)
        before, place = identifier, start


def _identify(identifier: str, match: re.Match[str], section: str, plain: str) -> str:
    match identifier:
        case "GNU":
            return _gnu(match) + "-only"
        case "BSD":
            return next((identifier for identifier, words in _BSD if words in section), "")
        case "Python":
            return "Python-2.0" if "beopen python open source license agreement" in plain else "PSF-2.0"
        case "ISC" if "provided that" not in section:
            return "0BSD"
        case "MIT" if "remotely through a computer network" in section:
            return ""
    return identifier


def _gnu(match: re.Match[str]) -> str:
    version = match["version"] if "." in match["version"] else match["version"] + ".0"
    return f"{_KINDS[(match['kind'] or '').strip()]}-{version}"
