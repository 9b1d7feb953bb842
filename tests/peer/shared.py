"""What suites of both platforms share: programs as children, and what a bot must have done."""
import collections
import subprocess
import unittest


class Child:
    """A program that runs for a while: `name` says whose end it was, `log_path` holds all
    it said."""

    def __init__(self, name, log_path):
        self.name, self.log_path = name, log_path
        self.process = None

    def launch(self, command, **how):
        with open(self.log_path, "a", encoding="utf-8") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=log, **how)

    def problem(self):
        if self.process.poll() is None:
            return None
        return f"{self.name} ended with {self.process.returncode}: {self.log()[-8000:]}"

    def log(self):
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.kill()


class BotCase(unittest.TestCase):
    """A test with a `self.bot`."""

    def end(self):
        self.assertEqual(self.bot.terminate(), 0, self.bot.log())

    def said(self, place, ref="inc-1"):
        """What people said there, as it was recorded."""
        return [entry for entry in self.bot.export(ref)["timeline"]
                if entry["source"]["channel"] == place and entry["kind"] == "said"]

    def more_than_once(self, wishes):
        """Each message of the bot carries the number of its wish."""
        counts = collections.Counter(wishes)
        self.assertGreater(len(counts), 0)
        return [wish for wish, count in counts.items() if count > 1]

    def exported(self, *, status, led, tasks, pages):
        """A whole incident as both platforms' suites go through it."""
        held = self.bot.export("inc-1")
        incident = held["incident"]
        self.assertEqual((incident["ref"], incident["status"], incident["severity"]),
                         ("inc-1", status, "sev2"))
        self.assertIsNotNone(incident["mitigated_at"])
        self.assertEqual([(hold["role"], hold["person"]) for hold in held["roles"]],
                         [("commander", who) for who in led])
        self.assertEqual([(task["owner"], task["result"]) for task in held["tasks"]], tasks)
        self.assertEqual([page["who"] for page in held["pages"]], pages)
        self.assertTrue(all(page["answered_at"] for page in held["pages"]))
        self.assertEqual([update["text"] for update in held["updates"]],
                         ["the pool is being enlarged", "Orders may fail. We are on it."])
        self.assertEqual([factor["text"] for factor in held["factors"]],
                         ["nothing watched the pool"])
        self.assertEqual([followup["stops"] for followup in held["followups"]],
                         ["a silent full pool"])
