"""The made-up class of sixty, as each platform gives it: one writer for each layout, with its roster."""

import csv
import io
import re
import zipfile
from datetime import timedelta

from grader.demo import made_up_class

EVIL = {
    "../../escaped.py": b"print('out')",
    "/etc/cron.d/ex05.py": b"print('absolute')",
    "nul.py": b"print('device')",
    "C:\\Users\\prof\\ex05.py": b"print('drive')",
}


def table(path, rows):
    """Write a CSV file as the platforms export it, and return its path."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    path.write_bytes(b"\xef\xbb\xbf" + buffer.getvalue().encode())
    return path


def _roster(folder, people):
    rows = [["학번", "이름", "이메일"], *([p.number, p.name, f"{p.number}@uni.example"] for p in people)]
    return table(folder / "roster.csv", rows)


def _zip(path, files, *, with_evil=True):
    """Write a zip with some members that could do harm."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 6, 10, 0, 0)), data)
        if with_evil:
            for name, data in EVIL.items():
                archive.writestr(zipfile.ZipInfo(name), data)
            link = zipfile.ZipInfo("link_ex05.py")
            link.external_attr = 0o120777 << 16
            archive.writestr(link, "/etc/passwd")
            archive.writestr("bomb_ex05.py", b"\0" * (3 << 20), zipfile.ZIP_DEFLATED)
    return path


def _put(folder, files):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def _inside(data, name="ex05.py"):
    """Return a file as people zip it on a Mac."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"내 과제/{name}", data)
        archive.writestr(f"__MACOSX/내 과제/._{name}", b"\0\1")
    return buffer.getvalue()


def _files(people):
    """Yield person, position, and files; the first two who are right hand theirs in as archives."""
    num_zipped = 0
    for position, person in enumerate(people):
        files = list(person.files)
        if person.kind == "right" and num_zipped < 2:
            num_zipped += 1
            files = [("ex05.zip", _inside(data, name)) for name, data in files]
        yield person, position, files


def canvas(folder, people):
    """Write Canvas's zip, in which some handed in twice, and its gradebook."""
    files = {}
    for person, position, own in _files(people):
        sortable = re.sub(r"\W", "", person.name).lower()
        late = "LATE_" if person.kind == "late" else ""
        if person.kind == "late":
            files[f"{sortable}_{late}{9000 + position}_{40000 + position}_ex05.py"] = b"x = 1\n"
        for name, data in own:
            name = name if person.kind != "late" else "ex05-1.py"
            files[f"{sortable}_{late}{9000 + position}_{50000 + position}_{name}"] = data
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Convolution (7001)", "Final Score"]
    rows = [head, ["    Points Possible", "", "", "", "", "20", "(read only)"]]
    for position, person in enumerate(people):
        rows.append([person.name, str(9000 + position), person.number, f"u{person.number}", "1", "", ""])
    return _zip(folder / "nn101-week-5_submissions.zip", files), table(folder / "canvas.csv", rows)


def moodle(folder, people, *, is_flat=False):
    """Write Moodle's zip, with folders or without, and its grading worksheet."""
    files = {}
    head = "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    head += "Last modified (submission),Last modified (grade),Feedback comments"
    rows = [head.split(",")]
    for person, position, own in _files(people):
        top = f"{person.name.replace('_', ' ')}_{700 + position}_assignsubmission_file"
        for name, data in own:
            files[f"{top}_{name}" if is_flat else f"{top}_/{name}"] = data
        rows.append([f"Participant {700 + position}", person.name, f"{person.number}@uni.example",
                     "Submitted for grading", "", "20.00", "Yes", "", "-", ""])  # fmt: skip
    return _zip(folder / "NN101-Week 5-991.zip", files), table(folder / "moodle.csv", rows)


def moodle_flat(folder, people):
    """Write Moodle's zip without folders."""
    return moodle(folder, people, is_flat=True)


def gradescope(folder, people):
    """Write Gradescope's export; everybody has a time in it."""
    root = "assignment_77_export"
    files, entries = {}, ["---"]
    for person, position, own in _files(people):
        if not own:
            continue
        files |= {f"{root}/submission_{300 + position}/{name}": data for name, data in own}
        at = person.at + timedelta(hours=9)
        entries += [
            f"submission_{300 + position}:",
            "  :submitters:",
            f'  - :name: "{person.name}"',
            f"    :sid: '{person.number}'",
            f"    :email: {person.number}@uni.example",
            f"  :created_at: {at:%Y-%m-%d %H:%M:%S.%f} +09:00",
            "  :score: 0.0",
            "  :status: processed",
        ]
    files[f"{root}/submission_metadata.yml"] = ("\n".join(entries) + "\n").encode()
    return _zip(folder / "submissions.zip", files), _roster(folder, people)


def nbgrader(folder, people):
    """Write nbgrader's folder."""
    files = {}
    for person, _, own in _files(people):
        top = f"submitted/{person.number}/ex05"
        files |= {f"{top}/{name}": data for name, data in own}
        if own:
            files[f"{top}/timestamp.txt"] = f"{person.at:%Y-%m-%d %H:%M:%S.%f} UTC\n".encode()
    return _put(folder / "nbgrader", files), _roster(folder, people)


def classroom(folder, people):
    """Write repositories as GitHub Classroom's assistant clones them."""
    files = {}
    for person, _, own in _files(people):
        top = f"week-5-ex05-s{person.number}"
        files |= {f"{top}/{name}": data for name, data in own}
        files[f"{top}/.git/HEAD"] = b"ref: refs/heads/main\n"
        files[f"{top}/.github/workflows/classroom.yml"] = b"name: x\n"
        files[f"{top}/README.md"] = b"# ex05\n"
        files[f"{top}/test_public.py"] = b"def test_nothing(): pass\n"
    rows = [["login", "이름"], *([f"s{p.number}", p.name] for p in people)]
    return _put(folder / "week-5-ex05-submissions", files), table(folder / "logins.csv", rows)


def folders(folder, people):
    """Write one folder for each person."""
    files = {}
    for person, _, own in _files(people):
        files |= {f"{person.number} {person.name}/{name}": data for name, data in own}
    return _put(folder / "class", files), _roster(folder, people)


def flat(folder, people):
    """Write one file for each person, named for exercise and person."""
    files = {}
    for person, _, own in _files(people):
        for name, data in own:
            ending = name.rpartition(".")[2]
            files[f"ex05_{person.number}.{ending}"] = data
    return _put(folder / "files", files), _roster(folder, people)


LAYOUTS = {
    "canvas": canvas,
    "moodle": moodle,
    "moodle_flat": moodle_flat,
    "gradescope": gradescope,
    "nbgrader": nbgrader,
    "classroom": classroom,
    "folders": folders,
    "flat": flat,
}


def lay_out(name, folder):
    """Write the class as one layout gives it; return its place, the roster and the people."""
    people = made_up_class()
    folder.mkdir(parents=True, exist_ok=True)
    source, roster = LAYOUTS[name](folder, people)
    return source, roster, people
