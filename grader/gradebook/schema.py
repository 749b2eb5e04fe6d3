"""The tables of `gradebook.sqlite`, as numbered migrations. `docs/gradebook.md` describes them for people."""

from __future__ import annotations

from grader.language import Text
from grader.store import Kind

FILE_NAME = "gradebook.sqlite"

_FIRST = (
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """CREATE TABLE batch (
        id INTEGER PRIMARY KEY,
        started_at TEXT NOT NULL,
        finished_at TEXT,
        source TEXT NOT NULL,
        layout TEXT NOT NULL,
        seed INTEGER NOT NULL,
        course_hash TEXT NOT NULL,
        grader_version TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE unread (
        batch_id INTEGER NOT NULL REFERENCES batch ON DELETE CASCADE,
        place TEXT NOT NULL,
        reason TEXT NOT NULL,
        is_hostile INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE student (
        key TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        position INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE student_id (
        student_key TEXT NOT NULL REFERENCES student ON DELETE CASCADE,
        position INTEGER NOT NULL,
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (student_key, position)
    ) STRICT""",
    """CREATE TABLE exercise (
        id TEXT PRIMARY KEY,
        title_en TEXT NOT NULL,
        title_ko TEXT NOT NULL,
        max_score REAL NOT NULL,
        due_at TEXT,
        late_per_day REAL NOT NULL DEFAULT 0,
        late_floor REAL NOT NULL DEFAULT 0
    ) STRICT""",
    """CREATE TABLE handin (
        id INTEGER PRIMARY KEY,
        exercise_id TEXT NOT NULL REFERENCES exercise,
        owner TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        path TEXT NOT NULL,
        original_name TEXT NOT NULL,
        submitted_at TEXT,
        is_late INTEGER NOT NULL,
        notes TEXT NOT NULL,
        UNIQUE (exercise_id, owner, sha256)
    ) STRICT""",
    """CREATE TABLE member (
        student_key TEXT NOT NULL REFERENCES student ON DELETE CASCADE,
        exercise_id TEXT NOT NULL,
        handin_id INTEGER NOT NULL REFERENCES handin ON DELETE CASCADE,
        is_current INTEGER NOT NULL,
        PRIMARY KEY (student_key, exercise_id, handin_id)
    ) STRICT""",
    "CREATE INDEX member_of_handin ON member (handin_id)",
    "CREATE TABLE source (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT",
    """CREATE TABLE result (
        id INTEGER PRIMARY KEY,
        handin_id INTEGER NOT NULL REFERENCES handin ON DELETE CASCADE,
        batch_id INTEGER REFERENCES batch ON DELETE SET NULL,
        state TEXT NOT NULL,
        seed INTEGER NOT NULL,
        suite_hash TEXT NOT NULL,
        mistakes_hash TEXT NOT NULL,
        course_hash TEXT NOT NULL,
        grader_version TEXT NOT NULL,
        verdict TEXT NOT NULL,
        score REAL,
        max_score REAL NOT NULL,
        message TEXT NOT NULL,
        notes TEXT NOT NULL,
        jail TEXT NOT NULL,
        duration_s REAL NOT NULL,
        graded_at TEXT NOT NULL,
        details BLOB NOT NULL,
        is_set_aside INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX result_of_handin ON result (handin_id)",
    """CREATE TABLE result_case (
        result_id INTEGER NOT NULL REFERENCES result ON DELETE CASCADE,
        position INTEGER NOT NULL,
        case_id TEXT NOT NULL,
        title TEXT NOT NULL,
        verdict TEXT NOT NULL,
        points REAL,
        max_points REAL NOT NULL,
        visibility TEXT NOT NULL,
        message TEXT NOT NULL,
        mistake TEXT,
        hint TEXT NOT NULL,
        duration_s REAL NOT NULL,
        PRIMARY KEY (result_id, position)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE override (
        id INTEGER PRIMARY KEY,
        student_key TEXT NOT NULL REFERENCES student ON DELETE CASCADE,
        exercise_id TEXT NOT NULL,
        points REAL,
        reason TEXT NOT NULL,
        who TEXT NOT NULL,
        made_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE waiver (
        id INTEGER PRIMARY KEY,
        exercise_id TEXT NOT NULL,
        case_id TEXT NOT NULL,
        effect TEXT NOT NULL,
        reason TEXT NOT NULL,
        who TEXT NOT NULL,
        made_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE extension (
        id INTEGER PRIMARY KEY,
        student_key TEXT NOT NULL REFERENCES student ON DELETE CASCADE,
        exercise_id TEXT NOT NULL,
        due_at TEXT,
        reason TEXT NOT NULL,
        who TEXT NOT NULL,
        made_at TEXT NOT NULL
    ) STRICT""",
)

_UNUSABLE = (
    """CREATE TABLE unusable (
        student_key TEXT NOT NULL REFERENCES student ON DELETE CASCADE,
        exercise_id TEXT NOT NULL,
        place TEXT NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (student_key, exercise_id)
    ) STRICT, WITHOUT ROWID""",
)

GRADEBOOK = Kind(
    application_id=0x6E674742,  # "ngGB"
    what=Text(en="gradebook", ko="성적부"),
    migrations=(("the first gradebook", _FIRST), ("what was handed in and cannot be graded", _UNUSABLE)),
)
