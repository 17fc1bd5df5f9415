"""What a query may not ask, checked on its text before any engine parses it.

Deep nesting ends the engine's whole process (some 840 nested `EXISTS`, 2,200 nested groups), so depth and size are
bounded first. `SERVICE` calls out to the network, and updates have no place in a read-only dataset.
"""

from __future__ import annotations

from pyfwgraph.errors import QueryRefused

TYPE_CHECKING = False  # the module typing would cost a new process several milliseconds
if TYPE_CHECKING:
    import re

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 128
_passed: set[tuple[str, bool]] = set()
_MOST_PASSED = 256
_UPDATES = ("insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with")


def check_query(query: str, *, network: bool = False) -> None:
    """Refuse a query that is too long, nested too deep, calls out, or is an update.

    Args:
        query: SPARQL text.
        network: Whether `SERVICE` is allowed.

    Raises:
        QueryRefused: With what to do instead.

    >>> check_query("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    pyfwgraph.errors.QueryRefused: SERVICE asks another server, and the network is off: load(network=True) allows it
    """
    if (query, network) in _passed:
        return
    if len(query) > MAX_CHARACTERS:
        raise QueryRefused(f"the query has {len(query):,} characters, more than {MAX_CHARACTERS:,}: split it")
    text = _decode_escapes(query) if "\\u" in query or "\\U" in query else query
    openers = sum(map(text.count, "{([")) + text.count("<<") + text.count("!") + text.count("-")
    lowered = text.lower()
    suspicious = "service" in lowered and not network
    if openers > MAX_DEPTH or suspicious:
        skeleton = mask(text, names=True)
        _check_depth(skeleton)
        if suspicious and "service" in skeleton.lower():
            raise QueryRefused("SERVICE asks another server, and the network is off: load(network=True) allows it")
    if len(_passed) > _MOST_PASSED:
        _passed.clear()
    _passed.add((query, network))


def explain_update(query: str) -> None:
    """Refuse a text that the engine could not parse as a query because it is an update.

    Raises:
        QueryRefused: The first keyword after the prologue is that of an update.
    """
    words = mask(query, names=True).lower().split()
    while words and words[0] in ("prefix", "base"):
        words = words[1:]
    first = words[0].partition("{")[0] if words else ""
    if first == "load":
        raise QueryRefused(
            "LOAD fetches and is an update: the network is off (network=True allows SERVICE and FROM), and the dataset "
            "is read-only; save the document and open it with load(path)"
        )
    if first in _UPDATES:
        raise QueryRefused(
            f"{first.upper()} is an update, and the dataset is read-only: ask with SELECT, ASK, "
            "CONSTRUCT or DESCRIBE, or change a copy made by to_rdflib()"
        )


def from_clauses(query: str) -> tuple[str, ...]:
    """Give the IRIs or prefixed names after `FROM` and `FROM NAMED`, as written.

    >>> from_clauses("SELECT * FROM <http://a.example/> FROM NAMED src:x {}")
    ('<http://a.example/>', 'src:x')
    """
    if "from" not in query.lower():
        return ()
    import re

    found = []
    for match in re.finditer(r"\bfrom\s+(?:named\b)?", mask(query), re.IGNORECASE):
        name = re.match(r"\s*(<[^>]*>|[\w.-]*:[\w.:-]*)", query[_end_of_keyword(query, match) :])
        if name:
            found.append(name[1])
    return tuple(found)


def _end_of_keyword(query: str, match: re.Match[str]) -> int:
    """Where FROM or FROM NAMED ends: the mask has blanked the IRI behind it too, so blanks are no guide."""
    return match.start() + len(query[match.start() : match.end()].partition("<")[0])


def escape_dots(query: str) -> str:
    r"""Escape the dots in CURIEs with more than one: the engine's parser stumbles over `rel:flask-2.0.1`.

    >>> print(escape_dots("ASK { rel:flask-2.0.1 ?p ?o . ?s ?p '1.2.3' }"))
    ASK { rel:flask-2\.0\.1 ?p ?o . ?s ?p '1.2.3' }
    """
    if not any(":" in word and word.count(".") > 1 for word in query.split()):
        return query
    import re

    pattern = r"(?<![\w?$@:.\\-])[A-Za-z_][\w-]*:[\w%:-]+(?:\.+[\w%:-]+){2,}"
    pieces, end = [], 0
    for match in re.finditer(pattern, mask(query)):
        pieces += [query[end : match.start()], match[0].replace(".", "\\.")]
        end = match.end()
    return "".join([*pieces, query[end:]])


def _decode_escapes(query: str) -> str:
    import re

    def decode(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code < 0x110000 else ""

    return re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", decode, query)


_TEXTS = (
    r"#[^\n\r]*|<[^<>\"{}|^`\\\s]*>"
    r'|"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
)
_NAMES = (
    r"|[?$]\w+|@[A-Za-z]+(?:-[A-Za-z0-9]+)*"
    r"|(?<!\w)(?!\w*service:)[A-Za-z_][\w.-]*:[\w.:%\\-]*|(?<!\w):[\w.:%\\-]*"
)


def mask(query: str, *, names: bool = False) -> str:
    """Blank out strings, IRIs and comments of a query, at the same length; with `names` also variables and CURIEs.

    A prefix that ends in `service` stays, so that `trueSERVICE:x{}` cannot hide the keyword.

    >>> mask("ASK { ?s ?p 'SERVICE' } # SERVICE")
    'ASK { ?s ?p           }          '
    """
    import re

    return re.sub(_TEXTS + (_NAMES if names else ""), lambda m: " " * len(m[0]), query, flags=re.IGNORECASE)


def _check_depth(skeleton: str) -> None:
    depth = run = 0
    for character in skeleton:
        if character in "{([":
            depth += 1
        elif character in "})]":
            depth -= 1
        run = run + 1 if character in "!-+^" else 0 if not character.isspace() else run
        if max(depth, run) > MAX_DEPTH:
            raise QueryRefused(f"the query is nested more than {MAX_DEPTH} deep: ask it in several smaller queries")
