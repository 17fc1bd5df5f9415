"""The state of one reading of a script: its files, its modules, and a budget that ends everything."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyfwgraph.harvest.python2 import Unparsable, parse_script
from pyfwgraph.harvest.tree import Tree, UnreadableFile
from pyfwgraph.harvest.value import ABSENT, Module, Raised, Scope, Unknown, Unreadable

STEPS = 100_000
DEEPEST = 110
_MODULES = 40
_MODULE_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class Hands:
    """The evaluators that call each other through the machine."""

    run: Callable[[Machine, list[ast.stmt], Scope], None]
    assign: Callable[[Machine, ast.expr, Any, Scope], None]
    call: Callable[[Machine, ast.Call, Scope], Any]
    attribute: Callable[[Machine, Any, str], Any]
    imported: Callable[[Machine, Module], Any]
    builtin: Callable[[str], Any]


class Machine:
    """Reads scripts of one tree without running them.

    Args:
        tree: The files of the commit.
        folder: Folder of the script inside the tree; its paths are relative to it.
        hands: The evaluators.
    """

    def __init__(self, tree: Tree, folder: str, hands: Hands) -> None:
        self.tree, self.folder = tree, folder
        self.left, self.depth, self.trying = STEPS, 0, 0
        self.going_on = False
        self.search = ["", "src", "lib"]
        self.problems: list[str] = []
        self.active: dict[int, int] = {}
        self.endless: dict[int, ast.AST] = {}
        self.setups: list[Any] = []
        self.hands = hands
        self._paths: dict[tuple[str, int], str] = {}
        self._modules: dict[str, Scope | None] = {}

    def step(self) -> None:
        """Take one step of the budget.

        Raises:
            Unreadable: Nothing is left of it.
        """
        self.left -= 1
        if self.left < 0:
            raise Unreadable(f"needs more than {STEPS} steps")

    def place(self, path: str) -> str:
        """Give the path inside the tree of a path as the script writes it."""
        return posixpath.normpath(posixpath.join(self.folder, path.replace("\\", "/").lstrip("/")))

    def read(self, path: str) -> Any:
        """Give the text of a file, or an `Unknown` with the reason.

        Raises:
            Raised: The file is missing and the script is inside a `try`.
        """
        try:
            text = self.tree.read(self.place(path))
        except UnreadableFile as error:
            return Unknown(str(error))
        if text is None and self.trying:
            raise Raised(f"{path} is missing")
        return Unknown(f"{path} is not in the tree") if text is None else text

    def find_module(self, name: str) -> Scope | None:
        """Give the scope of a module of the tree after its statements; None where it is not in the tree."""
        if name not in self._modules:
            self._modules[name] = None
            path = self._module_path(name)
            if path and len(self._modules) <= _MODULES:
                package = name if path.endswith("__init__.py") else name.rpartition(".")[0]
                self._modules[name] = self.run_file(path, Scope({"__name__": name}, folder=package))
        return self._modules[name]

    def has_module(self, name: str) -> bool:
        """Tell whether the tree holds a module or package of that name."""
        return bool(self._module_path(name))

    def run_file(self, path: str, scope: Scope) -> Scope | None:
        """Evaluate a file of the tree in a scope; None where it is missing or cannot be parsed."""
        text = self.read(path)
        if isinstance(text, Unknown):
            return None
        scope.names.setdefault("__file__", path)
        scope.names.setdefault("__name__", "<run_path>")
        whole = self.left
        self.left = min(whole, _MODULE_STEPS)
        allowed = self.left
        try:
            self.hands.run(self, parse_script(text, path).body, scope)
        except Unparsable:
            return None
        except Unreadable as error:
            self.problems.append(str(error))
        finally:
            self.left = whole - (allowed - self.left)
        return scope

    def _module_path(self, name: str) -> str:
        key = (name, len(self.search))
        if key not in self._paths:
            self._paths[key] = self._search_module(name)
        return self._paths[key]

    def _search_module(self, name: str) -> str:
        stem = name.replace(".", "/")
        for root in self.search:
            for path in (f"{stem}.py", f"{stem}/__init__.py"):
                if self.tree.is_file(self.place(posixpath.join(root, path))):
                    return posixpath.join(root, path)
        return ""

    def member(self, module: Module, name: str) -> Any:
        """Give a name of a module of the tree: a variable, or a module inside; `ABSENT` where it has none."""
        scope = self.find_module(module.name)
        if scope is not None and name in scope.names:
            return scope.names[name]
        inner = f"{module.name}.{name}"
        return Module(inner) if self.has_module(inner) else ABSENT
