"""What nobody should type, typed: a clear answer to whoever typed it, and nothing lost."""
import re
import resource
import sqlite3
import subprocess
import tempfile
import unittest

from roof import MUSTER, Roof

CHANNEL = "#inc-1-orders-stuck"
BEGIN = b"2026-03-12T09:00:00Z tove #shop> !inc declare orders stuck\n"
LIMIT_BYTES = 256 * 1024


class BadInput(Roof):
    def console(self, *lines):
        """Bytes in. What is said behind the first incident; what is recorded, in self."""
        store = tempfile.mkdtemp(dir=self.folder.name) + "/store.db"
        done = subprocess.run([MUSTER, "console", "--store", store],
                              input=BEGIN + b"".join(lines), env=self.environment,
                              capture_output=True, timeout=120, check=False)
        said = done.stdout.decode().splitlines()  # UTF-8 all through
        first = next(i for i, line in enumerate(said) if "Tasks: none" in line) + 1
        with sqlite3.connect(store) as reader:
            self.texts = [row[0] for row in reader.execute(
                "SELECT text FROM timeline WHERE incident_id = 1 ORDER BY n")]
            self.title, = reader.execute("SELECT title FROM incidents WHERE id = 1").fetchone()
        reader.close()
        self.status, self.complaints = done.returncode, done.stderr.decode()
        return said[first:]

    def fine(self, *lines):
        said = self.console(*lines)
        self.assertEqual((self.status, self.complaints), (0, ""))
        return said

    def said_here(self, words):
        return b"09:01 ana " + CHANNEL.encode() + b"> " + words + b"\n"

    def answer(self, words):
        """The one answer to ana's command, which only ana sees."""
        said = self.fine(self.said_here(b"!inc " + words))
        heads = [line for line in said if re.match(rf"^\S+ muster {CHANNEL} \(to ana\)>", line)]
        self.assertEqual(len(heads), 1, said)
        self.assertEqual(len([line for line in said if "|" not in line[:60]]), 1, said)
        return heads[0].split("> ", 1)[1]

    def test_nul_and_invalid_utf8_become_replacement_characters(self):
        self.fine(self.said_here(b"a\0b \xff\xfe c\xc3 \xed\xa0\x80"))
        self.assertIn("a\ufffdb \ufffd\ufffd c\ufffd \ufffd\ufffd\ufffd", self.texts)

    def test_marks_of_the_bot_itself_are_no_marks(self):
        said = self.fine(self.said_here("!inc change \ufdd0chelp\ufdd1".encode()))
        self.assertIn("\ufffdchelp\ufffd", said[0])
        self.assertNotIn("`", said[0])

    def test_bidi_and_invisible_characters_are_kept_and_shown(self):
        words = "flag \u202egnp.exe \u2066x\u2069 \u200bz\ufeff \x1b[31mred"
        said = self.fine(self.said_here(b"!inc change " + words.encode()))
        self.assertIn(r"flag \u{202E}gnp.exe \u{2066}x\u{2069} \u{200B}z\u{FEFF} \u{001B}[31mred",
                      said[0])
        self.assertFalse(re.search("[\u202e\u2066\u200b\x1b]", "".join(said)))

    def test_format_characters_are_words(self):
        words = "%s%s%n%d %99999999d {} $(id) `id` %"
        said = self.fine(self.said_here(b"!inc change " + words.encode()))
        self.assertIn(words, said[0])
        self.assertIn(words, self.texts)

    def test_sql_is_words(self):
        words = "'); DROP TABLE incidents; --"
        said = self.fine(self.said_here(b"!inc title " + words.encode()),
                         b"09:02 ana #shop> !inc list " + words.encode() + b"\n",
                         b"09:02 ana #shop> !inc status inc-1\n")
        self.assertIn(words, said[0])
        self.assertEqual(self.title, words)
        self.assertTrue(any("inc-1" in line and "active" in line for line in said[1:]))

    def test_emoji_and_long_titles(self):
        title = "\U0001f468\u200d\U0001f469\u200d\U0001f467 " + "ordersé" * 500
        self.fine(self.said_here(b"!inc title " + title.encode()))
        self.assertTrue(title.startswith(self.title[:100]))
        said = self.fine(b"09:05 ana #shop> !inc declare " + title.encode() + b"\n")
        self.assertTrue(any(re.match(r"^\S+ muster #shop> inc-\d+ ", line) for line in said))
        for name in re.findall(r"Work: #(\S+),", "\n".join(said)):
            self.assertLessEqual(len(re.sub(r"^inc-\d+-", "", name)), 40)

    def test_text_over_the_limit_is_cut_at_a_character_and_said(self):
        words = "ä" * (150 * 1024)
        said = self.fine(self.said_here(words.encode()))
        kept = max(self.texts, key=len)
        self.assertLessEqual(len(kept.encode()), LIMIT_BYTES + 100)
        self.assertEqual(kept[:LIMIT_BYTES // 2 - 100], words[:LIMIT_BYTES // 2 - 100])
        self.assertNotIn("\ufffd", kept)
        notices = [line for line in said if "(to ana)" in line]
        self.assertEqual(len(notices), 1, said)
        self.assertIn("300 KiB long: its first 256 KiB are kept", notices[0])

    def test_timeline_says_how_long_a_cut_text_was(self):
        said = self.fine(self.said_here(b"x" * (300 * 1024)),
                         b"09:02 tove @muster> timeline inc-1 all\n")
        self.assertTrue(any("xxx... (cut, was 300 KiB)" in line for line in said))

    def test_four_megabytes_are_cut_and_what_follows_is_read(self):
        said = self.fine(self.said_here(b"x" * (4 << 20)),
                         self.said_here(b"!inc note still here"))
        self.assertIn("still here", self.texts)
        self.assertIn("x" * LIMIT_BYTES, self.texts)
        self.assertTrue(any("4096 KiB long" in line for line in said))
        self.assertTrue(any("(to ana)" in line and "Noted" in line for line in said))

    def test_a_word_of_time_again_and_again_takes_little_memory(self):
        self.fine(self.said_here(b"!inc task @ana " + b"in " * 30000))
        kib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        self.assertLess(kib, 800 * 1024)

    def test_a_thousand_mentions(self):
        words = " ".join(f"@ana{i}" for i in range(1000))
        answer = self.answer(b"task " + words.encode())
        self.assertIn('I know no "ana0"', answer)
        self.fine(self.said_here(words.encode()))
        self.assertIn(words, self.texts)

    def test_long_handles(self):
        handle = b"a" * 5000
        self.console(b"09:01 " + handle + b" " + CHANNEL.encode() + b"> hello\n",
                     self.said_here(b"still here"))
        self.assertEqual(self.status, 1)
        self.assertIn("line 2: the name is too long", self.complaints)
        self.assertIn("still here", self.texts)

    def test_unknown_verbs(self):
        for words in (b"frobnicate", b"%n%n", b"\xf0\x9f\x94\xa5", b"x" * 100000,
                      b"\"", b"--private", b"-", b"inc-1", b"1"):
            with self.subTest(words=words[:20]):
                answer = self.answer(words)
                self.assertIn("No verb", answer)
                self.assertLess(len(answer), 400)
                self.assertIn("your line is on the timeline", answer)

    def test_empty_command(self):
        self.assertIn("A verb is missing", self.answer(b""))
        self.assertIn("A verb is missing", self.answer(b"   \t "))

    def test_wrong_arguments(self):
        for words, wanted in (
                (b"severity", "A level is missing"),
                (b"severity \"sev1", "is not a level"),
                (b"task", "A name is missing"),
                (b"task \"unbalanced", "I know no"),
                (b"task @tove", "WHAT is missing"),
                (b"ack 99999999999999999999", "Nothing waits for you"),
                (b"ack -1", "is not a number"),
                (b"drop 99999999999999999999", "There is no entry"),
                (b"because 1", "The number M is missing"),
                (b"because 1 1", "no factor 1"),
                (b"status inc-0", "There is no inc-0 "),
                (b"status inc-99999999999999999999", "that you can see"),
                (b"status inc-1 inc-1", "is more than I can use"),
                (b"status inc-inc-1", "is more than I can use"),
                (b"status inc-", "is more than I can use"),
                (b"started 0000-01-01 10:00", "is no time I can read"),
                (b"started 25:61", "is no time I can read"),
                (b"started 2026-02-30 10:00", "is no time I can read"),
                (b"started 9999-12-31 10:00", "still to come"),
                (b"started 99999-12-31 10:00", "is no time I can read"),
                (b"update", "is missing"),
                (b"update sideways x", "In or out?"),
                (b"snooze 99999999999999h", "is no time I can read"),
                (b"help \xff\xff", "No verb")):
            with self.subTest(words=words):
                self.assertIn(wanted, self.answer(words))

    def test_year_9999_in_a_transcript(self):
        said = self.fine(b"9999-12-31T23:59:00Z ana " + CHANNEL.encode() + b"> !inc note late\n")
        self.assertIn("late", self.texts)
        self.assertLess(len(said), 30)

    def test_year_0_and_unreadable_lines_are_named(self):
        self.console(b"0000-01-01T00:00:00Z ana #shop> hello\n", b"\xff\xfe\n",
                     b"\0\0\0\n", b"ana #shop> no time\n", self.said_here(b"still here"))
        self.assertEqual(self.status, 1)
        self.assertIn("still here", self.texts)
        for number in (4, 5):
            self.assertIn(f"line {number}: ", self.complaints)

    def test_what_failed_is_on_the_timeline(self):
        self.answer(b"severity sev77 because it burns")
        self.assertTrue(any("sev77 because it burns" in text for text in self.texts))


if __name__ == "__main__":
    unittest.main()
