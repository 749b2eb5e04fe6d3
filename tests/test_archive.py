"""Archives: hostile members are refused one by one, the rest is taken, and names are read as they were meant."""

import io
import os
import shutil
import stat
import struct
import tarfile
import time
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.intake import archive, members
from grader.intake.archive import gather
from tests.sample_classes import KIM, MAC_KIM, put, raw_zip, tarred, zipped

GOOD = "x = 1\n"


@pytest.fixture
def unpack(tmp_path):
    """Return a function that gathers an archive of these members and returns paths taken and reasons."""

    def run(files=None, *, source=None):
        source = source or zipped(tmp_path / "a.zip", files)
        gathered = gather(source, tmp_path / "work")
        outside = [path for path in tmp_path.rglob("*") if path.is_file() and "work" not in path.parts]
        assert all(path == source or path.suffix in {".zip", ".gz"} for path in outside)
        taken = {file.shown: file.path for file in gathered.files if file.path is not None}
        return taken, {one.place: one for one in gathered.unread}

    return run


def linked(name):
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../ex05.py", "climbs out"),
        ("a/../../ex05.py", "climbs out"),
        ("..\\ex05.py", "climbs out"),
        ("/etc/ex05.py", "absolute"),
        ("\\\\server\\ex05.py", "absolute"),
        ("C:\\ex05.py", "absolute"),
        ("c:ex05.py", "absolute"),
        ("kim/nul.py", "device"),
        ("COM1/ex05.py", "device"),
        ("a" * 256 + ".py", "absurd"),
        ("가" * 90 + ".py", "absurd"),
        ("/".join("a" * 40) + ".py", "absurd"),
        ("a\x1b[31m.py", "absurd"),
        ("a\u202egp.py", "absurd"),
        ("kim/ . /ex05.py", "absurd"),
        ("/" * 1100 + "x.py", "absolute"),
    ],
)
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_a_name_that_could_do_harm_is_refused_and_the_rest_is_taken(unpack, tmp_path, name, reason, kind):
    files = {name: GOOD, "kim/ex05.py": GOOD}
    source = zipped(tmp_path / "a.zip", files) if kind == "zip" else tarred(tmp_path / "a.tar.gz", files)
    taken, refused = unpack(source=source)
    assert set(taken) == {"kim/ex05.py"}
    (only,) = refused.values()
    assert reason in only.reason
    assert only.is_hostile


def test_links_and_devices_are_refused(unpack, tmp_path):
    pipe = zipfile.ZipInfo("kim/pipe.py")
    pipe.create_system, pipe.external_attr = 3, (stat.S_IFIFO | 0o600) << 16
    taken, refused = unpack({linked("kim/link.py"): "/etc/passwd", pipe: "", "kim/ex05.py": GOOD})
    assert set(taken) == {"kim/ex05.py"}
    assert {one.reason for one in refused.values()} == {"a link; links are never followed", "a device"}
    entries = {}
    for name, kind in (("a.py", tarfile.SYMTYPE), ("b.py", tarfile.LNKTYPE), ("c.py", tarfile.CHRTYPE)):
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        entries[name] = info
    taken, refused = unpack(
        source=tarred(tmp_path / "a.tar.gz", {**entries, "kim/ex05.py": GOOD, "kim/d/e.py": GOOD})
    )
    assert set(taken) == {"kim/ex05.py", "kim/d/e.py"}
    assert len(refused) == 3


