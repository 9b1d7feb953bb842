"""Every text of the bot in other letters: the same is said and done, and the record is the same."""
import glob
import json
import os
import re
import shutil
import unittest

import roof

SCENARIOS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "scenario")
PLAYED = ["retro", "impact"]
SAID = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ muster [#@]")
VALUE = re.compile(r"%[-0-9.*]*(?:ll|l|z)?[a-z%]|\\n")
# Small letters become phonetic ones, capitals Cyrillic ones: nobody else writes these.
SMALL, CAPITAL = 0x0250 - ord("a"), 0x0410 - ord("A")


def marked(text):
    def letters(part):
        return "".join(chr(ord(c) + SMALL) if "a" <= c <= "z" else
                       chr(ord(c) + CAPITAL) if "A" <= c <= "Z" else c for c in part)
    values = VALUE.findall(text) + [""]
    return "".join(letters(part) + value for part, value in zip(VALUE.split(text), values))


def unmarked(text):
    return "".join(chr(ord(c) - SMALL) if 0x0250 <= ord(c) < 0x026A else
                   chr(ord(c) - CAPITAL) if 0x0410 <= ord(c) < 0x042A else c for c in text)


class Texts(roof.Roof):
    def setUp(self):
        super().setUp()
        for path in glob.glob(os.path.join(SCENARIOS, "*.yaml")):
            shutil.copy(path, self.folder.name)
        _, listed, _ = self.muster("check", "--texts")
        self.texts = [json.loads(line.split("say: ", 1)[1])
                      for line in listed.splitlines() if line.startswith("  - say: ")]
        self.put("marked.yaml", "texts:\n" + "".join(
            f"  - say: {json.dumps(text, ensure_ascii=False)}\n"
            f"    as: {json.dumps(marked(text), ensure_ascii=False)}\n" for text in self.texts))

    def play(self, name, in_marked):
        """What is said, and what is on record afterwards."""
        with open(os.path.join(SCENARIOS, name + ".txt"), encoding="utf-8") as file:
            fed = "".join(line for line in file if not SAID.match(line))
        own = os.path.join(SCENARIOS, name + ".yaml")
        settings = ""
        if os.path.exists(own):
            with open(own, encoding="utf-8") as file:
                settings = file.read()
        if in_marked:
            settings += "\ntexts: marked.yaml\n"
        config = self.put("settings.yaml", settings)
        store = self.path(f"{name}-{in_marked}.db")
        status, said, complaints = self.muster("console", "--config", config, "--store", store,
                                               text=fed)
        self.assertEqual((status, complaints), (0, ""), name)
        records = []
        while True:
            status, record, _ = self.muster("export", "--config", config, "--store", store,
                                            str(len(records) + 1))
            if status != 0:
                return said, records
            records.append(json.loads(record)["timeline"])

    def test_other_texts_change_words_and_nothing_else(self):
        for name in PLAYED:
            with self.subTest(scenario=name):
                plain, plain_record = self.play(name, False)
                said, record = self.play(name, True)
                self.assertEqual(unmarked(said).lower(), plain.lower())
                self.assertEqual(record, plain_record)
                self.assertNotEqual(said, plain)

    def test_a_text_that_is_said_twice_is_refused_with_its_line(self):
        words = self.put("words.yaml", 'texts:\n  - say: "Yes"\n    as: "Ja"\n'
                                       '  - say: "Yes"\n    as: "Jo"\n')
        config = self.put("twice.yaml", "texts: words.yaml\n")
        status, _, complaints = self.muster("console", "--config", config)
        self.assertEqual(status, 78)
        self.assertIn(f'{words}:4: "Yes" stands here a second time', complaints)


if __name__ == "__main__":
    unittest.main()
