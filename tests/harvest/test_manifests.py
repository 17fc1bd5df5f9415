"""What each kind of manifest declares, read from real repositories."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from pyfwgraph.harvest.declaration import Declaration
from pyfwgraph.harvest.manifest import read_manifests
from pyfwgraph.harvest.objects import Objects
from pyfwgraph.harvest.tree import Tree
from tests.harvest.conftest import Clone, Files

Make = Callable[[str], Clone]


def declare(clone: Make, files: Files, folder: str = "") -> Declaration:
    made = clone("kettle")
    commit = made.release("1.0", files)
    with Objects(made.folder) as objects:
        return read_manifests(Tree(objects, commit, {}), folder)


def written(declared: Declaration) -> list[tuple[str, str, str, str]]:
    return [(r.distribution, r.specifier, r.marker, r.extra) for r in declared.requirements]


def script(body: str) -> Files:
    return {"setup.py": "import os, sys, re\nfrom setuptools import setup\n" + body}


def test_a_project_table_is_read(clone: Make) -> None:
    declared = declare(clone, {"pyproject.toml": """
[project]
name = "kettle"
requires-python = ">= 3.9"
license = "MIT"
dependencies = ["boiler>=2", "lid; python_version<'3.11'"]
[project.optional-dependencies]
whistle = ["air"]
"""})  # fmt: skip
    assert written(declared) == [
        ("boiler", ">=2", "", ""), ("lid", "", 'python_version < "3.11"', ""), ("air", "", "", "whistle"),
    ]  # fmt: skip
    assert (declared.python, declared.licence, declared.problems) == (">=3.9", "MIT", ())


def test_poetry_keeps_its_notation_and_says_python_in_pep_440(clone: Make) -> None:
    declared = declare(clone, {"pyproject.toml": """
