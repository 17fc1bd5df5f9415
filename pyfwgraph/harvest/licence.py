"""What manifests call a licence: SPDX identifiers and expressions, and the family where the words say no more."""

from __future__ import annotations

import re
from dataclasses import dataclass

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

_CLASSIFIERS = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "GNU Lesser General Public License v2 (LGPLv2)": "LGPL-2.0-only",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "GNU Affero General Public License v3": "AGPL-3.0-only",
    "GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
_WORDS = {
    "mit license": "MIT", "the mit license": "MIT", "expat": "MIT", "mit licence": "MIT", "mit/x11": "MIT",
    "x11": "MIT", "http://www.opensource.org/licenses/mit-license.php": "MIT", "mit license (mit)": "MIT",
    "new bsd": "BSD-3-Clause", "new bsd license": "BSD-3-Clause", "(new) bsd": "BSD-3-Clause",
    "bsd 3-clause": "BSD-3-Clause", "3-clause bsd": "BSD-3-Clause", "modified bsd": "BSD-3-Clause",
    "modified bsd license": "BSD-3-Clause", "bsd 3-clause license": "BSD-3-Clause", "3-clause bsd license": "BSD-3-Clause",
    "revised bsd license": "BSD-3-Clause", "simplified bsd": "BSD-2-Clause",
    "bsd 2-clause": "BSD-2-Clause", "simplified bsd license": "BSD-2-Clause",
    "apache 2": "Apache-2.0", "apache 2.0": "Apache-2.0", "apache license 2": "Apache-2.0", "apache v2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0", "apache license, version 2.0": "Apache-2.0", "apache2": "Apache-2.0",
    "apache license version 2.0": "Apache-2.0", "apache license v2.0": "Apache-2.0", "apachev2": "Apache-2.0",
    "apache software license 2.0": "Apache-2.0", "http://www.apache.org/licenses/license-2.0": "Apache-2.0",
    "asl 2.0": "Apache-2.0", "zpl 2.1": "ZPL-2.1", "zpl 2.0": "ZPL-2.0", "zpl2.1": "ZPL-2.1",
    "zope public license 2.1": "ZPL-2.1", "mpl 2.0": "MPL-2.0", "isc license": "ISC", "psf": "PSF-2.0",
    "http://unlicense.org/unlicense": "Unlicense", "http://creativecommons.org/publicdomain/zero/1.0/": "CC0-1.0",
}  # fmt: skip
_GNU = re.compile(
    r"(?:gnu )?(?P<kind>[al])?gpl[- ]?(?:v|version )? ?(?P<version>[123](?:\.\d)?)"
    r"(?P<ending>-only|-or-later|\+| or (?:later|newer|above)| or any later version)?"
)
_EXACT_VERSIONS = ("GPL-1.0", "GPL-2.0", "GPL-3.0", "LGPL-2.1", "LGPL-3.0", "AGPL-3.0")
_FAMILIES = [
    ("AGPL", r"agpl|affero"),
    ("LGPL", r"lgpl|lesser general|library or lesser"),
    ("GPL", r"(?<![al])gpl|gnu general public|gnu public"),
    ("BSD", r"bsd|repoze"),
    ("MIT", r"\bmit\b|expat"),
    ("Apache", r"apache"),
    ("MPL", r"\bmpl\b|mozilla"),
    ("ZPL", r"\bzpl\b|zope"),
    ("Python", r"python software foundation|\bpsf\b"),
    ("ISC", r"\bisc\b"),
    ("AFL", r"academic free"),
    ("Zlib", r"\bzlib\b"),
    ("public domain", r"public domain|unlicense|\bcc0\b"),
]
_FAMILY_OF_PREFIX = {"PSF": "Python", "Unlicense": "public domain", "CC0": "public domain"}


