"""Files and folders are replaced whole: whatever kills the writer and at which step, and whoever writes beside it."""

from __future__ import annotations

import json
import os
import resource
import signal
import stat
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from kg.errors import KgError
from kg.store import folders, open_store, replacing, replacing_files

Files = Mapping[str, str]
LIST = "list.json"
MINE = {"notes.txt": "mine"}


def write(folder: Path, files: Files) -> None:
    """Write files and, as a build does, a list of them, by which the next one knows what is stale."""
    with replacing_files(folder, stale=listed) as new:
        for name, text in files.items():
            (new / name).write_text(text, encoding="utf-8")
        (new / LIST).write_text(json.dumps([*files, LIST]), encoding="utf-8")


def listed(folder: Path) -> Iterable[str]:
    path = folder / LIST
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else ()


def held(folder: Path) -> dict[str, str]:
    """Return the files of a folder with their texts, without the list and what is hidden."""
    shown = [item for item in folder.rglob("*") if item.is_file() and item.relative_to(folder).parts[0][0] != "."]
    return {str(file.relative_to(folder)): file.read_text(encoding="utf-8") for file in shown if file.name != LIST}


def hidden(folder: Path) -> list[str]:
    return [item.name for place in (folder, folder.parent) for item in place.iterdir() if item.name.startswith(".")]


def in_a_process(work: Callable[[], object]) -> int:
    """Do `work` in a process of its own and return the signal that ended it, 0 where none did."""
    process = os.fork()
    if process:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def killing(step: int, work: Callable[[], object]) -> Callable[[], None]:
    """Return `work` with a process that is killed before its call number `step` that changes a folder."""
    steps = count()

    def deadly(call: Callable[..., Any]) -> Callable[..., Any]:
        def before(*arguments: Any, **named: Any) -> Any:
            if next(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **named)

        return before

    def dying() -> None:
        for name in ("mkdir", "rename", "replace", "link", "unlink", "rmdir"):
            setattr(os, name, deadly(getattr(os, name)))
        folders._exchange = deadly(folders._exchange)
        work()

    return dying


OLD, NEW, NEXT = {"a": "old", "b": "old", "only old": "old"}, {"a": "new", "b": "new", "only new": "new"}, {"a": "next"}


def old_folder(place: Path) -> Path:
    folder = place / "out"
    write(folder, OLD)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    return folder


def each_step(place: Path, make: Callable[[Path], Path]) -> Iterator[Path]:
    """Yield a folder for each step at which writing into it was killed."""
    for step in count():
        at = place / str(step)
        at.mkdir()
        folder = make(at)
        ended = in_a_process(killing(step, lambda folder=folder: write(folder, NEW)))  # type: ignore[misc]
        if not ended:
            assert step > 10, "so many steps there are at least"
            return
        assert ended == -signal.SIGKILL
        yield folder


def test_killed_at_any_step_the_old_files_or_the_new_ones_are_there(tmp_path: Path) -> None:
    seen = []
    for folder in each_step(tmp_path, old_folder):
        found = held(folder)
        assert found in (OLD | MINE, NEW | MINE)
        seen.append("only new" in found)
        write(folder, NEXT)
        assert held(folder) == NEXT | MINE
        assert hidden(folder) == []
    assert seen == sorted(seen)
    assert set(seen) == {False, True}


def test_killed_at_any_step_a_new_folder_is_empty_or_whole(tmp_path: Path) -> None:
    for folder in each_step(tmp_path, lambda place: place / "out"):
        assert not folder.exists() or held(folder) in ({}, NEW)
        write(folder, NEXT)
        assert (held(folder), hidden(folder)) == (NEXT, [])


def with_a_folder(place: Path) -> Path:
    folder = old_folder(place)
    (folder / "mine").mkdir()
    (folder / "mine" / "paper").write_text("mine", encoding="utf-8")
    return folder


def test_among_folders_of_others_the_next_to_look_completes_what_a_killed_writer_began(tmp_path: Path) -> None:
    mine = MINE | {"mine/paper": "mine"}
    for number, folder in enumerate(each_step(tmp_path, with_a_folder)):
        assert held(folder).items() >= mine.items()
        folders.finish(folder)
        assert held(folder) in (OLD | mine, NEW | mine)
        if number % 2:
            write(folder, NEXT)
            assert held(folder) == NEXT | mine
            assert hidden(folder) == []


def test_a_graph_is_read_when_what_was_begun_is_completed(tmp_path: Path) -> None:
    quads = {
        name: f"<http://a.example/{name}> <http://a.example/p> <http://a.example/o> .\n" for name in ("old", "new")
    }
    for step in count():
        folder = tmp_path / str(step)
        write(folder, {"graph.nq": quads["old"], "z": "old"})
        (folder / "mine").mkdir()
        files = {"graph.nq": quads["new"], "z": "new"}
        ended = in_a_process(killing(step, lambda at=folder, new=files: write(at, new)))  # type: ignore[misc]
        (quad,) = open_store(folder)
        assert quad.subject.value == f"http://a.example/{held(folder)['z']}"
        if not ended:
            break