def test_links_in_a_folder_are_refused(tmp_path):
    source = put(tmp_path / "class", {"kim/ex05.py": GOOD})
    (source / "lee").symlink_to("/etc")
    (source / "kim" / "link.py").symlink_to("/etc/passwd")
    os.mkfifo(source / "kim" / "pipe.py")
    gathered = gather(source, tmp_path / "work")
    assert [file.shown for file in gathered.files] == ["kim/ex05.py"]
    assert {one.place for one in gathered.unread} == {"lee", "kim/link.py", "kim/pipe.py"}
    assert all(one.is_hostile for one in gathered.unread)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_second_member_of_one_name_is_refused(unpack, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as opened:
        opened.writestr("kim/ex05.py", "first\n")
        opened.writestr("kim/ex05.py", "second\n")
        opened.writestr("kim", "a file of the folder's name.py")
        opened.writestr("kim.py/x.py", GOOD)
        opened.writestr("kim.py", GOOD)
    taken, refused = unpack(source=tmp_path / "a.zip")
    assert taken["kim/ex05.py"].read_text("utf-8") == "first\n"
    assert {place: one.reason for place, one in refused.items()} == {
        "kim/ex05.py": "a second member of this name"
    }
    assert set(taken) == {"kim/ex05.py", "kim.py/x.py", "kim.py"}


def test_a_long_name_keeps_its_ending(unpack):
    taken, _ = unpack({"kim/" + "long" * 50 + ".py": GOOD})
    assert all(path.suffix == ".py" for path in taken.values())
    assert len(taken) == 1


def test_two_spellings_of_one_name_are_both_taken(unpack):
    taken, refused = unpack({f"{KIM}/ex05.py": "a", f"{MAC_KIM}/ex05.py": "b", "A.py": "c", "a.py": "d"})
    assert not refused
    assert set(taken) == {f"{KIM}/ex05.py", "A.py", "a.py"}


def test_bombs_are_refused(unpack, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "_MAX_MEMBER_BYTES", 4 << 20)
    bomb = b"0" * (3 << 20)
    taken, refused = unpack({"kim/bomb.py": bomb, "kim/large.py": os.urandom(5 << 20), "kim/ex05.py": GOOD})
    assert set(taken) == {"kim/ex05.py"}
    assert "a bomb" in refused["kim/bomb.py"].reason
    assert "larger" in refused["kim/large.py"].reason
    taken, refused = unpack(
        source=tarred(tmp_path / "b.tar.gz", {"kim/large.py": b"0" * (5 << 20), "kim/a.py": GOOD})
    )
    assert set(taken) == {"kim/a.py"}
    assert "larger" in refused["kim/large.py"].reason


def test_what_one_person_hands_in_uses_up_nobody_elses_room(unpack, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "_MAX_INNER_BYTES", 1000)
    large = {f"a{number}.py": "#" * 400 for number in range(9)}
    nest = zipped(tmp_path / "nest.zip", large).read_bytes()
    evil = zipped(tmp_path / "evil.zip", {"b.py": "#" * 400, "nest.zip": nest, **large}).read_bytes()
    source = zipped(tmp_path / "a.zip", {"kim/hw.zip": evil, "lee/hw.zip": evil, "park/ex05.py": "#" * 5000})
    taken, refused = unpack(source=source)
    assert "park/ex05.py" in taken
    for name in ("kim", "lee"):
        inside = [path for shown, path in taken.items() if shown.startswith(name)]
        assert 0 < sum(path.stat().st_size for path in inside) <= 1000
        assert any("larger than" in one.reason for place, one in refused.items() if place.startswith(name))
    (tmp_path / "folder").mkdir()
    shutil.copy(source, tmp_path / "folder" / "week5.zip")  # one archive alone is the platform's
    gathered = gather(tmp_path / "folder", tmp_path / "work")
    assert [file.name for file in gathered.files if file.parts[1] == "park"] == ["ex05.py"]


def test_a_header_that_lies_about_the_size_unpacks_no_more(unpack, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "_MAX_TOTAL_BYTES", 2 << 20)
    budget = archive._Budget(bytes_left=2 << 20)
    assert budget.bytes_left == 2 << 20
    source = zipped(tmp_path / "a.zip", {f"kim/{number}.py": os.urandom(1 << 20) for number in range(4)})
    monkeypatch.setattr(archive, "_Budget", lambda: budget)
    taken, refused = unpack(source=source)
    assert len(taken) == 2
    assert len(refused) == 2


def test_many_members_and_deep_nests_are_refused(unpack, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "_MAX_INNER_MEMBERS", 50)
    many = zipped(tmp_path / "many.zip", {f"{number}.py": "" for number in range(60)}).read_bytes()
    deepest = zipped(tmp_path / "c.zip", {"ex05.py": GOOD}).read_bytes()
    deep = zipped(tmp_path / "b.zip", {"c.zip": deepest, "own.py": GOOD}).read_bytes()
    taken, refused = unpack({"kim/many.zip": many, "lee/b.zip": deep, "park/ex05.py": GOOD})
    assert "park/ex05.py" in taken
    assert "lee/b.zip/own.py" in taken
    assert len(taken) == 52
    assert "more than 50 members" in refused["kim/many.zip"].reason
    assert "an archive in an archive" in refused["lee/b.zip/c.zip"].reason


def test_a_tar_with_a_header_without_end_is_refused_in_time(unpack, tmp_path, monkeypatch):
    header = tarfile.TarInfo("././@PaxHeader")
    header.type, header.size = tarfile.XHDTYPE, 1 << 30
    data = io.BytesIO(header.tobuf() + b"0" * 4096)
    import gzip

    put(tmp_path, {"inner.tar.gz": gzip.compress(data.getvalue())})
    source = zipped(
        tmp_path / "a.zip", {"kim/h.tar.gz": (tmp_path / "inner.tar.gz").read_bytes(), "lee/a.py": GOOD}
    )
    taken, refused = unpack(source=source)
    assert set(taken) == {"lee/a.py"}
    assert "cannot be read as an archive" in refused["kim/h.tar.gz"].reason
    monkeypatch.setattr(members, "_MAX_TAR_BYTES", 1 << 20)
    begun = time.monotonic()
    packed = tarred(tmp_path / "big.tar.gz", {"big.bin": b"0" * (8 << 20), "a.py": GOOD}).read_bytes()
    taken, refused = unpack({"kim/big.tar.gz": packed})
    assert "more than can be unpacked" in refused["kim/big.tar.gz"].reason
    assert time.monotonic() - begun < 5


def test_a_locked_member_is_refused(unpack, tmp_path):
    source = zipped(tmp_path / "a.zip", {"kim/a.py": GOOD, "lee/a.py": GOOD})
    data = bytearray(source.read_bytes())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = data.index(mark)
        data[at + (6 if mark.endswith(b"\x04") else 8)] |= 1
    source.write_bytes(bytes(data))
    taken, refused = unpack(source=source)
    assert set(taken) == {"lee/a.py"}
    assert refused["kim/a.py"].reason == "locked with a password"
    assert not refused["kim/a.py"].is_hostile


def test_a_damaged_member_costs_only_itself(unpack, tmp_path):
    source = zipped(tmp_path / "a.zip", {"kim/a.py": "abc" * 1000, "lee/a.py": GOOD})
    data = bytearray(source.read_bytes())
    data[45] ^= 0xFF
    source.write_bytes(bytes(data))
    taken, refused = unpack(source=source)
    assert set(taken) == {"lee/a.py"}
    assert "cannot be unpacked" in refused["kim/a.py"].reason


@pytest.mark.parametrize("encoding", ["cp949", "utf-8"])
def test_names_that_do_not_say_their_encoding(unpack, tmp_path, encoding):
    names = {f"{KIM}/ex05.py".encode(encoding): GOOD, b"lee/ex05.py": GOOD}
    taken, refused = unpack(source=raw_zip(tmp_path / "a.zip", names))
    assert set(taken) == {f"{KIM}/ex05.py", "lee/ex05.py"}
    assert not refused


def unicode_path(raw, name, *, version=1, crc=None):
    """Return the field that Info-ZIP adds to a name in the system's encoding."""
    crc = zlib.crc32(raw) if crc is None else crc
    data = bytes([version]) + struct.pack("<I", crc) + name
    return struct.pack("<HH", 0x7075, len(data)) + data


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        (unicode_path(b"kim_/ex05.py", f"{KIM}/ex05.py".encode()), f"{KIM}/ex05.py"),
        (b"\x01\x00\x02\x00ab" + unicode_path(b"kim_/ex05.py", f"{KIM}/ex05.py".encode()), f"{KIM}/ex05.py"),
        (unicode_path(b"kim_/ex05.py", b"lee/ex05.py", crc=7), "kim_/ex05.py"),
        (unicode_path(b"kim_/ex05.py", b"lee/ex05.py", version=2), "kim_/ex05.py"),
        (unicode_path(b"kim_/ex05.py", b"\xff\xfe"), "kim_/ex05.py"),
        (unicode_path(b"kim_/ex05.py", b""), "kim_/ex05.py"),
        (b"\x75\x70\xff", "kim_/ex05.py"),
    ],
    ids=["name", "behind", "stale", "version", "no text", "empty", "cut"],
)
def test_the_name_in_unicode_that_stands_beside_another(unpack, tmp_path, extra, expected):
    info = zipfile.ZipInfo("kim_/ex05.py", (2026, 3, 2, 10, 0, 0))
    info.extra = extra
    taken, refused = unpack(source=zipped(tmp_path / "a.zip", {info: GOOD}))
    assert set(taken) == {expected}
    assert not refused