[tool.poetry]
name = "kettle"
[tool.poetry.dependencies]
python = "^3.6"
boiler = "^1.2"
lid = {version = "*", optional = true}
cup = {version = ">=1", python = "<3.8", extras = ["b", "a"]}
[tool.poetry.extras]
closed = ["lid"]
"""})  # fmt: skip
    assert written(declared) == [
        ("boiler", "^1.2", "", ""), ("cup", ">=1", 'python_version < "3.8"', ""), ("lid", "", "", "closed"),
    ]  # fmt: skip
    assert declared.python == ">=3.6,<4.0"
    assert declared.requirements[1].parts == ("a", "b")


def test_a_project_table_without_a_version_stands_idle_beside_poetry(clone: Make) -> None:
    poetry = '[tool.poetry]\nname="k"\nlicense="MIT"\n[tool.poetry.dependencies]\npython="^3.8"\nboiler="^1"\n'
    declared = declare(clone, {"pyproject.toml": '[project]\nname="k"\n' + poetry})
    assert (written(declared), declared.licence) == ([("boiler", "^1", "", "")], "MIT")


def test_flit_is_read(clone: Make) -> None:
    text = '[tool.flit.metadata]\nmodule = "kettle"\nrequires = ["boiler (>=1)"]\nrequires-python = ">=3"\n'
    declared = declare(clone, {"pyproject.toml": text})
    assert written(declared) == [("boiler", ">=1", "", "")]


def test_dynamic_dependencies_come_from_the_file_that_is_named(clone: Make) -> None:
    text = '[project]\nname="k"\ndynamic=["dependencies"]\n[tool.setuptools.dynamic]\ndependencies={file=["r.txt"]}\n'
    assert written(declare(clone, {"pyproject.toml": text, "r.txt": "-r s.txt\nboiler\n", "s.txt": "lid # x\n"})) == [
        ("lid", "", "", ""), ("boiler", "", "", ""),
    ]  # fmt: skip


def test_extras_that_are_dynamic_come_from_a_file_or_from_a_hook(clone: Make) -> None:
    table = '[project]\nname="k"\ndynamic=["optional-dependencies"]\n'
    hook = '[tool.hatch.metadata.hooks.custom.optional-dependencies]\nsteam = ["water"]\n'
    declared = declare(clone, {"pyproject.toml": table + hook})
    assert written(declared) == [("water", "", "", "steam")]
    assert declared.problems == ()


def test_extras_in_files_are_read_and_those_that_stand_nowhere_are_said(clone: Make) -> None:
    table = '[project]\nname="k"\ndynamic=["optional-dependencies"]\n'
    files = '[tool.setuptools.dynamic.optional-dependencies]\nsteam = {file = "r.txt"}\ncold = {file = "gone.txt"}\n'
    declared = declare(clone, {"pyproject.toml": table + files, "r.txt": "water\n"})
    assert written(declared) == [("water", "", "", "steam")]
    assert declared.problems == ("the extra cold is in a file: gone.txt is not in the tree",)
    assert declared.is_read


def test_a_hook_that_names_files_reads_them(clone: Make) -> None:
    table = '[project]\nname="k"\ndynamic=["dependencies", "optional-dependencies"]\n'
    hook = '[tool.hatch.metadata.hooks.requirements_txt]\nfiles = ["r.txt"]\noptional-dependencies.cold = ["c.txt"]\n'
    declared = declare(clone, {"pyproject.toml": table + hook, "r.txt": "water\n", "c.txt": "ice\n"})
    assert written(declared) == [("water", "", "", ""), ("ice", "", "", "cold")]


def test_extras_that_stand_nowhere_are_said(clone: Make) -> None:
    declared = declare(clone, {"pyproject.toml": '[project]\nname="k"\ndynamic=["optional-dependencies"]\n'})
    assert declared.problems == ("the extra requirements stand nowhere",)
    assert declared.is_read


def test_poetry_says_what_a_project_table_leaves_out(clone: Make) -> None:
    table = '[project]\nname="k"\nversion="1"\n[tool.poetry.dependencies]\npython = "^3.10"\nboiler = "^1"\nLid = "*"\n'
    declared = declare(clone, {"pyproject.toml": table + '[tool.poetry.extras]\nclosed = ["lid"]\n'})
    assert written(declared) == [("boiler", "^1", "", ""), ("Lid", "", "", "closed")]


def test_a_marker_that_names_an_extra_makes_a_requirement_one_of_it(clone: Make) -> None:
    text = '[project]\nname="k"\nversion="1"\ndependencies=["a", "b; extra == \'x\'"]\n'
    assert written(declare(clone, {"pyproject.toml": text})) == [("a", "", "", ""), ("b", "", "", "x")]


def test_what_poetry_names_in_an_extra_is_optional_whatever_it_says_itself(clone: Make) -> None:
    text = '[tool.poetry]\nname="k"\n[tool.poetry.dependencies]\nlid = ">=1"\npot = "*"\n[tool.poetry.extras]\nclosed = ["lid"]\n'
    assert written(declare(clone, {"pyproject.toml": text})) == [("pot", "", "", ""), ("lid", ">=1", "", "closed")]


def test_settings_of_tools_in_setup_cfg_are_no_manifest(clone: Make) -> None:
    declared = declare(clone, {"setup.cfg": "[options]\ncomponent = x\n", "pyproject.toml": "[build-system]\n"})
    assert declared.problems == ("no manifest",)


def test_setup_cfg_is_read_with_interpolation(clone: Make) -> None:
    text = (
        "[metadata]\nname = kettle\nlicense = BSD\n[names]\nx = 1\n"
        "[options]\nlow = 2\npython_requires = >=3.6\ninstall_requires =\n  boiler>=%(low)s\n  lid\n"
        "[options.extras_require]\nsteam = water\n"
    )
    declared = declare(clone, {"setup.cfg": text, "setup.py": "import setuptools\nsetuptools.setup()\n"})
    assert ("boiler", ">=2", "", "") in written(declared)
    assert ("water", "", "", "steam") in written(declared)


def test_an_extra_in_a_marker_of_requires_dist_is_an_extra(clone: Make) -> None:
    text = (
        "[metadata]\nname = kettle\nrequires-dist =\n  lid\n  boiler>=1; extra == 'steam'\n"
        "  water; (os_name != 'nt' or python_version >= '3') and extra == 'steam'\n"
        "  odd; os_name == 'nt' or os_name == 'x' and extra == 'steam'\n"
    )
    assert written(declare(clone, {"setup.cfg": text})) == [
        ("lid", "", "", ""),
        ("odd", "", 'os_name == "nt" or os_name == "x" and extra == "steam"', ""),
        ("boiler", ">=1", "", "steam"),
        ("water", "", 'os_name != "nt" or python_version >= "3"', "steam"),
    ]


def test_extras_of_setup_py_count_before_those_of_requires_dist(clone: Make) -> None:
    options = "[metadata]\nrequires-dist =\n  boiler>=1; extra == 'steam'\n"
    body = "from setuptools import setup\nsetup(name='kettle', extras_require={'steam': ['boiler>=2']})\n"
    assert written(declare(clone, {"setup.cfg": options, "setup.py": body})) == [("boiler", ">=2", "", "steam")]


def test_pbr_reads_requirements_txt(clone: Make) -> None:
    files: Files = {
        "setup.py": "import setuptools\nsetuptools.setup(setup_requires=['pbr'], pbr=True)\n",
        "setup.cfg": "[metadata]\nname = kettle\n",
        "requirements.txt": "boiler>=1\n",
    }
    assert written(declare(clone, files)) == [("boiler", ">=1", "", "")]


def test_requirements_txt_counts_where_nothing_else_is_there(clone: Make) -> None:
    declared = declare(clone, {"requirements.txt": "boiler==1.0 --hash=sha256:00\n-i https://x.example\n-e .\n"})
    assert written(declared) == [("boiler", "==1.0", "", "")]


LINES = """
def lines(f):
    with open(f) as h:
        return [l.strip() for l in h if l.strip()]
