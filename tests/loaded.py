"""What a command of `grade` has imported when it ends."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def loaded_by_check(*arguments, cwd):
    """Return what was written and the modules that were loaded."""
    code = (
        "import sys\nfrom grader.cli.main import run\nrun(sys.argv[1:])\n"
        "sys.stderr.write('LOADED ' + ' '.join(sys.modules))\n"
    )
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "SYSTEMROOT"}}
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout, done.stderr.rpartition("LOADED ")[2].split()