def test_the_name_beside_another_is_looked_at_like_any_other(unpack, tmp_path):
    info = zipfile.ZipInfo("ex05.py")
    info.extra = unicode_path(b"ex05.py", b"../../ex05.py")
    taken, refused = unpack(source=zipped(tmp_path / "a.zip", {info: GOOD}))
    assert not taken
    assert "climbs out" in refused["../../ex05.py"].reason


def test_what_systems_leave_behind_is_passed_over(unpack):
    junk = {
        "__MACOSX/kim/._ex05.py": "x",
        "kim/.DS_Store": "x",
        "kim/._ex05.py": "x",
        "kim/.ipynb_checkpoints/ex05-checkpoint.ipynb": "x",
        "kim/__pycache__/ex05.py": "x",
        "kim/Thumbs.db": "x",
    }
    taken, refused = unpack({**junk, "kim/ex05.py": GOOD, "kim/": ""})
    assert set(taken) == {"kim/ex05.py"}
    assert not refused


def test_what_cannot_be_graded_is_known_but_not_unpacked(tmp_path):
    source = zipped(tmp_path / "a.zip", {"kim/film.mp4": b"0" * 100})
    (file,) = gather(source, tmp_path / "work").files
    assert (file.shown, file.path, file.is_source) == ("kim/film.mp4", None, False)


