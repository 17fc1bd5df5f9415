"""SPDX identifiers of licences: from the text of a licence file, a trove classifier, or a word in the metadata."""

from __future__ import annotations

import re

_PHRASES: list[tuple[str, tuple[str, ...]]] = [
    ("AGPL-3.0-only", ("gnu affero general public license", "version 3")),
    ("LGPL-3.0-only", ("gnu lesser general public license", "version 3, 29 june 2007")),
    ("LGPL-2.1-only", ("gnu lesser general public license", "version 2.1")),
    ("LGPL-2.0-only", ("gnu library general public license", "version 2")),
    ("GPL-3.0-only", ("gnu general public license", "version 3, 29 june 2007")),
    ("GPL-2.0-only", ("gnu general public license", "version 2, june 1991")),
    ("MPL-2.0", ("mozilla public license", "2.0")),
    ("MPL-1.1", ("mozilla public license", "1.1")),
    ("Apache-2.0", ("apache license", "version 2.0")),
    ("ZPL-2.1", ("zope public license (zpl) version 2.1",)),
    ("ZPL-2.0", ("zope public license (zpl) version 2.0",)),
    ("Python-2.0", ("python software foundation license version 2",)),
    ("Unlicense", ("this is free and unencumbered software released into the public domain",)),
    ("ISC", ("permission to use, copy, modify, and/or distribute this software for any purpose",)),
    ("ISC", ("permission to use, copy, modify, and distribute this software for any purpose with or without fee",)),
    ("MIT", ("permission is hereby granted, free of charge", "the software is provided \"as is\"")),
    ("BSD-4-Clause", ("redistribution and use in source and binary forms", "all advertising materials mentioning")),
    ("BSD-3-Clause", ("redistribution and use in source and binary forms", "endorse or promote")),
    ("BSD-2-Clause", ("redistribution and use in source and binary forms", "redistributions in binary form")),
]  # fmt: skip
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
    "mit": "MIT", "mit license": "MIT", "the mit license": "MIT", "expat": "MIT", "mit licence": "MIT", "mit/x11": "MIT",
    "x11": "MIT", "http://www.opensource.org/licenses/mit-license.php": "MIT", "mit license (mit)": "MIT",
    "bsd-3-clause": "BSD-3-Clause", "new bsd": "BSD-3-Clause", "new bsd license": "BSD-3-Clause",
    "bsd 3-clause": "BSD-3-Clause", "3-clause bsd": "BSD-3-Clause", "modified bsd": "BSD-3-Clause",
    "modified bsd license": "BSD-3-Clause", "bsd 3-clause license": "BSD-3-Clause", "3-clause bsd license": "BSD-3-Clause",
    "revised bsd license": "BSD-3-Clause", "bsd-2-clause": "BSD-2-Clause", "simplified bsd": "BSD-2-Clause",
    "bsd 2-clause": "BSD-2-Clause", "simplified bsd license": "BSD-2-Clause",
    "apache 2": "Apache-2.0", "apache 2.0": "Apache-2.0", "apache-2.0": "Apache-2.0", "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0", "apache license version 2.0": "Apache-2.0",
    "apache license v2.0": "Apache-2.0", "apache2": "Apache-2.0", "apachev2": "Apache-2.0", "apache software license 2.0":
    "Apache-2.0", "http://www.apache.org/licenses/license-2.0": "Apache-2.0", "asl 2.0": "Apache-2.0",
    "zpl 2.1": "ZPL-2.1", "zpl-2.1": "ZPL-2.1", "zpl 2.0": "ZPL-2.0", "zpl2.1": "ZPL-2.1", "zope public license 2.1": "ZPL-2.1",
    "gplv2": "GPL-2.0-only", "gplv3": "GPL-3.0-only", "gpl v2": "GPL-2.0-only", "gpl v3": "GPL-3.0-only", "gpl-3.0":
    "GPL-3.0-only", "gpl-2.0": "GPL-2.0-only", "lgplv3": "LGPL-3.0-only", "lgpl v3": "LGPL-3.0-only", "lgpl-3.0":
    "LGPL-3.0-only", "lgpl-2.1": "LGPL-2.1-only", "lgplv2.1": "LGPL-2.1-only", "agplv3": "AGPL-3.0-only",
    "agpl-3.0": "AGPL-3.0-only", "mpl 2.0": "MPL-2.0", "mpl-2.0": "MPL-2.0", "isc": "ISC", "isc license": "ISC",
    "psf": "PSF-2.0", "python-2.0": "Python-2.0", "psf-2.0": "PSF-2.0", "unlicense": "Unlicense", "cc0-1.0": "CC0-1.0",
    "0bsd": "0BSD", "mit-0": "MIT-0", "gpl-2.0-or-later": "GPL-2.0-or-later", "gpl-2.0-only": "GPL-2.0-only",
    "gpl-3.0-or-later": "GPL-3.0-or-later", "lgpl-3.0-or-later": "LGPL-3.0-or-later", "agpl-3.0-or-later": "AGPL-3.0-or-later",
    "lgpl-2.1-or-later": "LGPL-2.1-or-later", "gpl-3.0-only": "GPL-3.0-only", "bsd-4-clause": "BSD-4-Clause",
}  # fmt: skip


def from_text(text: str) -> str | None:
    r"""Give the SPDX identifier of the text of a licence file; None where it is not one of the usual ones.

    >>> from_text("Apache License\\n Version 2.0, January 2004")
    'Apache-2.0'
    """
    plain = " ".join(re.sub(r"[*#>]", " ", text[:20_000]).lower().replace("“", '"').replace("”", '"').split())
    if plain.startswith("the majority of the code"):
        plain = plain.partition(" portions of ")[0]
    head = plain[:2500]
    for identifier, phrases in _PHRASES:
        searched = head if "GPL" in identifier or identifier in ("Apache-2.0", "MPL-2.0", "MPL-1.1") else plain
        if all(phrase in searched for phrase in phrases):
            return identifier
    return None


def from_classifier(classifier: str) -> str | None:
    """Give the SPDX identifier that a trove classifier names; None where it names a family only.

    >>> from_classifier("License :: OSI Approved :: MIT License"), from_classifier("License :: OSI Approved :: BSD License")
    ('MIT', None)
    """
    return _CLASSIFIERS.get(classifier.rpartition("::")[2].strip())


def from_word(word: str) -> str | None:
    """Give the SPDX identifier for what metadata calls the licence; None where it is ambiguous.

    >>> from_word("Apache 2.0"), from_word("BSD")
    ('Apache-2.0', None)
    """
    return _WORDS.get(" ".join(word.lower().split()).rstrip("."))
