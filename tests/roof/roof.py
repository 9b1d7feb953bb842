"""A folder and a clean environment for each test, and the program in it."""
import os
import re
import subprocess
import sys
import tempfile
import unittest

MUSTER = os.path.abspath(sys.argv.pop(1))


# What is put for the arguments of a usage line.
WORDS = {"@who": "@tove", "LEVEL": "sev3", "TIME": "08:00", "WHEN": "2h", "N": "1",
         "M": "2", "ROLE": "scribe", "SECTION": "messages", "SERVICE": "checkout",
         "S": "checkout", "VERB": "note"}


def spelled(usage):
    """The ways to write a usage line: (verb, arguments with and without the optional)."""
    verb = re.match(r"(who can|followup done|[a-z-]+)", usage).group(1)
    rest = usage[len(verb):].strip()
    least = re.sub(r"\[[^\]]*\]\S*", "", rest)
    most = rest.replace("[", "").replace("]", "")
    for words in dict.fromkeys([least, most]):
        yield verb, " ".join(WORDS.get(word, word).split("·")[0] for word in words.split())


class Roof(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="muster-roof-")
        self.addCleanup(self.folder.cleanup)
        self.environment = {
            key: value for key, value in os.environ.items()
            if not key.startswith(("MUSTER_", "SLACK_", "MATRIX_", "XDG_", "CREDENTIALS_",
                                   "NOTIFY_", "WATCHDOG_"))}
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
                              text=True, timeout=300, check=False,
                              env={**self.environment, **environment})
        return done.returncode, done.stdout, done.stderr
