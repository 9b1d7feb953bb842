"""The page of an incident: well formed, whole, and harmless whatever people wrote."""
import html.parser
import re
import shutil
import unittest

from roof import Roof

EVIL = """</p><script src=//evil.example/x.js></script>"'&<img onerror=x> \u202e ]]> <!--"""
SAID = f"""2026-03-12T09:00:00Z tove #shop> !inc declare {EVIL} one
09:00 tove CHANNEL> !inc lead
09:01 tove CHANNEL [m1]> {EVIL} two
09:01 tove CHANNEL react m1 pushpin>
09:02 tove CHANNEL> !inc task @tove {EVIL} three
09:02 tove CHANNEL> !inc done 1 {EVIL} four
09:03 tove CHANNEL> !inc factor technical {EVIL} five
09:03 tove CHANNEL> !inc factor process {EVIL} six
09:03 tove CHANNEL> !inc because 1 2
09:04 tove CHANNEL> !inc followup @tove {EVIL} seven due 2026-03-20 why {EVIL} eight stops {EVIL} nine
09:04 tove CHANNEL> !inc well {EVIL} ten
09:05 tove CHANNEL> !inc update in {EVIL} eleven
09:06 tove CHANNEL> !inc resolve {EVIL} twelve
09:07 tove CHANNEL> !inc retro
"""
WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
SECTIONS = ["retrospective", "factors", "followups", "timeline", "entries", "roles",
            "tasks", "pages", "updates"]
VOID = {"meta", "path", "rect"}


class Page(html.parser.HTMLParser):
    """All tags in pairs; what is there, and what it points to."""
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.targets, self.tags, self.text = [], [], [], set(), ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        for name, value in attributes:
            assert not name.startswith("on"), name
            if name == "id":
                self.ids.append(value)
            if name in ("href", "src", "xlink:href", "action", "data", "srcset"):
                self.targets.append(value)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open and self.open[-1] == tag, (tag, self.open, self.getpos())
            self.open.pop()

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data


class Html(Roof):
    def setUp(self):
        super().setUp()
        self.store = self.path("muster.db")

    def page(self, said, number="1", **environment):
        status, out, complaints = self.muster("console", "--store", self.store, text=said)
        self.assertEqual((status, complaints), (0, ""), out)
        status, out, complaints = self.muster("export", number, "--format", "html",
                                              "--store", self.store, **environment)
        self.assertEqual((status, complaints), (0, ""))
        return out

    def evil(self):
        opened = self.muster("console", text=SAID.splitlines()[0] + "\n")[1]
        channel = re.search(r"Work: (#inc-1[a-z0-9-]*)", opened)[1]
        return SAID.replace("CHANNEL", channel)

    def test_words_stay_words(self):
        text = self.page(self.evil())
        page = Page(text)
        self.assertEqual(page.open, [])
        self.assertFalse({"script", "img", "link", "iframe", "object"} & page.tags)
        shown = EVIL.replace("\u202e", "\\u{202E}")
        for word in WORDS:
            self.assertIn(f"{shown} {word}", page.text)
        self.assertNotIn("\u202e", text)

    def test_nothing_is_loaded_and_every_link_is_inside(self):
        text = self.page(self.evil())
        page = Page(text)
        self.assertIn("default-src 'none'", text)
        self.assertEqual({target[0] for target in page.targets}, {"#"})
        for target in page.targets:
            self.assertIn(target[1:], page.ids)
        self.assertEqual([name for name in SECTIONS if name in page.ids], SECTIONS)
        style = re.search(r"<style>(.*?)</style>", text, re.S)[1]
        self.assertNotRegex(style, r"url\(|@import|https?:")

    def test_an_empty_incident_is_a_page(self):
        page = Page(self.page("2026-03-12T09:00:00Z tove #shop> !inc declare\n"))
        self.assertEqual(page.open, [])
        self.assertIn("Not drafted yet.", page.text)

    def test_the_tree_stands_alone_without_graphviz(self):
        text = self.page(self.evil(), PATH="/nowhere")
        self.assertNotIn("<svg", text)
        self.assertIn('<ul class="tree">', text)
        self.assertEqual(Page(text).open, [])

    @unittest.skipUnless(shutil.which("dot"), "no Graphviz here")
    def test_the_factors_are_drawn(self):
        text = self.page(self.evil())
        drawing = re.search(r"<svg .*?</svg>", text, re.S)[0]
        self.assertEqual(len(re.findall(r"<rect ", drawing)), 3)
        self.assertEqual(len(re.findall(r'marker-end="url\(#tip\)"', drawing)), 2)


if __name__ == "__main__":
    unittest.main()
