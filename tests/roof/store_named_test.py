"""Which store a subcommand works on, and that none is made by a slip."""
import os
import unittest

from roof import Roof

LINES = "2026-11-22 03:10:00 ana #ops> !inc declare one\n"


class StoreNamed(Roof):
    def must_be_empty(self):
        self.assertEqual(os.listdir(self.folder.name), [])

    def test_no_transcript_is_played__when_the_store_is_named_with_nothing(self):
        for words in (["--store", ""], ["--store="]):
            status, out, complaints = self.muster("console", *words, text=LINES)
            self.assertEqual((status, out), (2, ""), words)
            self.assertIn("--store needs the path of a file", complaints)
        self.must_be_empty()

    def test_a_transcript_has_a_store_of_its_own__whatever_the_bot_has(self):
        for store in ("", self.path("muster.db")):
            status, out, complaints = self.muster("console", text=LINES, MUSTER_STORE=store)
            self.assertEqual((status, complaints), (0, ""))
            self.assertIn("inc-1 one is open", out)
            self.must_be_empty()

    def test_the_environment_names_the_store__of_everything_else(self):
        status, _, complaints = self.muster("verify", MUSTER_STORE=self.path("muster.db"))
        self.assertEqual(status, 1)
        self.assertIn(f"there is no store at {self.path('muster.db')}", complaints)

    def test_forget_makes_no_store__where_there_is_none(self):
        path = self.path("wrong/path.db")
        status, out, complaints = self.muster("forget", "ana", "--store", path)
        self.assertEqual((status, out), (1, ""))
        self.assertEqual(complaints, f"muster: there is no store at {path}\n")
        self.must_be_empty()


if __name__ == "__main__":
    unittest.main()
