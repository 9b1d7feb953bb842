"""What the suites on Matrix share: a server for each suite, people and rooms for each test."""
import itertools
import pathlib
import sys
import tempfile
import unittest

import pypi
from package import Unavailable

SKIP = 77
REQUIREMENTS = pathlib.Path(__file__).with_name("matrix.txt")


def enter():
    """On to a Python that has Synapse and matrix-nio, or out with the reason."""
    try:
        pypi.enter(REQUIREMENTS)
    except Unavailable as error:
        print(f"skipped: {error}")
        sys.exit(SKIP)


class Suite(unittest.TestCase):
    """One Synapse for the class; `settings` are laid over the common ones."""
    settings = ()

    @classmethod
    def setUpClass(cls):
        from matrix_people import Clients
        from synapse import Synapse
        cls.folder = tempfile.TemporaryDirectory(prefix="muster-matrix-")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.server = Synapse(cls.folder.name, *cls.settings)
        cls.addClassCleanup(cls.server.stop)
        cls.server.start()
        cls.clients = Clients()
        cls.addClassCleanup(cls.clients.stop)
        cls.numbers = itertools.count(1)

    def setUp(self):
        self.number = next(self.numbers)

    def person(self, name, **how):
        """A new user: `ana` is @ana1 in the first test."""
        login = self.server.register(f"{name}{self.number}", **how)
        return self.clients.person(self.server.base, login)
