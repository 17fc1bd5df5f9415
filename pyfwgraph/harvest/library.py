"""What scripts take from Python and from build tools: names whose value or effect is known without running anything."""

from __future__ import annotations

import ast
import json
import posixpath
import re
import shlex
import textwrap
from typing import Any

from pyfwgraph.harvest.condition import Test
from pyfwgraph.harvest.deadline import OutOfTime, deadline
from pyfwgraph.harvest.expression import items_of
from pyfwgraph.harvest.machine import Machine
from pyfwgraph.harvest.requirement import split_lines
from pyfwgraph.harvest.text import as_text
from pyfwgraph.harvest.value import (
    ABSENT,
    EXIT,
    HOLE,
    Chosen,
    Fact,
    Function,
    Known,
    Line,
    Module,
    Options,
    Pattern,
    Place,
    Scope,
    Stream,
    Unknown,
    lift,
)  # fmt: skip

Arguments = list[Any]
Named = dict[str, Any]
_PY3 = Chosen(Test("major", "==", "3"), True, False)
_PY2 = Chosen(Test("major", "==", "2"), True, False)
_PYPY = Test("platform_python_implementation", "==", "PyPy")
_LONGEST_SEARCHED = 200_000
_LONGEST_MATCH = 2.0
_RISKY = re.compile(r"\)\s*[*+{]|\\\d|\(\?P=")


def _open(machine: Machine, arguments: Arguments, named: Named) -> Any:
    path = arguments[0] if arguments else named.get("name", named.get("file"))
    if isinstance(path, Place):
        path = path.path
    if not isinstance(path, str) or HOLE in path:
        return Unknown("a file whose name is computed")
    text = machine.read(path)
    return Stream(text, name=path) if isinstance(text, str) else text


def _join_path(machine: Machine, arguments: Arguments, named: Named) -> Any:
    parts = [
        as_text(part) for argument in arguments for part in ([argument] if not isinstance(argument, list) else argument)
    ]
    return Unknown("a computed path") if any(HOLE in part for part in parts) else posixpath.join("", *parts)


def _path(function: Any) -> Any:
    def call(machine: Machine, arguments: Arguments, named: Named) -> Any:
        texts = [as_text(argument) for argument in arguments[:1]]
        return function(texts[0]) if texts and HOLE not in texts[0] else Unknown("a computed path")

    return call


def _exists(machine: Machine, arguments: Arguments, named: Named) -> Any:
    path = as_text(arguments[0]) if arguments else HOLE
    return Unknown("whether a file exists") if HOLE in path else machine.tree.holds(machine.place(path))


def _list_folder(machine: Machine, arguments: Arguments, named: Named) -> Any:
    return list(machine.tree.names(machine.place(as_text(arguments[0]) if arguments else "")))


def _insert_path(machine: Machine, arguments: Arguments, named: Named) -> Any:
    machine.search += [path for path in arguments if isinstance(path, str) and path not in machine.search]
    return None


def _requirement_lines(machine: Machine, arguments: Arguments, named: Named) -> Any:
    path = as_text(arguments[0]) if arguments else as_text(named.get("filename"))
    text = machine.read(path) if HOLE not in path else Unknown("a computed path")
    return [Line(line) for line in split_lines(text)] if isinstance(text, str) else [text]


def _parse_lines(machine: Machine, arguments: Arguments, named: Named) -> Any:
    held = arguments[0] if arguments else ""
    if isinstance(held, str):
        return [Line(line) for line in split_lines(held)]
    return [Line(item.strip()) if isinstance(item, str) else item for item in items_of(held)]


def _regular(name: str) -> Any:
    def call(machine: Machine, arguments: Arguments, named: Named) -> Any:
        return lift(lambda *values: _match(machine, name, list(values), named), *arguments)

    return call


def _match(machine: Machine, name: str, arguments: Arguments, named: Named) -> Any:
    pattern = arguments[0] if arguments else None
    if isinstance(pattern, Pattern):
        arguments, pattern = [pattern.text, *arguments[1:], pattern.flags], pattern.text
    flags = next((a for a in [*arguments[2:], *named.values()] if isinstance(a, int)), 0)
    texts = [a for a in arguments[1:] if isinstance(a, str)]
    if not isinstance(pattern, str) or not texts or _is_risky(pattern, texts[-1]):
        return Unknown(f"re.{name}()")
    try:
        compiled = re.compile(pattern, flags & ~re.DEBUG)
        with deadline(_LONGEST_MATCH):
            result = getattr(compiled, name)(*texts)
    except (OutOfTime, re.error, TypeError, IndexError, RecursionError, OverflowError):
        return Unknown(f"re.{name}()")
    if result is None and machine.trying == 0:
        return None
    return result


