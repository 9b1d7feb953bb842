"""Standard output that takes nothing: whoever asked must not think it was said."""
import subprocess
import unittest

from roof import MUSTER, Roof

LINES = "2026-11-22 03:10:00 ana #ops> !inc declare one\n"


class Unwritten(Roof):
    def setUp(self):
        super().setUp()
        self.muster("console", "--store", self.path("s.db"), text=LINES)
        self.put("people.yaml", "people:\n  - handle: bo\n")

    def test_the_exit_status_is_1__when_nothing_could_be_written(self):
        for words in (["check", "--texts"], ["verify"], ["export", "inc-1"],
                      ["export", "inc-1", "--format", "html"], ["import", "people.yaml"],
                      ["manifest", "slack"], ["forget", "bo"], ["--version"], ["--help"]):
            if not words[0].startswith("--"):
                words = [*words, "--store", self.path("s.db")]
            with open("/dev/full", "w", encoding="utf-8") as full:
                done = subprocess.run([MUSTER, *words], stdout=full, stderr=subprocess.PIPE,
                                      text=True, timeout=300, check=False,
                                      cwd=self.folder.name, env=self.environment)
            self.assertEqual(done.returncode, 1, (words, done.stderr))
            self.assertIn("can't be written", done.stderr, words)


if __name__ == "__main__":
    unittest.main()