@dataclass(frozen=True, slots=True)
class Named:
    """One licence as something names it.

    Attributes:
        family: Which licences it is one of, such as `GPL`; empty where the words tell none.
        version: Version, such as `2.1`; empty where none is named.
        identifier: SPDX identifier; empty where the words fit no one licence.
    """

    family: str
    version: str = ""
    identifier: str = ""

    def agrees(self, other: Named) -> bool:
        """Tell whether both can be the same licence: the same, or one of them less precise.

        >>> read_words("GPL")[0].agrees(read_words("GPL-3.0-only")[0])
        True
        >>> read_words("BSD-2-Clause")[0].agrees(read_words("BSD-3-Clause")[0])
        False
        """
        if self.family != other.family:
            return False
        if "GPL" in self.family:
            return not (self.version and other.version) or self._may_be(other) or other._may_be(self)
        return not (self.identifier and other.identifier) or self.identifier == other.identifier

    def _may_be(self, other: Named) -> bool:
        """Tell whether the versions are the same; version 2 of the LGPL is a way to say 2.0 or 2.1."""
        return self.version == other.version or (self.version == "2.0" and other.version == "2.1")


def name(identifier: str) -> Named:
    """Give the licence of an SPDX identifier.

    >>> name("LGPL-2.1-only")
    Named(family='LGPL', version='2.1', identifier='LGPL-2.1-only')
    """
    prefix, _, rest = identifier.partition("-")
    version = rest.partition("-")[0]
    return Named(_FAMILY_OF_PREFIX.get(prefix, prefix), version if version[:1].isdigit() else "", identifier)


def read_words(words: str) -> tuple[Named, ...]:
    """Give the licences that metadata name: all of an SPDX expression, else what the words fit; none where they fit none.

    >>> [one.identifier for one in read_words("Apache-2.0 OR BSD-2-Clause")]
    ['Apache-2.0', 'BSD-2-Clause']
    >>> read_words("Apache 2.0"), read_words("BSD")
    ((Named(family='Apache', version='2.0', identifier='Apache-2.0'),), (Named(family='BSD', version='', identifier=''),))
    """
    plain = " ".join(words.lower().split()).rstrip(".")
    if plain in _WORDS:
        return (name(_WORDS[plain]),)
    gnu = _GNU.fullmatch(plain)
    if gnu:
        return (_read_gnu(gnu),)
    expression = read_expression(words)
    if expression:
        parts = re.split(r" (?:AND|OR) ", re.sub(r" WITH \S+|[()]", "", expression))
        return tuple(dict.fromkeys(one for part in parts for one in _read_part(part)))
    return tuple(Named(family) for family in _find_families(plain))


def read_expression(words: str) -> str:
    """Give a licence by the SPDX specification in its canonical form; empty where the words are no expression.

    >>> read_expression("mit or Apache-2.0"), read_expression("BSD")
    ('MIT OR Apache-2.0', '')
    """
    try:
        return str(canonicalize_license_expression(words))
    except InvalidLicenseExpression:
        return ""


def read_classifier(classifier: str) -> tuple[Named, ...]:
    """Give the licence that a trove classifier names; none where it names none.

    >>> read_classifier("License :: OSI Approved :: MIT License")[0].identifier
    'MIT'
    >>> read_classifier("License :: OSI Approved :: BSD License"), read_classifier("License :: OSI Approved")
    ((Named(family='BSD', version='', identifier=''),), ())
    """
    text = write_classifier(classifier)
    if text in _CLASSIFIERS:
        return (name(_CLASSIFIERS[text]),)
    return tuple(Named(family) for family in _find_families(text.lower())[:1])


def write_classifier(classifier: str) -> str:
    """Give what a trove classifier calls the licence.

    >>> write_classifier("License :: OSI Approved :: BSD License"), write_classifier("License :: OSI Approved")
    ('BSD License', 'OSI Approved')
    """
    return classifier.removeprefix("License :: ").removeprefix("OSI Approved :: ").strip()


def _read_part(part: str) -> tuple[Named, ...]:
    gnu = _GNU.fullmatch(part.lower())
    if gnu:
        return (_read_gnu(gnu),)
    if part.startswith("LicenseRef-"):
        return tuple(Named(family) for family in _find_families(part.lower().replace("-", " ")))
    return (name(part),)


def _read_gnu(match: re.Match[str]) -> Named:
    family = f"{(match['kind'] or '').upper()}GPL"
    version = match["version"] if "." in match["version"] else match["version"] + ".0"
    ending = match["ending"] or ""
    exact = f"{family}-{version}"
    is_exact = exact in _EXACT_VERSIONS or ending.startswith("-")
    later = "-only" if ending in ("", "-only") else "-or-later"
    return Named(family, version, exact + later if is_exact else "")


def _find_families(words: str) -> tuple[str, ...]:
    return tuple(family for family, pattern in _FAMILIES if re.search(pattern, words))
