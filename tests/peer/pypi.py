"""Programs of PyPI at pinned versions, in a virtual environment made once, outside the tree."""
import contextlib
import fcntl
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

from package import Unavailable, cache

INSTALL_S = 540


def environment(requirements):
    """The Python of an environment that holds what the file of requirements names. Another
    list, or another Python, is another environment."""
    requirements = pathlib.Path(requirements)
    key = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()[:12]
    place = cache() / f"{requirements.stem}-{key}"
    python, ready = place / "bin" / "python", place / "ready"
    if not ready.exists():
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with alone(place.with_suffix(".lock")):
                if not ready.exists():
                    make(place, python, requirements)
                    ready.touch()
        except OSError as error:
            raise Unavailable(f"{place}: {error}") from error
    return str(python)


@contextlib.contextmanager
def alone(path):
    """Suites start at the same time; one of them installs."""
    with open(path, "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make(place, python, requirements):
    shutil.rmtree(place, ignore_errors=True)
    run([sys.executable, "-m", "venv", str(place)])
    run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
         "--no-input", "--only-binary", ":all:", "--requirement", str(requirements)])


def run(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_S,
                              stdin=subprocess.DEVNULL, check=False)
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"{command[0]}: no end after {INSTALL_S} s") from error
    if done.returncode != 0:
        raise Unavailable(f"{' '.join(command)}: {done.stderr.strip()[-400:]}")


def enter(requirements):
    """Starts this program again under that Python, and returns there."""
    python = environment(requirements)
    if os.path.realpath(sys.prefix) != os.path.realpath(pathlib.Path(python).parent.parent):
        os.execv(python, [python] + sys.argv)
    return python
