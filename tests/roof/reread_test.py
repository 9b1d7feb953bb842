"""SIGHUP reads the directory anew; a file with a fault changes nothing and stops nothing."""
import signal
import subprocess
import time
import unittest

from roof import MUSTER, Roof

DEADLINE_S = 30


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


if __name__ == "__main__":
    unittest.main()
