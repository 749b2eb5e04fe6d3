"""How long a learner waits for Keras: ex08 against a plain Python script that does the same work.

Run:  python benchmarks/keras_speed.py [--runs 5] [--submissions 6]

The script imports Keras and the solution, and builds, looks at, runs and trains the same models as the suite, in one
process, without any protection and with TensorFlow's own settings. `grade check ex08` and the script take turns,
and the medians are compared. Then submissions are graded one after the other through a warm suite and a warm worker
parent, without the training case; the first one has waited for the import of TensorFlow.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from grader.course import find_course
from grader.grading import DEFAULT_SEED, Settings, open_grader
from grader.sandbox.start import ONE_THREAD
from grader.submission import read_submission
from grader.suite.subject import SubmissionSubject

TRAINING = "test_accuracy_after_training"
PLAIN = """
import sys

import keras
import numpy as np

from grader import datasets

sys.path.insert(0, {folder!r})
import ex08

clothes = datasets.load("fashion_mnist_small")
rng = np.random.default_rng({seed})


def with_weights(model, use):
    before = model.get_weights()
    model.set_weights([rng.normal(size=w.shape).astype(np.float32) / 30 for w in before])
    result = use()
    model.set_weights(before)
    return result


def steps(model, batches):
    losses = []
    for x, y in batches:
        model.reset_metrics()
        losses.append(model.train_on_batch(x, y, return_dict=True)["loss"])
    return losses


# What the model is: once for each of the cases that ask.
for _ in range(8):
    model = ex08.build_model()
    [(layer.count_params(), getattr(layer, "activation", None)) for layer in model.layers]
    keras.losses.get(model.loss), model.optimizer.learning_rate, model.count_params()
model = ex08.build_model()
model.compute_metrics(None, np.arange(8), np.full((8, 10), 0.1, dtype=np.float32))
model = ex08.build_model()
np.asarray(model(rng.random(size=(6, 28, 28)).astype(np.float32)))
model = ex08.build_model()
with_weights(model, lambda: np.asarray(model(rng.random(size=(5, 28, 28)).astype(np.float32))))
model = ex08.build_model()
images = (clothes.x_train[:160] / 255).astype(np.float32).reshape(5, 32, 28, 28)
with_weights(model, lambda: steps(model, list(zip(images, clothes.y_train[:160].reshape(5, 32)))))

# The training.
keras.utils.set_random_seed({seed})
model = ex08.build_model()
model.fit(clothes.x_train / np.float32(255), clothes.y_train, batch_size=32, epochs=3, verbose=0)
probs = model.predict(clothes.x_test / np.float32(255), batch_size=250, verbose=0)
assert np.mean(np.argmax(probs, axis=1) == clothes.y_test) > 0.65

# The data, the labels, and the networks with joins.
for _ in range(7):
    pixels = rng.integers(0, 256, size=(5040, 4, 3)).astype(np.uint8)
    ex08.prepare_data(pixels, rng.integers(0, 10, size=5040))
softmax = keras.Sequential([keras.layers.Input((3,)), keras.layers.Softmax()])
softmax.run_eagerly = True
for _ in range(3):
    ex08.predict_labels(softmax, rng.normal(size=(40, 3)))
for build in (ex08.build_wide_and_deep, ex08.build_two_inputs):
    build().count_params()
    model = build()
    inputs = [rng.normal(size=(6, one.shape[-1])).astype(np.float32) for one in model.inputs]
    with_weights(model, lambda: np.asarray(model(inputs if len(inputs) > 1 else inputs[0])))
"""


def timed(command, **options):
    """Return the seconds that a command takes; it must succeed."""
    started = time.perf_counter()
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options
    )
    seconds = time.perf_counter() - started
    if done.returncode:
        raise SystemExit(f"{command} failed:\n{done.stdout}")
    return seconds


def in_turn(commands, *, runs, folder):
    """Return the seconds of each command's runs; a first round, for the disk's sake, does not count."""
    times = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            seconds = timed(command, cwd=folder, env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"})
            if number:
                times[name].append(seconds)
    return times


def cpu_s(pid):
    """Return the processor time of this process and of the worker `pid`: what a busy machine does not lengthen."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def warm_s(exercise, submission, *, number, with_training):
    """Return seconds and processor seconds of each submission through a warm suite and worker parent."""

    def drive(grader):
        times = []
        for _ in range(number + 1):
            started, cpu_before = time.perf_counter(), time.process_time()
            session = grader._session(submission)
            subject = SubmissionSubject(session, exercise, (), submission)
            subject.load()
            runs = grader.suite.run(
                subject,
                seed=DEFAULT_SEED,
                source=submission.source,
                only=lambda case: with_training or case.case_id != TRAINING,
            )
            cpu = cpu_s(session._worker.pid) - cpu_before
            session.close()
            times.append((time.perf_counter() - started, cpu))
            failed = [run.result.case_id for run in runs if run.result.points != run.result.max_points]
            if failed:
                raise SystemExit(f"the solution does not pass {failed}: nothing to measure")
        return times

    return open_grader(exercise, settings=Settings(), drive=drive)


def main():
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="of the script and of grade check, in turn")
    parser.add_argument("--submissions", type=int, default=6, help="graded in a warm parent")
    options = parser.parse_args()
    os.environ.update(ONE_THREAD)  # as `grade` itself does it
    exercise = find_course(None, os.environ).exercise("ex08")
    grade = shutil.which("grade", path=str(Path(sys.executable).parent)) or "grade"
    table = Table(title=f"ex08, {options.runs} runs each in turn, {options.submissions} warm submissions")
    for column in ("what", "median", "fastest", "limit"):
        table.add_column(column)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "plain.py")
        script.write_text(PLAIN.format(folder=str(exercise.solution.parent), seed=DEFAULT_SEED))
        commands = {
            "plain script, same work": [sys.executable, str(script)],
            "grade check ex08, jailed": [
                grade, "check", "ex08", str(exercise.solution), "--seed", str(DEFAULT_SEED)
            ],
        }  # fmt: skip
        times = in_turn(commands, runs=options.runs, folder=folder)
    for name, values in times.items():
        table.add_row(name, f"{statistics.median(values):.2f} s", f"{min(values):.2f} s", "")
    plain, ours = (statistics.median(values) for values in times.values())
    table.add_row("grade check / plain script", f"{ours / plain:.2f}", "", "1.3")
    submission = read_submission(exercise.solution, exercise)
    for with_training in (False, True):
        first, *others = warm_s(exercise, submission, number=options.submissions, with_training=with_training)
        what = "with the training case" if with_training else "without the training case"
        if not with_training:
            table.add_row("first submission of a batch, import included", f"{first[0]:.2f} s", "", "")
        limit = "" if with_training else "1 s"
        table.add_row(
            f"a further submission, {what}",
            f"{statistics.median(seconds for seconds, _ in others):.2f} s",
            f"{min(seconds for seconds, _ in others):.2f} s",
            limit,
        )
        processor = [cpu for _, cpu in others]
        table.add_row(
            "  its processor time", f"{statistics.median(processor):.2f} s", f"{min(processor):.2f} s", ""
        )
    Console().print(table)
    Console().print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.platform()}")


if __name__ == "__main__":
    main()
