"""The packaged quads become an on-disk store once, whatever happens in between.

Most of it is tried on an installation that carries the toy world, because that is as true of it and takes no seconds.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import pyfwgraph as fw
from pyfwgraph import store
from pyfwgraph.errors import StoreError

ASK = "import pyfwgraph as fw; print(bool(fw.query('ASK { fw:teakettle fwo:buildsOn fw:boiler }')))"
ASK_PACKAGED = ASK.replace("teakettle", "klein").replace("boiler", "twisted")


@pytest.fixture(scope="module")
def installed(toy_built, tmp_path_factory):
    """The folder of an installation whose packaged graph is the toy world."""
    site = tmp_path_factory.mktemp("site")
    shutil.copytree(store.PACKAGE, site / "pyfwgraph", ignore=shutil.ignore_patterns("packaged", "__pycache__"))
    shutil.copytree(toy_built.folder, site / "pyfwgraph" / "packaged")
    return site


@pytest.fixture
def ask(installed):
    """Start a process of that installation with a cache of its own."""

    def start(cache, *, code=ASK, **options):
        environment = {**os.environ, "PYFWGRAPH_CACHE": str(cache), **options.pop("environment", {})}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **options}
        return subprocess.Popen([sys.executable, "-c", code], cwd=installed, env=environment, **pipes)

    return start


def finish(process):
    out, err = process.communicate(timeout=60)
    return out.strip(), err.strip()


def stores(cache):
    return sorted(path.name for path in Path(cache).iterdir())


def test_the_first_use_makes_one_store_and_later_ones_open_it(tmp_path):
    environment = {**os.environ, "PYFWGRAPH_CACHE": str(tmp_path)}

    def use():
        command = [sys.executable, "-c", ASK_PACKAGED]
        return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.strip()

    assert use() == "True"
    (made,) = stores(tmp_path)
    before = (tmp_path / made / "CURRENT").stat().st_mtime_ns
    assert use() == "True"
    assert stores(tmp_path) == [made]
    assert (tmp_path / made / "CURRENT").stat().st_mtime_ns == before


def test_eight_processes_may_start_at_once_on_an_empty_cache(ask, tmp_path):
    code = f"""
import os, time, pyfwgraph.store as store
ready, rename = {str(tmp_path / "ready")!r}, store._rename
def wait(aside, path):
    open(os.path.join(ready, str(os.getpid())), "w").close()
    while len(os.listdir(ready)) < 8:
        time.sleep(0.01)
    rename(aside, path)
store._rename = wait
{ASK}
"""
    (tmp_path / "ready").mkdir()
    processes = [ask(tmp_path / "cache", code=code) for _ in range(8)]
    assert [finish(process) for process in processes] == [("True", "")] * 8
    assert len(stores(tmp_path / "cache")) == 1


def test_a_killed_first_use_leaves_nothing_half_made(ask, tmp_path):
    code = """
import os, pyfwgraph.store as store
def stop(aside, path):
    print(os.getpid(), flush=True)
    import time; time.sleep(60)
