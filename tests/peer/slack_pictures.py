#!/usr/bin/env python3
"""slack_pictures.py MUSTER FOLDER   pictures of what the bot shows on Slack, into FOLDER.

Two people go through an incident on local-slack, and a headless browser looks at its page.
Needs chromium and unshare(1). What is seen: docs/slack/README.md."""
import datetime
import pathlib
import shutil
import sys
import tempfile
import zoneinfo

import namespace
from bot import SlackBot
from browser import Browser
from local_slack import ALICE, BOB, INCIDENTS, OPS, LocalSlack, program, shown
from wait import until

WIDTH = 940
TALL = 8000  # all that was said in a channel
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

# What local-slack shows as it was sent, Slack shows otherwise: a moment, here by what the
# bot gives where Slack can't say it, and the three characters that are escaped.
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
        self.browser, self.folder = browser, folder
        browser.open(slack.base + "/")
        self.wait('document.querySelector(".sidebar-item")', "the page")

    def wait(self, script, what):
        until(lambda: self.browser.run(f"!!({script})"), what, problem=self.browser.problem)

    def go(self, user, name):
        """To a channel, a conversation or an app, as this person, by what the sidebar
        calls it."""
        find = f"""[...document.querySelectorAll(".sidebar-item")]
            .find(item => item.textContent.trim().replace(/^\\W+/, "") === "{name}")"""
        self.wait(find, f"{name} in the sidebar")
        self.browser.run(f"""(() => {{
          const select = document.querySelector(".actas select");
          Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value")
              .set.call(select, "{user}");
          select.dispatchEvent(new Event("change", {{bubbles: true}}));
          ({find}).click();
        }})()""")
        self.wait(f"({find}).classList.contains('active')", f"the page at {name}")

    def take(self, name, selector):
        """All that the selector finds, in one picture."""
        self.browser.run(AS_SLACK_DOES)
        box = self.browser.run(f"""(() => {{
          const boxes = [...document.querySelectorAll('{selector}')]
              .map(one => one.getBoundingClientRect());
          const x = Math.min(...boxes.map(box => box.left));
          const y = Math.min(...boxes.map(box => box.top));
          return [x, y, Math.max(...boxes.map(box => box.right)) - x,
                  Math.max(...boxes.map(box => box.bottom)) - y];
        }})()""")
        self.browser.picture(self.folder / f"{name}.png", box)

    def page(self, name, height, seen):
        """The whole page, once it shows what the selector finds."""
        self.browser.tall(height)
        self.wait(f"document.querySelector('{seen}')", f"{seen} on the page")
        self.take(name, ".app")

    def messages(self, name, first, last):
        """What was said from the first to the last of two messages."""
        self.browser.tall(TALL)
        self.wait(f"document.querySelector('{stamp(last)}')", "the last message")
        self.take(name, f"{stamp(first)}, {stamp(last)}")


def stamp(message):
    return f'.msg[data-ts="{message["ts"]}"]'


def minutes_ago(minutes):
    """As Alice types it."""
    at = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Oslo"))
    return (at - datetime.timedelta(minutes=minutes)).strftime("%Y-%m-%d %H:%M")


def days_ahead(days):
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


