"""A Slack and a bot on it for each test, and how a suite of them is run."""
import datetime
import pathlib
import sys
import tempfile
import unittest

import namespace
from bot import SlackBot
from local_slack import ALICE, BOB, OPS, LocalSlack, program
from package import Unavailable
from shared import BotCase
from wait import until

MUSTER = sys.argv[1] if len(sys.argv) > 1 else "muster"
SKIP = 77


class Peer(BotCase):
    """A Slack and a bot on it, both new for each test."""
    met = ((ALICE, "alice"), (BOB, "bob"))

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="muster-peer-")
        self.addCleanup(folder.cleanup)
        self.slack = LocalSlack(pathlib.Path(folder.name))
        self.addCleanup(self.slack.stop)
        self.bot = SlackBot(MUSTER, pathlib.Path(folder.name), self.slack)
        self.addCleanup(self.bot.stop)
        self.bot.start()
        for user, name in self.met:
            self.slack.say(user, OPS, "good morning")
            self.known(name)

    def known(self, name):
        """Waits for it: where Slack's answer is late, a line is answered without."""
        until(lambda: self.bot.knows(name), f"the bot to know {name}",
              problem=self.bot.problem)

    def rested(self):
        """Before it is killed or ended: what has no answer then is said again, since this
        Slack drops the metadata by which the bot would find it."""
        until(self.bot.rests, "the bot to rest", problem=self.bot.problem)

    def run(self, result=None):
        done = super().run(result)
        failed = [text for test, text in result.failures + result.errors if test is self]
        if failed and hasattr(self, "bot") and self.bot.log_path.exists():
            print("what the bot logged:", self.bot.log(), sep="\n", file=sys.stderr)
        return done

    def heard(self, channel, words, count=1):
        return self.slack.heard(channel, words, count, self.bot.problem)

    def declare(self, title):
        """Alice declares; the incident's channel, once the headline stands there: before,
        nobody was invited to it."""
        self.slack.incident(ALICE, OPS, f"declare {title}")
        self.heard(OPS, f"inc-1 {title} is open")
        name = "inc-1-" + title.replace(" ", "-")
        room = until(lambda: [c["id"] for c in self.slack.channels() if c["name"] == name],
                     f"#{name}", problem=self.bot.problem)[0]
        self.heard(room, f"inc-1 {title}: active, severity unknown")
        return room

    def said_twice(self):
        return self.more_than_once(tuple(sorted(post["metadata"]["event_payload"].items()))
                                   for post in self.slack.posts())


def seconds(rfc3339):
    return int(datetime.datetime.fromisoformat(rfc3339.replace("Z", "+00:00")).timestamp())


def main():
    try:
        program()
        reason = namespace.enter()
    except Unavailable as error:
        reason = str(error)
    if reason:
        print(f"skipped: {reason}")
        sys.exit(SKIP)
    unittest.main(argv=sys.argv[:1] + sys.argv[2:], verbosity=2)
