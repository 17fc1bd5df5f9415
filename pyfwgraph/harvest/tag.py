"""Names of tags, and the versions in them."""

from __future__ import annotations

import re

from packaging.version import InvalidVersion, Version

_DROPPED = re.compile(r"(^|[/_-])(debian\w*|centos|backups?|archive|test|wip)([/_-]|$)", re.IGNORECASE)
_VERSION = re.compile(r"(?:^|(?<=[^0-9A-Za-z.]))v{0,2}\.?(\d.*)$", re.IGNORECASE)
_SEPARATED = re.compile(r"\d+(?:-\d+)+(?:-?(?:a|b|c|rc|alpha|beta)\d*)?", re.IGNORECASE)
_PATCH = re.compile(r"(?<=\d)p(?=\d+$)", re.IGNORECASE)
_RELEASE_WORD = re.compile(r"[-_.]?(?:release|final)$", re.IGNORECASE)


def read_version(tag: str, *, pattern: str = "", version: str = "") -> str | None:
    r"""Give the version that a tag names, as it is written there; None where it names none by PEP 440.

    Prefixes fall away; underscores, and hyphens where there is no point, become points; a patch level becomes a
    post-release.
    Tags of distributors and backups name none.

    Args:
        tag: Name of the tag, without `refs/tags/`.
        pattern: Regular expression that the whole tag must match; its first group, where it has
            one, is the version. Without it every prefix that ends before a digit falls away.
        version: How the version is made of the groups, where the first group is not all of it.

    >>> read_version("v3.1.0"), read_version("rel_1_4_0b1"), read_version("Zope-2-8-0-a1"), read_version("R-2.0.2")
    ('3.1.0', '1.4.0b1', '2.8.0a1', '2.0.2')
    >>> read_version("v20200329.1", pattern=r"v(?:1\.)?(\d{8}\.\d+)", version=r"1.\1")
    '1.20200329.1'
    >>> read_version("v0.8.4p2")
    '0.8.4.post2'
    >>> read_version("debian/3.20.1-1"), read_version("0.12.x"), read_version("1.0-py26")
    (None, None, None)
    """
    text = _strip_prefix(tag, pattern, version)
    if text is None:
        return None
    text = _PATCH.sub(".post", _RELEASE_WORD.sub("", text.replace("_", ".")))
    if _SEPARATED.fullmatch(text):
        text = re.sub(r"[-.]+([a-z])", r"\1", text.lower().replace("-", "."))
    return text if to_version(text) else None


def to_version(text: str) -> Version | None:
    """Give the version for sorting and comparing; None where the text is none by PEP 440.

    >>> to_version("1.0alpha3") < to_version("1.0")
    True
    """
    try:
        return Version(text)
    except InvalidVersion:
        return None


def _strip_prefix(tag: str, pattern: str, version: str) -> str | None:
    if pattern:
        match = re.fullmatch(pattern, tag)
        return match.expand(version or (r"\1" if match.re.groups else r"\g<0>")) if match else None
    if _DROPPED.search(tag):
        return None
    match = _VERSION.search(tag) if "/" not in tag else None
    if match is None:
        glued = re.fullmatch(r"[A-Za-z]+[-_.]?(\d.*)", tag)
        return glued.group(1) if glued else None
    return match.group(1)