def _is_risky(pattern: str, text: str) -> bool:
    greedy = len(re.findall(r"[*+]|\{\d*,", pattern))
    widest = max(map(len, text.split("\n")), default=0)
    return bool(_RISKY.search(pattern)) or greedy > 6 or len(text) > _LONGEST_SEARCHED or (greedy > 3 and widest > 4000)


def _compiled(machine: Machine, arguments: Arguments, named: Named) -> Any:
    pattern = arguments[0] if arguments else Unknown("re.compile()")
    flags = next((a for a in [*arguments[1:], *named.values()] if isinstance(a, int)), 0)
    return Pattern(pattern, flags) if isinstance(pattern, str) else Unknown("re.compile()")


def match_pattern(machine: Machine, pattern: Pattern, name: str, arguments: Arguments) -> Any:
    """Give what a method of a compiled regular expression gives."""
    return lift(lambda *values: _match(machine, name, [pattern.text, *values, pattern.flags], {}), *arguments)


def _load(machine: Machine, arguments: Arguments, named: Named) -> Any:
    held = arguments[0] if arguments else None
    text = held.text if isinstance(held, Stream) else held
    try:
        return json.loads(text) if isinstance(text, str) else Unknown("json.loads()")
    except (ValueError, RecursionError):
        return Unknown("json.loads()")


def _literal(machine: Machine, arguments: Arguments, named: Named) -> Any:
    text = arguments[0] if arguments else None
    if not isinstance(text, str) or len(text) > 10_000 or HOLE in text:
        return Unknown("ast.literal_eval()")
    try:
        return ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return Unknown("ast.literal_eval()")


def _load_source(machine: Machine, arguments: Arguments, named: Named) -> Any:
    path = as_text(arguments[1]) if len(arguments) > 1 else HOLE
    scope = machine.run_file(path, Scope({})) if HOLE not in path else None
    return dict(scope.names) if scope else Unknown("a module loaded by its path")


def _run_path(machine: Machine, arguments: Arguments, named: Named) -> Any:
    path = as_text(arguments[0]) if arguments else HOLE
    scope = machine.run_file(path, Scope({})) if HOLE not in path else None
    return dict(scope.names) if scope else Unknown("runpy.run_path()")


def _setup(machine: Machine, arguments: Arguments, named: Named) -> Any:
    machine.setups.append(named)
    return None


def _chain(machine: Machine, arguments: Arguments, named: Named) -> Any:
    return [item for argument in arguments for item in items_of(argument)]


def _chain_from(machine: Machine, arguments: Arguments, named: Named) -> Any:
    return [item for part in items_of(arguments[0] if arguments else []) for item in items_of(part)]


def _mapping(machine: Machine, arguments: Arguments, named: Named) -> Any:
    if not arguments or not isinstance(arguments[-1], dict | list | tuple):
        return dict(named)
    held = arguments[-1]
    pairs = held.items() if isinstance(held, dict) else [p for p in held if isinstance(p, tuple | list) and len(p) == 2]
    return {key: value for key, value in pairs if isinstance(key, str | int | tuple)} | named


def _fact(variable: str) -> Any:
    return lambda machine, arguments, named: Fact(variable)


def _given(value: Any) -> Any:
    return lambda machine, arguments, named: value


def _first(machine: Machine, arguments: Arguments, named: Named) -> Any:
    return arguments[0] if arguments else None


def _dedent(machine: Machine, arguments: Arguments, named: Named) -> Any:
    return (
        textwrap.dedent(arguments[0]) if arguments and isinstance(arguments[0], str) else Unknown("textwrap.dedent()")
    )


def _words(machine: Machine, arguments: Arguments, named: Named) -> Any:
    text = arguments[0] if arguments else None
    try:
        return shlex.split(text) if isinstance(text, str) and HOLE not in text else Unknown("shlex.split()")
    except ValueError:
        return Unknown("shlex.split()")