setup(install_requires=lines('r.txt'))
"""
INI = """
from configparser import ConfigParser
import shlex
c = ConfigParser(delimiters=['='])
c.read('settings.ini', encoding='utf-8')
cfg = c['DEFAULT']
needs = shlex.split(cfg.get('needs', ''))
if cfg.get('more'): needs += cfg['more'].split()
setup(install_requires=needs + [c.get('extra', 'name')])
"""
ENDS = """
def require(name):
    if not os.path.exists(name): raise RuntimeError("not here")
require('kettle.egg-info')
setup(install_requires=['boiler'])
"""
NAMED = """
ns = {}
exec(compile(open('kettle/part.py').read(), 'part.py', 'exec'), ns, ns)
import kettle.part
setup(install_requires=['boiler'])
"""
HERE = """
import inspect
here = os.path.join(os.getcwd(), os.path.dirname(inspect.getfile(inspect.currentframe())))
setup(install_requires=open(os.path.join(here, 'r.txt')).read().split('\\n'))
"""
PIP = """
from pip.req import parse_requirements
setup(install_requires=[str(r.req) for r in parse_requirements('r.txt', session=1)])
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("R = ['boiler>=1']\nR += ['lid']\nR.append('cup')\nsetup(install_requires=R)", ["boiler", "lid", "cup"]),
        ("setup(install_requires=open(os.path.join(os.path.dirname(__file__), 'r.txt')).read().splitlines())", ["tea", "pot"]),
        (LINES, ["tea", "pot"]),
        ("kw = dict(name='k')\nkw['install_requires'] = ['boiler%s' % '>=1']\nsetup(**kw)", ["boiler"]),
        ("from kettle.info import needs\nsetup(install_requires=needs)", ["water"]),
        ("import kettle.info as i\nsetup(install_requires=i.needs)", ["water"]),
        ("ns = {}\nexec(open('kettle/info.py').read(), ns)\nsetup(install_requires=ns['needs'])", ["water"]),
        ("setup(install_requires='boiler\\nlid')", ["boiler", "lid"]),
        (PIP, ["tea", "pot"]),
        ("v = re.search(r\"V = '(.*)'\", \"V = '2'\").group(1)\nsetup(install_requires=['a==' + v])", ["a"]),
        ("def f():\n  yield 'a'\n  yield 'b'\nsetup(install_requires=list(f()))", ["a", "b"]),
        ("from itertools import chain\nsetup(install_requires=list(chain.from_iterable([['a'], ['b']])))", ["a", "b"]),
        (INI, ["tea", "pot", "cup"]),
        (ENDS, ["boiler"]),
        (NAMED, ["boiler"]),
        (HERE, ["tea", "pot"]),
    ],
)  # fmt: skip
def test_setup_py_is_read_without_running_it(clone: Make, body: str, expected: list[str]) -> None:
    files = script(body) | {"r.txt": "tea\npot\n", "kettle/__init__.py": "", "kettle/info.py": "needs = ['water']\n"}
    files["kettle/part.py"] = "from setuptools import setup\nif __name__ == '__main__': setup(name='part')\n"
    files["settings.ini"] = "[DEFAULT]\nneeds = tea\nmore = pot\n[extra]\nname = cup\n"
    declared = declare(clone, files)
    assert [name for name, *_ in written(declared)] == expected
    assert declared.problems == ()


