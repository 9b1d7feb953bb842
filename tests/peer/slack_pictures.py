#!/usr/bin/env python3
"""slack_pictures.py MUSTER FOLDER   pictures of what the bot shows on Slack.

Two people go through an incident on local-slack, and a headless browser looks at its page.
Needs chromium and a network namespace of its own. docs/slack/README.md says what is seen."""
import datetime
import pathlib
import shutil
import sys
import tempfile
import zoneinfo

import namespace
from bot import SlackBot
from browser import Browser
from local_slack import ALICE, APP, BOB, OPS, LocalSlack
from wait import until

WIDTH, HEIGHT = 940, 4000
PEOPLE = f"""
people:
  - {{handle: alice, name: Alice Aas, zone: Europe/Oslo, team: checkout, slack: {ALICE}}}
  - {{handle: bob, name: Bob Berg, zone: Asia/Singapore, team: payments, slack: {BOB},
     skills: [callback-worker]}}
services:
  - {{name: checkout, team: checkout, owners: [alice]}}
  - {{name: payments, team: payments, owners: [bob]}}
rota:
  - {{service: payments, order: [bob], shift: 1w, from: "2026-03-02 09:00", zone: Asia/Singapore}}
"""

# What local-slack shows as it was sent, as Slack shows it: a moment (here its fallback, in
# the zone of whom it was said to), and the three characters that are escaped.
AS_SLACK_DOES = r"""
for (const part of document.querySelectorAll(".mrkdwn")) {
  const html = part.innerHTML
      .replace(/&lt;!date\^\d+\^[^|]*\|(.*?)&gt;/g, "$1")
      .replace(/&amp;(amp|lt|gt);/g, "&$1;");
  if (html !== part.innerHTML) part.innerHTML = html;
}"""


class Pictures:
    """The page as one person sees it, place by place."""

    def __init__(self, browser, slack, folder):
        self.browser, self.slack, self.folder = browser, slack, folder
        browser.open(slack.base + "/")
        self.wait('document.querySelector(".sidebar-item")', "the page")

    def wait(self, script, what):
        until(lambda: self.browser.run(f"!!({script})"), what, problem=self.browser.problem)

    def person(self, user):
        self.browser.run(f"""(() => {{
          const select = document.querySelector(".actas select");
          Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value")
              .set.call(select, "{user}");
          select.dispatchEvent(new Event("change", {{bubbles: true}}));
        }})()""")

    def go(self, name):
        """To a channel, a conversation or an app, by what the sidebar calls it."""
        find = f"""[...document.querySelectorAll(".sidebar-item")]
            .find(item => item.textContent.trim().replace(/^\\W+/, "") === "{name}")"""
        self.wait(find, f"{name} in the sidebar")
        self.browser.run(f"({find}).click()")
        self.wait(f"({find}).classList.contains('active')", f"the page at {name}")

    def box(self, selector, first=0, last=None):
        """The place of all that the selector finds, from the first to the last."""
        self.browser.run(AS_SLACK_DOES)
        return self.browser.run(f"""(() => {{
          const all = [...document.querySelectorAll("{selector}")]
              .slice({first}, {"undefined" if last is None else last});
          const boxes = all.map(one => one.getBoundingClientRect());
          const x = Math.min(...boxes.map(box => box.left));
          const y = Math.min(...boxes.map(box => box.top));
          return [x, y, Math.max(...boxes.map(box => box.right)) - x,
                  Math.max(...boxes.map(box => box.bottom)) - y];
        }})()""")

    def take(self, name, selector, first=0, last=None):
        self.browser.picture(self.folder / f"{name}.png", self.box(selector, first, last))

    def message(self, name, *messages):
        """These messages, once the page shows them."""
        stamps = [f'.msg[data-ts=\\"{message["ts"]}\\"]' for message in messages]
        for stamp in stamps:
            self.wait(f'document.querySelector("{stamp}")', f"{stamp} on the page")
        self.take(name, ", ".join(stamps))
