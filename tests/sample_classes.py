"""Classes as each platform hands them out, in folders and archives, with Korean names in both Unicode forms."""

import io
import tarfile
import unicodedata
import zipfile

KIM, LEE, PARK = "김철수", "이영희", "박민수"
MAC_KIM = unicodedata.normalize("NFD", KIM)  # as a Mac writes it


def put(folder, files):
    """Write files below a folder and return it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def zipped(path, files, *, flags=0):
    """Write a zip and return its path; a ZipInfo as name is taken as it is."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = (
                name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name, (2026, 3, 2, 10, 0, 0))
            )
            info.compress_type = zipfile.ZIP_DEFLATED
            info.flag_bits |= flags
            archive.writestr(info, content)
    return path


def raw_zip(path, files):
    """Write a zip whose names are the bytes given, without saying what encoding they are in."""
    marks = {name: f"<{number:0{len(name) - 2}d}>".encode() for number, name in enumerate(files)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(marks[name].decode(), content)
    data = path.read_bytes()
    for name, mark in marks.items():
        data = data.replace(mark, name)
    path.write_bytes(data)
    return path


def tarred(path, files):
    """Write a tar.gz and return its path; a TarInfo as content is taken as it is."""
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            if isinstance(content, tarfile.TarInfo):
                content.name = name
                archive.addfile(content)
                continue
            data = content if isinstance(content, bytes) else content.encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def canvas_files(source):
    """Return what Canvas's zip holds: in time, late, twice, in groups of letters, without a file."""
    return {
        "doejane_1001_50001_ex05.py": source,
        "doejohn_LATE_1002_50002_ex05-1.py": source,
        f"{KIM}_1003_50003_ex05.py": "print('first try')",
        f"{MAC_KIM}_1003_50009_ex05-1.py": source,
        f"{LEE}_1004_50004_과제 (1).ipynb": "{}",
        "anon_LATE_x7Yz_50005_ex05.py": source,
        "textsen_1006_text.html": "<p>my code</p>",
        "parkmin_1007_50007_report.pdf": b"%PDF",
        "__MACOSX/._doejane_1001_50001_ex05.py": b"\0",
        ".DS_Store": b"\0",
    }


def moodle_folders(source):
    """Return what Moodle's zip holds with folders, of old and new versions, with blind marking and a team."""
    return {
        f"{KIM}_42_assignsubmission_file_/ex05.py": source,
        f"{LEE}_43_assignsubmission_file/week 3/ex05.ipynb": "{}",
        f"{LEE}_43_assignsubmission_onlinetext/onlinetext.html": "<p>see file</p>",
        "Participant_1234_assignsubmission_file_/ex05.py": source,
        "Team Rocket_77_assignsubmission_file_/ex05.py": source,
        "כהן דוד_44_assignsubmission_file_/ex05.py": source,
    }


def moodle_flat(source):
    """Return what Moodle's zip holds without folders."""
    return {
        f"{KIM}_42_assignsubmission_file_ex05.py": source,
        f"{LEE}_43_assignsubmission_file_ex05 (2).py": source,
        "Participant_1234_assignsubmission_file_ex05.py": source,
        f"{LEE}_43_assignsubmission_onlinetext_onlinetext.html": "<p>x</p>",
    }


GRADESCOPE_YAML = f"""---
submission_301:
  :submitters:
  - :name: {KIM}
    :sid: '20260001'
    :email: kim@example.ac.kr
  :created_at: 2026-03-02 10:15:00.123456000 +09:00
  :score: 0.0
  :status: processed
  :results:
    tests: []
  :history: []
submission_302:
  :submitters:
  - :name: {LEE}
    :sid: 20260002
    :email: lee@example.ac.kr
  - :name: {PARK}
    :sid: 20260003
    :email: park@example.ac.kr
  :created_at: 2026-03-02 11:15:00 UTC
submission_303:
  :submitters:
  - :name: {LEE}
    :sid: 20260002
    :email: lee@example.ac.kr
  :created_at: '2026-03-03T09:00:00Z'
submission_304:
  :submitters: []
  :created_at: tomorrow
"""


def gradescope_files(source):
    """Return what Gradescope's export holds, zipped again on a Mac: a group, and one person twice."""
    root = "assignment_9_export"
    return {
        f"{root}/submission_metadata.yml": GRADESCOPE_YAML,
        f"{root}/submission_301/ex05.py": source,
        f"{root}/submission_302/ex05.py": source,
        f"{root}/submission_303/ex05.py": source,
        f"{root}/submission_304/ex05.py": source,
        f"{root}/submission_999/ex05.py": source,
        f"__MACOSX/{root}/._submission_metadata.yml": b"\0",
        f"{root}/.DS_Store": b"\0",
    }


def nbgrader_files(source):
    """Return nbgrader's folder of submissions, with and without time stamps."""
    return {
        "submitted/hacker/ex05/ex05.ipynb": "{}",
        "submitted/hacker/ex05/timestamp.txt": "2026-03-02 10:15:00.123456 UTC",
        f"submitted/{KIM}/ex05/ex05.py": source,
        f"submitted/{KIM}/ex05/timestamp.txt": "2026-03-02T19:15:00+09:00",
        f"submitted/{KIM}/ex03/answer.py": "def softmax(a): return a",
        "submitted/late/week5/main.py": source,
        "submitted/late/week5/timestamp.txt": "yesterday",
    }


def plain_files(source):
    """Return plain folders and files."""
    return {
        "kim/ex05.py": source,
        "lee/sub/ex5.ipynb": "{}",
        f"ex05_{PARK}.py": source,
        "choi-ex05.py": source,
        "notes.txt": "x",
        "readme.py": "x = 1",
    }


def classroom_files(source):
    """Return repositories as GitHub Classroom names them."""
    return {
        "week-3-ex05-octocat/ex05.py": source,
        "week-3-ex05-octocat/.git/config": "x",
        "week-3-ex05-octocat/.github/workflows/classroom.py": "x",
        "week-3-ex05-octo-dog/src/ex05.py": source,
    }
