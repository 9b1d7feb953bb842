"""A folder and a clean environment for each test, and the program in it."""
import os
import subprocess
import sys
import tempfile
import unittest

MUSTER = os.path.abspath(sys.argv.pop(1))


class Roof(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="muster-roof-")
        self.addCleanup(self.folder.cleanup)
        self.environment = {
            key: value for key, value in os.environ.items()
            if not key.startswith(("MUSTER_", "SLACK_", "XDG_", "CREDENTIALS_"))}
        self.environment["HOME"] = self.folder.name

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def put(self, name, text, mode=0o600):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(self.path(name), mode)
        return self.path(name)

    def muster(self, *arguments, text="", **environment):
        done = subprocess.run([MUSTER, *arguments], input=text, capture_output=True,
                              text=True, timeout=60, check=False,
                              env={**self.environment, **environment})
        return done.returncode, done.stdout, done.stderr
