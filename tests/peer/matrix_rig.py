"""What the suites on Matrix share: a server for each suite, people and rooms for each test."""
import functools
import itertools
import json
import pathlib
import sys
import tempfile
import unittest

import pypi
from package import Unavailable
from shared import BotCase

SKIP = 77
ROW = "io.github.muster.row"  # adapters/matrix_write.h
MUSTER = sys.argv[1] if len(sys.argv) > 1 else "muster"
REQUIREMENTS = pathlib.Path(__file__).with_name("matrix.txt")
numbers = itertools.count(1)  # of tests: names are new in each


def enter():
    """On to a Python that has Synapse and matrix-nio, or out with the reason."""
    try:
        pypi.enter(REQUIREMENTS)
    except Unavailable as error:
        print(f"skipped: {error}")
        sys.exit(SKIP)


def main():
    unittest.main(argv=sys.argv[:1] + sys.argv[2:], verbosity=2)


@functools.cache
def served_as(text):
    from matrix_people import Clients
    from synapse import Synapse
    folder = tempfile.TemporaryDirectory(prefix="muster-matrix-")
    unittest.addModuleCleanup(folder.cleanup)
    server = Synapse(folder.name, json.loads(text))
    unittest.addModuleCleanup(server.stop)
    server.start()
    clients = Clients()
    unittest.addModuleCleanup(clients.stop)
    return server, clients


def served(settings):
    """One server for all classes of a program with the same settings."""
    return served_as(json.dumps(settings))


class Suite(unittest.TestCase):
    """People on a Synapse; `settings` are laid over the common ones."""
    settings = {}

    @classmethod
    def setUpClass(cls):
        cls.server, cls.clients = cls.serve()

    @classmethod
    def serve(cls):
        return served(cls.settings)

    def setUp(self):
        self.number = next(numbers)

    def person(self, name, **how):
        """A new user: `ana` is @ana1 in the first test."""
        login = self.server.register(f"{name}{self.number}", **how)
        return self.clients.person(self.server.base, login)


class Peer(Suite, BotCase):
    """Two people and a bot, in three rooms that every house has."""
    directory = ""  # people.yaml; {n} is the test's number
    more = ""  # of the settings' section, likewise

    def setUp(self):
        super().setUp()
        self.folder_of_test = tempfile.TemporaryDirectory(prefix="muster-peer-")
        self.addCleanup(self.folder_of_test.cleanup)
        self.ana, self.bo = self.person("ana"), self.person("bo")
        self.bot = self.new_bot(self.bot_base())
        self.addCleanup(self.bot.stop)
        self.house()
        self.addCleanup(self.show_logs)  # first of the cleanups: the logs are still there
        self.bot.start()
        for room in (self.ops, self.incidents, self.shop):
            self.entered(room)

    def show_logs(self):
        result = self._outcome.result
        if any(test is self for test, _ in result.failures + result.errors):
            print("what the bot logged:", self.bot.log(), "what Synapse logged:",
                  self.server.log()[-4000:], sep="\n", file=sys.stderr)

    def bot_base(self):
        return self.server.base

    def new_bot(self, base):
        from bot import MatrixBot
        from synapse import PASSWORD
        folder = pathlib.Path(self.folder_of_test.name)
        (folder / "people.yaml").write_text(self.directory.replace("{n}", str(self.number)))
        return MatrixBot(MUSTER, folder, base, self.server.register(f"muster{self.number}"),
                         password=PASSWORD, number=self.number,
                         settings="directory: people.yaml" if self.directory else "",
                         more=self.more.replace("{n}", str(self.number)))

    def house(self):
        """The bot is invited before it ever ran: it comes when it starts."""
        self.ops, self.incidents, self.shop = [
            self.ana.open(name, alias=f"{name}{self.number}", invite=[self.bo.id, self.bot.id])
            for name in ("ops", "incidents", "shop-status")]
        for room in (self.ops, self.incidents, self.shop):
            self.bo.join(room)

    def entered(self, room):
        self.ana.member(room, self.bot.id, "join", self.bot.problem)

    def heard(self, who, room, words, count=1):
        return who.heard(room, words, self.bot.id, count, self.bot.problem)

    def declare(self, title, who=None, more=""):
        """The incident's room, once the headline stands there for whoever declared."""
        who = who or self.ana
        who.say(self.ops, f"!inc declare {title}{more}")
        room = who.accept("inc-", self.bot.problem)
        self.heard(who, room, f"{title}: active, severity unknown")
        return room

    def direct(self, who):
        return who.direct(self.bot.id, self.bot.problem)

    def shown_twice(self, who):
        return self.more_than_once(
            (room, str(row)) for room, event in who.seen
            if event.get("sender") == self.bot.id and event.get("type") == "m.room.message"
            and (row := event["content"].get(ROW)) is not None)
