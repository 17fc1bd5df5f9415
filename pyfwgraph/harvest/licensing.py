"""What a release is licensed under, by its files, classifiers and metadata together, and where these disagree.

A licence file counts most: its text is what its readers are given. Metadata and classifiers say whether a further
licence in it is one to choose or of a part only, and whether later versions of a GNU licence hold too.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

from pyfwgraph.harvest.history import Release
from pyfwgraph.harvest.licence import Named, name, read_classifier, read_expression, read_words, write_classifier

_Licences = tuple[Named, ...]


def find_identifiers(release: Release) -> tuple[str, ...]:
    """Give the SPDX identifiers of all licences of a release; none where no one is certain."""
    named = _identifiers((*_by_words(release), *_by_classifiers(release)))
    later = {*release.licences.later, *(one for one in named if one.endswith("-or-later"))}
    return tuple(dict.fromkeys(_extend(one, later) for one in _find_certain(release)))


def _find_certain(release: Release) -> tuple[str, ...]:
    by_file, words, classes = _by_file(release), _by_words(release), _by_classifiers(release)
    exact = _identifiers(words)
    if by_file:
        is_whole = _is_expression(release) and not _contradict(by_file, words, partly=True)
        return exact if exact and is_whole else _identifiers(by_file)
    single = len(classes) == 1 and not release.licences.is_unknown
    return exact or (_identifiers(classes) if single else ())


def find_expression(release: Release) -> str:
    """Give the SPDX expression of the metadata as written, where it says more than one identifier; else empty."""
    return release.declaration.licence or "" if _is_expression(release) else ""


def find_words(release: Release) -> str:
    """Give what the metadata, else the classifiers, call the licence, where no identifier is certain; else empty."""
    if find_identifiers(release) or find_expression(release):
        return ""
    return release.declaration.licence or _write_classifiers(release)


def find_disagreement(release: Release) -> tuple[str, str, str]:
    """Give the licence by file, by classifiers and by metadata, where two of them contradict each other; else empty.

    An identifier is given where it is certain, else the words. What is only less precise contradicts nothing.
    """
    by_file, classes, words = _by_file(release), _by_classifiers(release), _by_words(release)
    whole = _is_expression(release)
    pairs = combinations(((by_file, whole), (classes, False), (words, False)), 2)
    if not any(_contradict(one, other, partly=partly) for (one, partly), (other, _) in pairs):
        return "", "", ""
    written = ", ".join(_identifiers(words)) if all(one.identifier for one in words) and not whole else ""
    files = ", ".join(_extend(one, release.licences.later) for one in _identifiers(by_file))
    return files, _write_classifiers(release), written or release.declaration.licence or ""


def _by_file(release: Release) -> _Licences:
    """Give the licences that the files offer, and the others in them that only metadata or classifiers name."""
    held = release.licences.held
    found = [name(one) for one in held.offered]
    for one in (*_by_words(release), *_by_classifiers(release)):
        if found and not any(one.agrees(other) for other in found):
            found += [other for other in map(name, held.others) if other.agrees(one)][:1]
    return tuple(found)


def _by_words(release: Release) -> _Licences:
    return read_words(release.declaration.licence) if release.declaration.licence else ()


def _by_classifiers(release: Release) -> _Licences:
    found = (one for text in release.declaration.classifiers or () for one in read_classifier(text))
    return tuple(dict.fromkeys(found))


def _write_classifiers(release: Release) -> str:
    texts = release.declaration.classifiers or ()
    known = ((read_classifier(text), write_classifier(text)) for text in texts)
    return ", ".join(named[0].identifier or text if named else text for named, text in known)


def _is_expression(release: Release) -> bool:
    expression = read_expression(release.declaration.licence or "")
    return " " in expression or expression.startswith("LicenseRef-")


def _identifiers(licences: _Licences) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.identifier for one in licences if one.identifier))


def _contradict(left: _Licences, right: _Licences, *, partly: bool) -> bool:
    """Tell whether one side names a licence that the other does not; with `partly` the left may name fewer."""
    if not left or not right:
        return False
    missing = [one for one in left if not any(one.agrees(other) for other in right)]
    if not partly:
        missing += [one for one in right if not any(one.agrees(other) for other in left)]
    return bool(missing)


def _extend(identifier: str, later: Collection[str]) -> str:
    """Give an identifier for later versions too, where something says so of its version or, for LGPL 2.1, of 2."""
    own = name(identifier)
    known = any(one.agrees(own) and one.version <= own.version for one in map(name, later))
    return identifier.removesuffix("-only") + "-or-later" if identifier.endswith("-only") and known else identifier