def test_conditions_on_the_interpreter_become_markers(clone: Make) -> None:
    declared = declare(clone, script("""
R = ['boiler']
if sys.version_info < (2, 7):
    R.append('argparse')
elif sys.version_info[0] == 3:
    R.append('three')
if sys.platform == 'win32': R += ['pywin']
try:
    import json
except ImportError:
    R.append('simplejson')
setup(install_requires=R, extras_require={':python_version<"3"': ['old'], 'x:os_name=="nt"': ['y']})
"""))  # fmt: skip
    assert written(declared) == [
        ("boiler", "", "", ""),
        ("argparse", "", 'python_version < "2.7"', ""),
        ("three", "", 'python_version >= "2.7" and python_version >= "3"', ""),
        ("pywin", "", 'sys_platform == "win32"', ""),
        ("simplejson", "", 'python_version < "2.6"', ""),
        ("old", "", 'python_version < "3"', ""),
        ("y", "", 'os_name == "nt"', "x"),
    ]


def test_what_a_module_has_becomes_a_marker(clone: Make) -> None:
    declared = declare(clone, script("""
import inspect
R = ['boiler']
if not hasattr(inspect, 'signature'):
    R.append('funcsigs')
try:
    from logging.config import dictConfig
except ImportError:
    R.append('logutils')
setup(install_requires=R)
"""))  # fmt: skip
    assert written(declared) == [
        ("boiler", "", "", ""),
        ("funcsigs", "", 'python_version < "3.3"', ""),
        ("logutils", "", 'python_version < "2.7"', ""),
    ]


def test_classifiers_in_one_text_are_read(clone: Make) -> None:
    lines = "'Framework :: X\\n License :: Y\\n'.splitlines()"
    declared = declare(clone, script(f"setup(classifiers=filter(None, map(str.strip, {lines})))"))
    assert declared.classifiers == ("License :: Y",)


def test_a_condition_that_no_marker_can_say_is_kept_in_words(clone: Make) -> None:
    declared = declare(
        clone, script("R = []\nif os.popen('x').read():\n    R.append('a')\nsetup(install_requires=R)\n")
    )
    assert declared.requirements[0].condition == "os.popen('x').read()"


def test_python_2_is_read(clone: Make) -> None:
    declared = declare(clone, script("""
print "hello", 0777
if 1 <> 2: print >>sys.stderr, 'x'
try:
    pass
except OSError, e:
    raise ValueError, 'no'
if sys.version[0] == '1':
    raise RuntimeError, ("needs "
                         "Python 2")
setup(install_requires=[u'boiler'], mode=0644, size=10L)
"""))  # fmt: skip
    assert written(declared) == [("boiler", "", "", "")]


