"""A large index: a search that is not through with it says so, and what was redacted goes
out of all of it."""
import sqlite3
import unittest

from roof import Roof

MORE = 6_000  # than one search takes in


class Search(Roof):
    def search(self, words):
        status, out, complaints = self.muster(
            "console", "--store", self.path("muster.db"),
            text=f"2026-03-12T10:00:00Z ana @muster> search {words}\n")
        self.assertEqual((status, complaints), (0, ""))
        return out

    def put_entries(self, count, words=""):
        """As many as a store has whose bot knew no search yet."""
        db = sqlite3.connect(self.path("muster.db"))
        with db:
            db.executemany(
                "INSERT INTO timeline (incident_id, n, at_ms, recorded_ms, kind, text) "
                "VALUES (1, ?1 + 1000, 0, 0, 'note', 'queue number' || ?1 || ?2)",
                [(number, words.replace("N", str(number))) for number in range(count)])
        db.close()

    def test_search_says_it_is_behind__until_it_has_read_all(self):
        self.muster("console", "--store", self.path("muster.db"),
                    text="2026-03-12T09:00:00Z ana @muster> declare orders stuck\n")
        self.put_entries(MORE)
        out = self.search(f"number{MORE - 1}")
        self.assertIn("Nothing that you can see holds that", out)
        self.assertIn("I have not read everything yet", out)
        out = self.search(f"number{MORE - 1}")
        self.assertIn(f"queue number{MORE - 1}", out)
        self.assertNotIn("I have not read everything yet", out)

    def state(self):
        db = sqlite3.connect(self.path("muster.db"))
        (state,) = db.execute("SELECT to_purge FROM search_state").fetchone()
        db.close()
        return state

    def test_index_is_purged_to_its_end__step_by_step(self):
        self.muster("console", "--store", self.path("muster.db"),
                    text="2026-03-12T09:00:00Z ana @muster> declare orders stuck\n")
        self.put_entries(4_000, "".join(f" w{word}N" for word in range(40)))
        self.search("queue")
        self.muster("console", "--store", self.path("muster.db"),
                    text="2026-03-12T10:01:00Z ana @muster> redact inc-1 1007\n")
        self.assertNotEqual(self.state(), 0)
        self.muster("console", "--store", self.path("muster.db"),
                    text="2026-03-12T10:02:00Z .\n")
        self.assertEqual(self.state(), 0)


if __name__ == "__main__":
    unittest.main()