class Story:
    """One incident, from the first worry to the retrospective."""

    def __init__(self, slack, bot, pictures):
        self.slack, self.bot, self.pictures = slack, bot, pictures
        self.name = self.room = self.direct = None

    def heard(self, words, channel=None):
        return self.slack.heard(channel or self.room, words, problem=self.bot.problem)

    def type(self, user, words, answer):
        self.slack.incident(user, self.room, words)
        return self.heard(answer)

    def drawn(self, message, words):
        """The message, once it was changed and says so."""
        def look():
            found = [m for m in self.slack.messages(self.room) if m["ts"] == message["ts"]]
            return found and words in shown(found[0])
        until(look, f"{words!r}", problem=self.bot.problem)

    def begin(self):
        slack = self.slack
        self.pictures.go(ALICE, "ops")
        slack.say(ALICE, OPS, "three people in ten minutes say they paid & the order is not "
                              "confirmed. us or the bank?")
        slack.incident(ALICE, OPS, "")
        self.pictures.page("form", 640, ".modal-body")
        slack.submit(ALICE, {"What is wrong?": "orders are not confirmed",
                             "Severity": "sev2", "Service": "checkout"})
        self.heard("is open", OPS)
        self.heard("Join: <#", INCIDENTS)
        room = [c for c in slack.channels() if c["name"].startswith("inc-1")][0]
        self.room, self.name = room["id"], room["name"]
        headline = self.heard("Nobody leads yet")
        self.pictures.go(ALICE, self.name)
        self.pictures.page("headline", 420, stamp(headline))
        slack.press(ALICE, self.room, headline, "Lead")
        self.heard("alice leads since")
        self.type(ALICE, f"started {minutes_ago(42)}", "Started:")
        self.type(ALICE, f"detected {minutes_ago(13)} three customers wrote", "Detected:")

    def fetch_help(self):
        slack = self.slack
        ask = f"task <@{ALICE}> how many orders wait, since when"
        self.type(ALICE, ask, "how many orders wait")
        self.type(ALICE, "done 1 212 wait, the oldest for 42 min. usual: < 5", "Task 1 done")
        self.type(ALICE, "page payments can one bad callback fail a whole batch?", "Page 2")
        self.direct = slack.direct(BOB)
        page = self.heard("Page 2 from alice", self.direct)
        self.pictures.go(BOB, "Bob Berg")
        self.pictures.page("page", 460, stamp(page))
        slack.press(BOB, self.direct, page, "Coming")
        self.heard("bob is coming")

    def work(self):
        slack = self.slack
        found = slack.say(BOB, self.room, "found it: a callback in currency XTS is refused, so "
                                          "its batch of 50 is retried without end")
        slack.react(ALICE, self.room, found, "pushpin")
        self.heard("Key moment")
        slack.say(ALICE, self.room, "since the flag went on?", thread=found)
        task = self.type(ALICE, f"task <@{BOB}> pay back those who paid twice in 60m",
                         "pay back those")
        self.pictures.go(BOB, self.name)
        self.pictures.messages("task", {"ts": found}, task)
        slack.press(BOB, self.room, task, "Yes")
        self.drawn(task, "said yes at")
        self.type(BOB, "change flag callback-batching off (was on at 100%)", "Change at")
        self.type(ALICE, "update in 212 paid orders wait. the bank is fine, the callback "
                         "worker is suspected, bob is on it", "Inside update 1")
        self.type(ALICE, "update out Card payments are taken, but orders are not confirmed. "
                         "Please do not pay again.", "Outside update 1")
        self.type(ALICE, "mitigated", "Mitigated at")

    def hand_over(self):
        slack = self.slack
        self.type(BOB, f"followup <@{BOB}> set an unreadable callback aside "
                       f"due {days_ahead(5)} stops one callback blocking 49 others", "Follow-up 1")
        self.type(ALICE, f"handoff <@{BOB}> double payments are with you", "Hand-over to bob")
        brief = self.heard("asks you to lead", self.direct)
        self.pictures.go(BOB, "Bob Berg")
        self.pictures.messages("handoff", brief, brief)
        slack.home(BOB)
        self.pictures.go(BOB, "muster")
        self.pictures.page("home", 440, ".home .bk-header")
        slack.press(BOB, self.direct, brief, "Accept")
        self.heard("bob leads since")

    def learn(self):
        self.type(BOB, "done 3 two double payments paid back", "Task 3 done")
        self.type(BOB, "normal", "Normal at")
        self.type(BOB, "resolve all orders confirmed", "Resolved at")
        self.type(BOB, "factor technical an unreadable callback sends its batch back, to be "
                       "tried without end", "Factor 1")
        self.type(ALICE, "gap nothing watches the age of the oldest unconfirmed order",
                  "blind spot")
        self.type(ALICE, "well raised before anyone knew how big it was", "went well")
        first = self.type(BOB, "retro", "Retrospective of inc-1")
        file = until(lambda: [m for m in self.slack.messages(self.room) if m.get("files")],
                     "the file", problem=self.bot.problem)[0]
        self.pictures.go(ALICE, self.name)
        self.pictures.messages("retrospective-1", first, self.heard("3 of 7"))
        self.pictures.messages("retrospective-2", self.heard("4 of 7"), self.heard("5 of 7"))
        self.pictures.messages("retrospective-3", self.heard("6 of 7"), file)


def take_all(muster, folder, scratch, browser):
    (scratch / "people.yaml").write_text(PEOPLE)
    slack = LocalSlack(scratch)
    bot = SlackBot(muster, scratch, slack, "directory: people.yaml\n")
    try:
        bot.start()
        story = Story(slack, bot, Pictures(browser, slack, folder))
        story.begin()
        story.fetch_help()
        story.work()
        story.hand_over()
        story.learn()
    finally:
        bot.stop()
        slack.stop()


def main():
    chromium = shutil.which("chromium")
    muster, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    if chromium is None:
        sys.exit("slack_pictures.py: chromium is missing")
    program()
    reason = namespace.enter()
    if reason:
        sys.exit(f"slack_pictures.py: {reason}")
    with tempfile.TemporaryDirectory(prefix="muster-pictures-",
                                     ignore_cleanup_errors=True) as scratch:
        browser = Browser(chromium, pathlib.Path(scratch), WIDTH, TALL)
        try:
            take_all(muster, folder, pathlib.Path(scratch), browser)
        finally:
            browser.stop()


if __name__ == "__main__":
    main()