store._rename = stop
store.cached_store()
"""
    process = ask(tmp_path, code=code)
    process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    (left,) = stores(tmp_path)
    assert left.startswith(".making-")
    assert finish(ask(tmp_path)) == ("True", "")
    (made,) = stores(tmp_path)
    assert not made.startswith(".making-")


def test_a_folder_that_is_no_whole_store_is_replaced(ask, tmp_path):
    finish(ask(tmp_path))
    (made,) = stores(tmp_path)
    shutil.rmtree(tmp_path / made)
    (tmp_path / made).mkdir()
    assert finish(ask(tmp_path)) == ("True", "")
    assert (tmp_path / made / "CURRENT").exists()


@pytest.mark.parametrize("home", ["missing", "file"])
def test_a_home_that_cannot_be_written_works_from_memory(ask, tmp_path, home):
    place = tmp_path / "home"
    if home == "file":
        place.write_text("in the way")
    else:
        place = Path("/proc/nowhere")
    assert finish(ask(place / "cache")) == ("True", "")


def test_no_home_at_all_works_from_memory(ask, tmp_path):
    code = "import os; os.environ.pop('PYFWGRAPH_CACHE'); os.environ['HOME'] = '/proc/nowhere'; " + ASK
    assert finish(ask(tmp_path, code=code, environment={"XDG_CACHE_HOME": ""})) == ("True", "")


def test_a_store_on_a_read_only_folder_opens(ask, tmp_path):
    finish(ask(tmp_path))
    (made,) = stores(tmp_path)
    for path in (tmp_path / made).iterdir():
        path.chmod(0o444)
    (tmp_path / made).chmod(0o555)
    tmp_path.chmod(0o555)
    try:
        assert finish(ask(tmp_path)) == ("True", "")
    finally:
        tmp_path.chmod(0o755)
        (tmp_path / made).chmod(0o755)


@pytest.mark.parametrize("what", ["dataset", "engine"])
def test_a_new_dataset_or_engine_makes_a_new_store_and_the_old_one_goes(ask, tmp_path, what):
    finish(ask(tmp_path))
    (old,) = stores(tmp_path)
    change = {"dataset": "store.digest = lambda: 'f' * 64", "engine": "store._engine_version = lambda: '9.9.9'"}[what]
    code = f"import pyfwgraph.store as store; {change}; {ASK}"
    assert finish(ask(tmp_path, code=code)) == ("True", "")
    (new,) = stores(tmp_path)
    assert new != old
    assert ("ffffffff" if what == "dataset" else "9.9.9") in new


def test_another_installations_store_stays(ask, tmp_path):
    (tmp_path / "00000000-0123456789abcdef-oxigraph-0.5.0").mkdir()
    finish(ask(tmp_path))
    assert len(stores(tmp_path)) == 2


def test_the_cache_is_where_the_system_keeps_caches(monkeypatch):
    monkeypatch.delenv("PYFWGRAPH_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    monkeypatch.setattr(store.sys, "platform", "linux")
    assert store.cache_folder() == "/somewhere/pyfwgraph"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/me")
    assert store.cache_folder() == "/home/me/.cache/pyfwgraph"
    monkeypatch.setattr(store.sys, "platform", "darwin")
    assert store.cache_folder() == "/home/me/Library/Caches/pyfwgraph"


def test_the_caller_may_ask_for_memory(tmp_path, monkeypatch):
    monkeypatch.setenv("PYFWGRAPH_CACHE", str(tmp_path / "none"))
    g = fw.load(memory=True)
    assert g.query("ASK { fw:klein fwo:buildsOn fw:twisted }")
    g.close()
    assert not (tmp_path / "none").exists()


def test_a_package_without_its_graph_says_how_to_get_it(tmp_path):
    with pytest.raises(StoreError, match="run 'pyfwgraph build'"):
        store.digest(str(tmp_path))


@pytest.mark.parametrize("form", ["nquads", "trig", "jsonld"])
def test_a_dump_of_ones_own_opens_in_the_same_way(toy, tmp_path, form):
    suffix = {"nquads": "nq", "trig": "trig", "jsonld": "jsonld"}[form]
    count = toy.export(form, tmp_path / f"toy.{suffix}")
    g = fw.load(tmp_path / f"toy.{suffix}")
    assert g.query("SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")[0]["n"] == count
    g.close()


def test_a_folder_of_trig_opens(world):
    g = fw.load(world)
    assert g.query("ASK { GRAPH src:survey-2012 { fw:teakettle fwo:buildsOn fw:boiler } }")
    g.close()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.nq", None, "no such file"),
        ("wrong.trig", "fw:a b c", "wrong.trig:1"),
        ("unknown.xyz", "", "its name must end in"),
        ("broken.nq.gz", "not gzip", "broken.nq.gz"),
    ],
)
def test_what_cannot_be_opened_says_why(tmp_path, name, content, words):
    if content is not None:
        (tmp_path / name).write_text(content)
    g = fw.load(tmp_path / name)
    with pytest.raises(StoreError, match=words):
        g.query("ASK {}")
    with pytest.raises(StoreError, match=words):
        g.query("ASK {}")
    g.close()


def test_a_folder_without_rdf_says_so(tmp_path):
    g = fw.load(tmp_path)
    with pytest.raises(StoreError, match=r"no \.trig"):
        g.query("ASK {}")
    g.close()


def test_a_slow_first_use_says_so_on_a_terminal_only(ask, tmp_path):
    import pty

    code = "import pyfwgraph.store as store; store._SLOW = 0.0; " + ASK
    leader, follower = pty.openpty()
    process = ask(tmp_path, code=code, stderr=follower)
    process.communicate(timeout=60)
    os.close(follower)
    time.sleep(0.1)
    assert b"first use" in os.read(leader, 1000)
    os.close(leader)
    assert finish(ask(tmp_path / "other", code=code)) == ("True", "")
