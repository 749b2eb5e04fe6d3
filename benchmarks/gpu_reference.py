"""What a GPU changes: every Keras bank computed again on this machine's card, and banks made on it.

Each exercise is computed with each backend, TensorFloat-32 off and on, and compared with the bank of the course and
with the numpy solution; a bank of each is made in a copy of the course; and every right submission of the tests is
checked live. Jobs run side by side, a process each, because compiling for a card takes most of the time. FOLDER gets
`report.md` (tables in Markdown), `report.json` and the banks made here, as `exNN.npz`. The exit status is 1 where a job
fails, a right submission does not pass, or a case is beyond its tolerance with TensorFloat-32 off.

    python benchmarks/gpu_reference.py FOLDER [--device gpu] [--backends jax,torch] [--jobs 14]
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from functools import reduce
from importlib.util import find_spec
from pathlib import Path

from grader.course import load_course
from grader.errors import GraderError
from grader.reference_banks import DEFAULT_SEED, build, verify, with_reference
from grader.suite.keras_bank import bank_path
from grader.suite.keras_differences import Difference
from grader.suite.keras_process import ReferenceProcess, ReferenceRequest

ROOT = Path(__file__).resolve().parents[1]
ALTERNATIVES = ROOT / "tests" / "alternatives"
GRADE = [sys.executable, "-c", "from grader.cli.main import main; main()"]


def quietly(what):
    del what


def worst(differences):
    """Return the largest of each number, as a dict; None where there is nothing."""
    found = [one for one in differences if one is not None]
    if not found:
        return None
    one = reduce(Difference.worst, found)
    return {"absolute": one.absolute, "ulps": one.ulps, "used": one.used}


def one_job(kind, course, name, backend, device):
    """Do one thing in this process, and print what came of it as JSON."""
    exercise = load_course(Path(course)).exercise(name)
    request = ReferenceRequest(device=device, backend=backend, tf32=kind == "on")
    started = time.perf_counter()
    if kind == "build":
        today = datetime.now(UTC).date()
        origin, num_cases = build(exercise, request, seed=DEFAULT_SEED, today=today, tell=quietly)
        found = {"device": f"{origin.device} ({origin.device_name})", "cases": num_cases}
    else:
        comparison = verify(exercise, request, tell=quietly)
        here = comparison.here
        found = {
            "device": f"{here.device} ({here.device_name})",
            "keras": f"{here.keras} on {here.backend} {here.backend_version}",
            "bank": f"{comparison.bank.device} ({comparison.bank.device_name})",
            "beyond": [case.label for case in comparison.cases if not case.ok],
            "cases": len(comparison.cases),
        }
        for dtype in ("float32", "float64"):
            cases = [case for case in comparison.cases if case.case.dtype == dtype]
            found[dtype] = {
                "bank": worst(case.to_bank for case in cases),
                "solution": worst(case.to_solution for case in cases),
            }
    print(json.dumps({**found, "seconds": round(time.perf_counter() - started, 1)}))


def require(device, backends):
    """Say at once what a backend would say in every job: that there is no such device, that Keras is missing."""
    for backend in backends:
        try:
            with closing(ReferenceProcess(None, ReferenceRequest(device=device, backend=backend))) as process:
                facts = process.facts
        except GraderError as error:
            sys.exit(f"{error.message}\n{error.hint}")
        print(f"{backend} {facts.backend_version}: {facts.device} ({facts.device_name})", flush=True)


def problems(results):
    """Yield what is not as it must be."""
    for label, found in results.items():
        if label != "live" and "error" in found:
            yield f"{label}: {found['error']}"
        elif label.startswith("off") and found["beyond"]:
            yield f"{label}: beyond the tolerance: {', '.join(found['beyond'])}"
    for label, said in results["live"].items():
        if said["status"] != 0:
            yield f"live {label}: exit status {said['status']}, {said['reference']}"


def run_job(job):
    """Return what a process of its own says about a job; its last line of error where it failed."""
    command = [sys.executable, __file__, "--job", *job]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        return {"error": lines[-1][:300] if lines else f"exit status {done.returncode}"}
    return json.loads(done.stdout.strip().splitlines()[-1])


def live_check(name, submission, backend, device):
    """Return what a live check of a submission came to: its exit status, what it names, and how long it took."""
    command = [*GRADE, "check", name, str(submission), "--format", "json", "--reference", "live"]
    started = time.perf_counter()
    done = subprocess.run(
        [*command, "--device", device, "--backend", backend], capture_output=True, text=True, check=False
    )
    took = time.perf_counter() - started
    said = json.loads(done.stdout) if done.stdout.startswith("{") else {"reference": done.stderr[-300:]}
    return {"status": done.returncode, "reference": said["reference"], "seconds": round(took, 2)}


def live_checks(exercises, device, backends, pool):
    """Return what live checks of right submissions came to, and how long one of ex05 takes on its own."""
    jobs = [
        (exercise.id, path, backend, device)
        for backend in backends
        for exercise in exercises
        if all(find_spec(package) for package in exercise.allowed_imports)  # ex08 needs TensorFlow
        for path in sorted((ALTERNATIVES / exercise.id).glob("*.py"))
    ]
    found = {
        f"{name}/{path.stem} {backend}": said
        for (name, path, backend, _), said in zip(
            jobs, pool.map(lambda job: live_check(*job), jobs), strict=True
        )
    }
    for backend in backends:
        for number in (1, 2):
            said = live_check("ex05", ALTERNATIVES / "ex05" / "plain_loops.py", backend, device)
            found[f"ex05 {backend} alone, {number}"] = said
    return found


def percent(share):
    return "0" if share == 0 else f"{100 * share:.1g} %"


def table(results, names, backends, tf32):
    """Return Markdown: one row an exercise and dtype."""
    heads = "".join(f" {backend}: absolute | ULP | used | solution: used |" for backend in backends)
    lines = [f"| exercise | dtype |{heads}", "|---|---|" + "---|---|---|---|" * len(backends)]
    for name in names:
        for dtype in ("float32", "float64"):
            cells = []
            for backend in backends:
                one = results[f"{tf32} {name} {backend}"]
                if "error" in one or one[dtype]["bank"] is None:
                    cells += [one.get("error", "-"), "", "", ""]
                    continue
                bank, solution = one[dtype]["bank"], one[dtype]["solution"]
                cells += [f"{bank['absolute']:.0e}", f"{bank['ulps']:.2g}", percent(bank["used"])]
                cells.append("-" if solution is None else percent(solution["used"]))
            lines.append(f"| {name} | {dtype} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    """Parse, run, write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--device", default="gpu")
    parser.add_argument("--backends", default="jax,torch")
    parser.add_argument("--jobs", type=int, default=14)
    options = parser.parse_args()
    backends = options.backends.split(",")
    require(options.device, backends)
    options.folder.mkdir(parents=True, exist_ok=True)
    exercises = with_reference(load_course(ROOT).exercises)
    names = [exercise.id for exercise in exercises]
    results = {}
    with ThreadPoolExecutor(options.jobs) as pool, tempfile.TemporaryDirectory() as copy:
        for part in ("exercises", "solutions", "datasets"):
            shutil.copytree(ROOT / part, Path(copy) / part)
        jobs = [
            (kind, copy if kind == "build" else str(ROOT), name, backend, options.device)
            for kind, wanted in (("off", backends), ("build", backends[:1]), ("on", backends))
            for backend in wanted
            for name in reversed(names)
        ]
        for job, found in zip(jobs, pool.map(run_job, jobs), strict=True):
            kind, _, name, backend, _ = job
            results[f"{kind} {name} {backend}"] = found
            print(kind, name, backend, found, flush=True)
        for exercise in with_reference(load_course(Path(copy)).exercises):
            shutil.copy(bank_path(exercise), options.folder / f"{exercise.id}.npz")
        results["live"] = live_checks(exercises, options.device, backends, pool)
    for label, said in results["live"].items():
        print(label, said)
    (options.folder / "report.json").write_text(json.dumps(results, indent=1), "utf-8")
    parts = [f"TensorFloat-32 {tf32}\n\n{table(results, names, backends, tf32)}" for tf32 in ("off", "on")]
    (options.folder / "report.md").write_text("\n\n".join(parts) + "\n", "utf-8")
    found = list(problems(results))
    print("\n".join(found) or "all as it must be")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        one_job(*sys.argv[2:])
    else:
        os.environ.setdefault("PYTHONUTF8", "1")
        main()