_VALUES: dict[str, Any] = {
    "sys.version_info": Fact("version_info"), "sys.version": Fact("version"), "sys.hexversion": Fact("hexversion"),
    "sys.platform": Fact("sys_platform"), "os.name": Fact("os_name"), "sys.maxsize": 2**63 - 1, "sys.maxint": 2**63 - 1,
    "sys.implementation.name": Fact("implementation_name"), "os.sep": "/", "os.path.sep": "/", "os.linesep": "\n",
    "os.curdir": ".", "os.pardir": "..", "six.PY3": _PY3, "six.PY2": _PY2,
    "sys.builtin_module_names": ("sys", Chosen(_PYPY, "__pypy__", ABSENT)),
    "re.M": 8, "re.MULTILINE": 8, "re.S": 16, "re.DOTALL": 16, "re.I": 2, "re.IGNORECASE": 2, "re.X": 64, "re.VERBOSE": 64,
    "re.U": 32, "re.UNICODE": 32,
}  # fmt: skip
_CALLS: dict[str, Any] = {
    "io.open": _open, "codecs.open": _open, "os.path.join": _join_path, "os.path.dirname": _path(posixpath.dirname),
    "os.path.basename": _path(posixpath.basename), "os.path.normpath": _path(lambda p: p), "os.path.split": _path(
        lambda p: tuple(posixpath.split(p))), "os.path.splitext": _path(lambda p: tuple(posixpath.splitext(p))),
    "os.path.abspath": _path(lambda p: p), "os.path.realpath": _path(lambda p: p), "os.path.expanduser": _path(lambda p: p),
    "os.path.relpath": _path(lambda p: p), "os.path.exists": _exists, "os.path.isfile": _exists, "os.path.isdir": _exists,
    "os.path.lexists": _exists, "os.getcwd": _given(""), "os.chdir": _given(None), "os.listdir": _list_folder,
    "os.environ.get": lambda m, a, n: a[1] if len(a) > 1 else None, "os.getenv": lambda m, a, n: a[1] if len(a) > 1 else None,
    "sys.path.insert": _insert_path, "sys.path.append": _insert_path, "sys.exit": _given(EXIT), "os._exit": _given(EXIT),
    "os.environ.setdefault": _given(None), "os.environ.pop": _given(None),
    "pathlib.Path": lambda m, a, n: Place(as_text(a[0]) if a else ""), "pathlib.PurePath": lambda m, a, n: Place(as_text(a[0])),
    "platform.system": _fact("platform_system"), "platform.machine": _fact("platform_machine"),
    "platform.python_implementation": _fact("platform_python_implementation"), "os.fspath": _first,
    "platform.python_version": _fact("python_version"), "json.load": _load, "json.loads": _load,
    "ast.literal_eval": _literal, "imp.load_source": _load_source, "runpy.run_path": _run_path, "re.compile": _compiled,
    "itertools.chain": _chain, "itertools.chain.from_iterable": _chain_from, "textwrap.dedent": _dedent,
    "collections.OrderedDict": _mapping, "collections.defaultdict": _mapping, "copy.copy": _first, "copy.deepcopy": _first,
    "pkg_resources.parse_requirements": _parse_lines, "inspect.cleandoc": _dedent, "inspect.currentframe": _given(None),
    "inspect.getfile": _given("setup.py"), "inspect.getsourcefile": _given("setup.py"), "warnings.warn": _given(None),
    "shlex.split": _words,
    "sys.stderr.write": _given(None), "sys.stdout.write": _given(None), "sys.setrecursionlimit": _given(None),
}  # fmt: skip
_CALLS |= {
    f"{module}.{name}": lambda machine, arguments, named: Options()
    for module in ("configparser", "ConfigParser")
    for name in ("ConfigParser", "RawConfigParser", "SafeConfigParser")
}
_CALLS |= {f"re.{name}": _regular(name) for name in ("search", "match", "findall", "sub", "split", "fullmatch")}
_CALLS |= {
    f"{module}.parse_requirements": _requirement_lines
    for module in ("pip.req", "pip._internal.req", "pip._internal.req.req_file", "pip._internal", "pip.req.req_file")
}
_CALLS |= {
    f"{module}.setup": _setup
    for module in ("setuptools", "distutils.core", "numpy.distutils.core", "skbuild", "ez_setup", "paver.setuputils",
                   "paver.easy", "distutils2.core", "packaging.core", "setuptools_rust", "mypyc.build")
}  # fmt: skip


def look_up(name: str) -> Any:
    """Give what a dotted name of a library stands for; a module where it is not known."""
    if name in _VALUES:
        return _VALUES[name]
    if name in _CALLS:
        return Known(name, _CALLS[name])
    if name == "sys.argv":
        return ["setup.py"]
    if name == "os.environ":
        return {}
    if name == "sys.modules":
        return {"setuptools": Module("setuptools")}
    return Module(name)


def is_class_of(value: Any, name: str) -> bool:
    """Tell whether a value is of the built-in class of that name."""
    kinds: dict[str, Any] = {
        "str": str, "basestring": str, "unicode": str, "bytes": bytes, "list": list, "tuple": tuple,
        "dict": dict, "int": int, "set": set, "Function": Function,
    }  # fmt: skip
    return name in kinds and isinstance(value, kinds[name])
