"""SIGHUP reads the directory anew; a file with a fault changes nothing and stops nothing."""
import os
import signal
import subprocess
import time
import unittest

from roof import MUSTER, Roof

DEADLINE_S = 120


class Reread(Roof):
    def test_there_is_no_directory(self):
        """Whoever sends it all the same does not end the bot."""
        self.bot = subprocess.Popen([MUSTER, "console"], stdin=subprocess.PIPE,
                                    stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                    env=self.environment, text=True)
        with self.bot:
            self.assertIn("No buddy yet", self.ask(1))
            self.bot.send_signal(signal.SIGHUP)
            self.assertIn("No buddy yet", self.ask(2))
            self.bot.stdin.close()
        self.assertEqual(self.bot.returncode, 0)

    def ask(self, minute):
        self.bot.stdin.write(f"2026-03-12 01:{minute:02d}:00 tove #ops> !inc buddy\n")
        self.bot.stdin.flush()
        return self.bot.stdout.readline()

    def ask_until(self, words, minutes):
        """A signal is heard at the loop's own time."""
        end = time.monotonic() + DEADLINE_S
        answer = ""
        while words not in answer and time.monotonic() < end:
            answer = self.ask(next(minutes))
        self.assertIn(words, answer)

    def test_directory_is_read_anew(self):
        people = self.put("p.yaml", "people: [{handle: tove}]\n")
        settings = self.put("m.yaml", "directory: p.yaml\n")
        self.bot = subprocess.Popen([MUSTER, "console", "--config", settings],
                                    stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                    stderr=subprocess.PIPE, env=self.environment, text=True)
        with self.bot:
            self.assertIn("No buddy yet", self.ask(1))
            self.put("p.yaml", "people: [{handle: tove, buddies: [wen]}, {handle: wen}]\n")
            self.bot.send_signal(signal.SIGHUP)
            self.ask_until("Your buddy: wen", iter([2] * 100000))
            self.put("p.yaml", "people: [{handle: tove, bogus: 1}]\n")
            self.bot.send_signal(signal.SIGHUP)
            complaint = self.bot.stderr.readline()
            self.assertIn(f'{people}:1: unknown key', complaint)
            self.assertIn("directory not read", complaint)
            self.assertIn("Your buddy: wen", self.ask(3))
            self.bot.stdin.close()
            self.assertEqual(self.bot.stderr.read(), "")
        self.assertEqual(self.bot.returncode, 0)

    def run_once(self, settings, **environment):
        return self.muster("console", "--config", settings, "--store", self.path("s.db"),
                           text="2026-03-12 01:01:00 tove #ops> !inc buddy\n", **environment)

    def test_who_is_known_stays__when_the_file_is_away_at_the_start(self):
        people = self.put("p.yaml", "people: [{handle: tove, buddies: [wen]}, {handle: wen}]\n")
        settings = self.put("m.yaml", "directory: p.yaml\n")
        self.assertEqual(self.run_once(settings)[0], 0)
        os.rename(people, self.path("away.yaml"))
        status, out, complaints = self.run_once(settings)
        self.assertEqual(status, 0, complaints)
        self.assertIn("Your buddy: wen", out)
        self.assertIn("going on with the one before", complaints)

    def test_nothing_runs__when_nobody_is_known_and_the_file_is_away(self):
        settings = self.put("m.yaml", "directory: p.yaml\n")
        status, out, complaints = self.run_once(settings)
        self.assertEqual((status, out), (78, ""))
        self.assertIn("p.yaml", complaints)

    def test_it_is_no_fault_of_the_file__when_the_store_cannot_write(self):
        """Refused settings (78) are not tried again by a service manager; this is."""
        self.put("p.yaml", "people: [{handle: tove, buddies: [wen]}, {handle: wen}]\n")
        settings = self.put("m.yaml", "directory: p.yaml\n")
        statuses = {self.run_once(settings, MUSTER_TEST_FAIL_AFTER=str(call))[0]
                    for call in range(1, 60, 4)}
        self.assertIn(1, statuses)
        self.assertNotIn(78, statuses)


if __name__ == "__main__":
    unittest.main()
