"""The project keeps its own rules: lint, types, floors, sizes, words, and a package that works alone."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

MODULES = sorted((ROOT / "pyfwgraph").rglob("*.py"))


def run(*command, cwd=ROOT, **options):
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, **options)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_lint_is_clean():
    run(sys.executable, "-m", "ruff", "check", ".")


def test_layout_is_the_formatters():
    run(sys.executable, "-m", "ruff", "format", "--check", ".")


def test_types_are_strict():
    run(sys.executable, "-m", "mypy")


def test_each_floor_imports_only_from_below():
    run(sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")


def test_modules_are_small():
    lines = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES)
    assert lines[-1] <= 400
    assert lines[len(lines) // 2] < 200


def test_every_module_says_what_it_holds():
    for path in MODULES:
        assert path.read_text(encoding="utf-8").startswith('"""'), path


def tracked():
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        names = run(git, "ls-files", "-co", "--exclude-standard").splitlines()
        return [ROOT / name for name in names if (ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and ".venv" not in path.parts]


FORBIDDEN = re.compile(
    "|".join(["pypi" + r"\.org", "python" + r"hosted\.org", "files\\." + "python", "registry\\." + "npmjs"]),
    re.IGNORECASE,
)


def test_no_registry_is_named():
    found = [str(path) for path in tracked() if FORBIDDEN.search(path.read_text(encoding="utf-8", errors="replace"))]
    assert found == []


def test_no_product_of_a_build_is_tracked():
    assert [path for path in tracked() if path.suffix in (".gz", ".nq", ".whl") or "packaged" in path.parts] == []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel built from a source distribution, as an installer does."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT))
    (made,) = folder.glob("*.whl")
    assert list(folder.glob("*.tar.gz"))
    return made


def test_the_wheel_answers_with_no_repository_beside_it(wheel, tmp_path):
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(tmp_path / "site"), str(wheel))
    code = "import pyfwgraph as fw; print(fw.__file__, bool(fw.query('ASK { fw:klein fwo:buildsOn fw:twisted }')))"
    out = run(sys.executable, "-c", f"import sys; sys.path.insert(0, 'site'); {code}", cwd=tmp_path)
    assert out.split() == [str(Path("site") / "pyfwgraph" / "__init__.py"), "True"] or out.split()[1] == "True"
    assert str(ROOT) not in out


def test_the_wheel_is_small_and_holds_no_sources(wheel):
    import zipfile

    assert wheel.stat().st_size < 10_000_000
    names = zipfile.ZipFile(wheel).namelist()
    assert "pyfwgraph/packaged/dataset.nq.gz" in names
    assert "pyfwgraph/py.typed" in names
    assert not [name for name in names if name.startswith(("tests", "data", "ontology", "bench"))]


def test_the_packaged_graph_is_the_one_that_the_sources_make(wheel):
    import zipfile

    from pyfwgraph.store import digest

    made = zipfile.ZipFile(wheel).read("pyfwgraph/packaged/digest.txt").decode().strip()
    assert digest() == made, "the packaged graph is older than its sources: run 'pyfwgraph build'"
