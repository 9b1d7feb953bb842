"""A store that is deleted or moved away under the bot: nothing is said to be kept."""
import os
import subprocess
import unittest

from roof import MUSTER, Roof

DECLARE = "2026-11-22 03:10:00 ana #ops> !inc declare one\n"
NOTE = "03:11 ana #inc-1-one> !inc note kept?\n"


class StoreLost(Roof):
    def start(self):
        """A transcript of one line, answered, and the next still to come."""
        bot = subprocess.Popen(
            [MUSTER, "console", "--store", self.path("s.db")], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment)
        self.addCleanup(bot.kill)
        bot.stdin.write(DECLARE)
        bot.stdin.flush()
        while "inc-1-one" not in bot.stdout.readline():
            self.assertIsNone(bot.poll())
        return bot

    def must_refuse(self, bot, file):
        out, complaints = bot.communicate(NOTE, timeout=60)
        self.assertNotIn("Noted", out)
        self.assertIn("Not recorded, please say it again", out)
        self.assertEqual(complaints.count(f"{self.path(file)} was moved, replaced or deleted"), 1,
                         complaints)
        self.assertEqual(bot.returncode, 1)

    def test_what_is_said_is_not_recorded__when_the_store_was_deleted(self):
        bot = self.start()
        for name in os.listdir(self.folder.name):
            os.remove(self.path(name))
        self.must_refuse(bot, "s.db")

    def test_what_is_said_is_not_recorded__when_the_log_alone_was_deleted(self):
        bot = self.start()
        os.remove(self.path("s.db-wal"))
        self.must_refuse(bot, "s.db-wal")

    def test_what_is_said_is_not_recorded__when_a_copy_took_its_place(self):
        bot = self.start()
        with open(self.path("s.db"), "rb") as store, open(self.path("copy"), "wb") as copy:
            copy.write(store.read())
        os.rename(self.path("copy"), self.path("s.db"))
        self.must_refuse(bot, "s.db")

    def test_what_is_said_is_recorded__when_the_store_is_back(self):
        bot = self.start()
        os.rename(self.path("s.db"), self.path("away"))
        os.rename(self.path("away"), self.path("s.db"))
        out, complaints = bot.communicate(NOTE, timeout=60)
        self.assertIn("Noted", out)
        self.assertEqual((bot.returncode, complaints), (0, ""))


if __name__ == "__main__":
    unittest.main()