def without(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a call fail as a file system does that does not have it."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(folders if name == "_exchange" else os, name, fail)


@pytest.mark.parametrize("name", ["_exchange", "link"])
def test_a_file_system_without_exchange_or_links_will_do(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(name, monkeypatch)
    folder = old_folder(tmp_path)
    write(folder, NEW)
    assert (held(folder), hidden(folder)) == (NEW | MINE, [])


def test_the_folder_remains_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = old_folder(tmp_path)
    folder.chmod(0o750)
    before = folder.stat()
    monkeypatch.chdir(folder)
    write(Path(), NEW)
    assert held(Path()) == NEW | MINE
    after = folder.stat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)
    assert (folder / "notes.txt").stat().st_nlink == 1


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    folder = old_folder(tmp_path)
    (tmp_path / "link").symlink_to("out")
    write(tmp_path / "link", NEW)
    assert (tmp_path / "link").is_symlink()
    assert held(folder) == NEW | MINE


def test_what_a_list_names_outside_of_its_folder_is_left_alone(tmp_path: Path) -> None:
    folder = old_folder(tmp_path)
    (tmp_path / "away").write_text("mine", encoding="utf-8")
    (folder / "sub").mkdir()
    names = ["../away", str(tmp_path / "away"), "sub", "..", "", ".", "a"]
    (folder / LIST).write_text(json.dumps(names), encoding="utf-8")
    write(folder, NEXT)
    assert (tmp_path / "away").exists()
    assert (folder / "sub").is_dir()


def test_a_folder_in_the_way_is_told_before_anything_is_moved(tmp_path: Path) -> None:
    folder = old_folder(tmp_path)
    (folder / "only new").mkdir()
    with pytest.raises(KgError, match="only new: is a folder where a file is to be written; move it away"):
        write(folder, NEW)
    assert (held(folder), hidden(folder)) == (OLD | MINE, [])


def test_many_writers_at_once_leave_what_one_of_them_wrote(tmp_path: Path) -> None:
    folder = old_folder(tmp_path)

    def keep_writing(who: str) -> None:
        for _ in range(20):
            write(folder, {"a": who, "b": who, f"only {who}": who})

    writers = []
    for who in "uvw":
        process = os.fork()
        if not process:
            keep_writing(who)
            os._exit(0)
        writers.append(process)
    for _ in range(50):
        with folders._whole(folder):
            assert len(set(held(folder).values()) - {"mine"}) == 1, "in one step"
    assert [os.waitpid(process, 0)[1] for process in writers] == [0, 0, 0]
    (who,) = set(held(folder).values()) - {"mine"}
    assert held(folder) == {"a": who, "b": who, f"only {who}": who} | MINE
    assert hidden(folder) == []


def test_what_a_living_writer_is_writing_is_not_cleared_away(tmp_path: Path) -> None:
    folder = old_folder(tmp_path)
    with replacing_files(folder, stale=listed) as new:
        (new / "a").write_text("slow", encoding="utf-8")
        assert in_a_process(lambda: write(folder, NEW)) == 0
        assert held(folder) == NEW | MINE
        (new / "b").write_text("slow", encoding="utf-8")
    assert held(folder) == {"a": "slow", "b": "slow"} | MINE
    assert hidden(folder) == []


# ---- one file


def write_file(path: Path, text: str) -> None:
    with replacing(path) as stream:
        stream.write(text.encode())


def test_a_file_is_the_old_one_or_the_new_one_wherever_its_writer_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write_file(path, "old")
    for step in count():
        ended = in_a_process(killing(step, lambda: write_file(path, "new")))
        if not ended:
            break
        assert path.read_text(encoding="utf-8") == "old"
    assert path.read_text(encoding="utf-8") == "new"
    assert [item.name for item in tmp_path.iterdir()] == ["graph.ttl"]


def test_what_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write_file(path, "old")

    def fail() -> None:
        with replacing(path) as stream:
            stream.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert path.read_text(encoding="utf-8") == "old"
    assert [item.name for item in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_text(encoding="utf-8")))
    reader.start()
    write_file(tmp_path / "pipe", "new")
    reader.join()
    assert read == ["new"]
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_link_leads_to_the_new_file(tmp_path: Path) -> None:
    write_file(tmp_path / "file", "old")
    (tmp_path / "link").symlink_to("file")
    write_file(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text(encoding="utf-8") == "new"


def test_two_writers_of_a_file_follow_each_other(tmp_path: Path) -> None:
    path = tmp_path / "file"
    writers = []
    for who in "uvw":
        process = os.fork()
        if not process:
            for _ in range(50):
                write_file(path, who * 10_000)
            os._exit(0)
        writers.append(process)
    assert [os.waitpid(process, 0)[1] for process in writers] == [0, 0, 0]
    assert path.read_text(encoding="utf-8") in {who * 10_000 for who in "uvw"}
    assert [item.name for item in tmp_path.iterdir()] == ["file"]


def little_room(work: Callable[[], object]) -> Callable[[], None]:
    """Return `work` in a process whose files may not grow beyond 100 bytes."""

    def narrow() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        with pytest.raises(KgError, match=r"cannot be written \(File too large\); make room, or give another place"):
            work()

    return narrow


# what is written, where to, reason
PLACES: list[tuple[Callable[[Path], object], str, str]] = [
    (lambda path: write_file(path / "f", "x" * 1000), "f", "a file"),
    (lambda path: write(path / "out", {"a": "x" * 1000}), "out", "a folder"),
]


@pytest.mark.parametrize(("work", "name", "reason"), PLACES, ids=[row[-1] for row in PLACES])
def test_where_there_is_no_room_nothing_changes(
    tmp_path: Path, work: Callable[[Path], object], name: str, reason: str
) -> None:
    assert in_a_process(little_room(lambda: work(tmp_path))) == 0, reason
    assert [str(item.relative_to(tmp_path)) for item in tmp_path.rglob("*")] in ([], [name])


@pytest.mark.parametrize("place", ["none/f", "file/f", "."])
def test_a_place_that_is_none_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(KgError, match="cannot be written"):
        write_file(tmp_path / place, "x")
