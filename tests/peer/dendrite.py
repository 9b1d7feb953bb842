"""Dendrite, the second homeserver: built once from the Go module proxy, kept outside the
tree."""
import os
import pathlib
import shutil
import subprocess

import synapse
from package import Unavailable, cache
from pypi import alone
from shared import Child

VERSION = "v0.13.8"
BUILD_S = 1200
PROGRAMS = ("dendrite", "generate-config", "generate-keys")
SECRET = "complement"  # of -ci


def programs():
    """The folder they are in."""
    if shutil.which("go") is None:
        raise Unavailable("there is no go(1) to build Dendrite with")
    place = cache() / f"dendrite-{VERSION}"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with alone(place.with_suffix(".lock")):
            if not (place / "ready").exists():
                build(place)
                (place / "ready").touch()
    except OSError as error:
        raise Unavailable(f"{place}: {error}") from error
    return place


def build(place):
    sources = [f"github.com/matrix-org/dendrite/cmd/{name}@{VERSION}" for name in PROGRAMS]
    try:
        done = subprocess.run(["go", "install", *sources], capture_output=True, text=True,
                              env=os.environ | {"GOBIN": str(place)}, timeout=BUILD_S,
                              stdin=subprocess.DEVNULL, check=False)
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"Dendrite was not built in {BUILD_S} s") from error
    if done.returncode != 0:
        raise Unavailable(f"go install: {done.stderr.strip()[-400:]}")


class Dendrite(Child):
    def __init__(self, folder):
        self.folder, self.programs = pathlib.Path(folder), programs()
        super().__init__("Dendrite", self.folder / "dendrite.log")
        self.port = synapse.free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.make("generate-keys", "--private-key", "matrix_key.pem")
        settings = self.make("generate-config", "-ci", "-server", synapse.NAME,
                             "-dir", str(self.folder))
        (self.folder / "dendrite.yaml").write_text(changed(settings))

    def make(self, program, *arguments):
        return subprocess.run([self.programs / program, *arguments], cwd=self.folder, text=True,
                              capture_output=True, check=True, timeout=60).stdout

    def start(self):
        self.launch([self.programs / "dendrite", "-config", "dendrite.yaml",
                     "-http-bind-address", f"127.0.0.1:{self.port}", "-https-bind-address",
                     f"127.0.0.1:{synapse.free_port()}", "-really-enable-open-registration"],
                    cwd=self.folder)
        synapse.await_up(self, "/_dendrite/monitor/health")
        return self

    def call(self, method, path, body=None, token=None):
        return synapse.call(self.base, method, path, body, token)

    def register(self, localpart, is_admin=False):
        return synapse.register(self, localpart, is_admin, SECRET)


def changed(settings):
    """Its key, no federation, and a log that says what went wrong only."""
    lines = []
    for line in settings.splitlines():
        name = line.strip().split(":")[0]
        indent = line[:len(line) - len(line.lstrip())]
        value = {"private_key": "matrix_key.pem", "disable_federation": "true",
                 "level": "warn"}.get(name)
        lines.append(f"{indent}{name}: {value}" if value else line)
    return "\n".join(lines) + "\n"