def test_what_is_computed_is_said_and_not_guessed(clone: Make) -> None:
    declared = declare(
        clone, script("import subprocess\nsetup(install_requires=['a'] + subprocess.check_output('x').split())")
    )
    assert [name for name, *_ in written(declared)] == ["a"]
    assert not declared.is_read
    assert declared.problems[0].startswith("install_requires is computed")


def test_a_computed_version_leaves_the_name(clone: Make) -> None:
    declared = declare(clone, script("import x\nsetup(install_requires=['a==' + x.version])"))
    assert (declared.requirements[0].distribution, declared.requirements[0].is_open) == ("a", True)


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass\n",
        "x = []\nwhile 1: x.append(x)\n",
        "def f(n): return f(n) + f(n)\nf(1)\n",
        "x = 'a'\nfor i in range(100): x = x + x\n",
        "x = 2\nfor i in range(100): x = x * x\n",
        "x = []\nfor i in range(60): x = [x, x]\ny = x == x\n",
        "x = " + "(" * 300 + ")" * 300 + "\n",
        "x = " + "-" * 5000 + "1\n",
        "x = " + "+".join("1" for _ in range(9000)) + "\n",
        "re.match('(a+)+$', 'a' * 60 + 'b')\n",
        "re.match('(a|a)*$', 'a' * 60 + 'b')\n",
        "re.match('a*a*a*a*a*a*c', 'a' * 3000)\n",
        "x = '%999999999d' % 1\nx = '{:999999999}'.format(1)\n",
        "for i in range(10**12): pass\n",
        "x = 10 ** 10 ** 10\n",
        "if os.popen('x'):\n    x = 1\n" * 200,
    ],
)  # fmt: skip
def test_hostile_scripts_end_quickly(clone: Make, body: str) -> None:
    begin = time.monotonic()
    declare(clone, script(body + "setup(install_requires=x if 0 else ['a'])\n"))
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"x = 1\n" * 1_700_000, "larger than"),
        (b"\x00\x01\x02\xff" * 100, "not text"),
        (b"\xff\xfe\x80 this is nothing (", "cannot be parsed"),
        (b"def f(:\n", "cannot be parsed"),
        (b"x = 1\n", "no setup()"),
    ],
)
def test_what_is_no_script_is_said(clone: Make, content: bytes, reason: str) -> None:
    declared = declare(clone, {"setup.py": content})
    assert reason in declared.problems[0]


def test_latin_1_is_read(clone: Make) -> None:
    text = "# -*- coding: latin-1 -*-\nfrom setuptools import setup\nsetup(author='J\xe9', install_requires=['a'])\n"
    assert written(declare(clone, {"setup.py": text.encode("latin-1")})) == [("a", "", "", "")]


def test_a_symbolic_link_is_followed_inside_the_tree_only(clone: Make) -> None:
    made = clone("kettle")
    made.release("", {"inner/setup.py": "from setuptools import setup\nsetup(install_requires=['a'])\n"})
    (made.folder / "setup.py").symlink_to("inner/setup.py")
    (made.folder / "setup.cfg").symlink_to("/etc/passwd")
    (made.folder / "requirements.txt").symlink_to("../../secret")
    commit = made.release("1.0", {})
    with Objects(made.folder) as objects:
        tree = Tree(objects, commit, {})
        assert written(read_manifests(tree)) == [("a", "", "", "")]
        assert (tree.read("setup.cfg"), tree.read("requirements.txt")) == (None, None)


def test_broken_toml_is_said(clone: Make) -> None:
    declared = declare(clone, {"pyproject.toml": "[project\n"})
    assert "cannot be parsed" in declared.problems[0]


def test_no_manifest_is_said(clone: Make) -> None:
    assert declare(clone, {"README": "x"}).problems == ("no manifest",)