def test_a_link_in_place_of_the_work_folder_is_not_followed(tmp_path):
    victim = put(tmp_path / "victim", {"keep.txt": "x"})
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "unpacked").symlink_to(victim)
    gather(zipped(tmp_path / "a.zip", {"kim/ex05.py": GOOD}), tmp_path / "work")
    assert (victim / "keep.txt").exists()


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_damaged_archive_is_read_or_refused(tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp() / "fuzz"
    folder.mkdir(exist_ok=True)
    kind = data.draw(st.sampled_from(["zip", "tar.gz"]))
    files = {"kim/ex05.py": "print(1)\n" * 20, f"{KIM}/ex05.ipynb": "{}", "../x.py": "1"}
    source = zipped(folder / "f.zip", files) if kind == "zip" else tarred(folder / "f.tar.gz", files)
    whole = bytearray(source.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    source.write_bytes(bytes(whole[: data.draw(st.integers(len(whole) // 2, len(whole)))]))
    try:
        gathered = gather(source, folder / "work")
    except UsageError as error:
        assert error.message
        return
    inside = (folder / "work" / "unpacked").resolve()
    assert all(inside in file.path.resolve().parents for file in gathered.files if file.path)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30),
        max_size=4,
    )
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_whatever_the_members_are_called_nothing_is_written_elsewhere(tmp_path_factory, names):
    folder = tmp_path_factory.getbasetemp() / "names"
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / "n.zip", "w") as opened:
        for name in names:
            opened.writestr(zipfile.ZipInfo(name + ".py"), GOOD)
    before = {path for path in folder.iterdir()}
    gathered = gather(folder / "n.zip", folder / "work")
    assert {path for path in folder.iterdir()} <= before | {folder / "work"}
    assert len(gathered.files) + len(gathered.unread) <= len(names)
    inside = (folder / "work" / "unpacked").resolve()
    assert all(inside in file.path.resolve().parents for file in gathered.files)
