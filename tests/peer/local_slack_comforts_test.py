#!/usr/bin/env python3
"""local_slack_comforts_test.py MUSTER   what Slack has beside the verbs, on a Slack that
nobody here wrote: the form, the Home tab, buttons, reactions, threads and edits. Shortcuts,
buttons in the Home tab, pins and files are not here: local-slack has none (README.md).
Skipped (77), with the reason, like local_slack_test.py."""
from local_slack import ALICE, BOB, BOT, INCIDENTS, OPS, shown
from slack_rig import Peer, main, seconds
from wait import until


class Form(Peer):
    def opened(self, user, channel):
        self.slack.incident(user, channel, "")
        return until(self.slack.form, "the form", problem=self.bot.problem)

    def test_an_incident_is_declared_in_the_form(self):
        slack = self.slack
        form = self.opened(ALICE, OPS)
        self.assertEqual(form["title"]["text"], "Declare an incident")
        self.assertEqual([block["label"]["text"] for block in form["blocks"]],
                         ["What is wrong?", "Severity", "Suspected", "Private"])
        refused = slack.submit(ALICE, {"What is wrong?": 'half of "card" orders fail & hang',
                                       "Severity": "sev2", "Suspected": True})
        self.assertIsNone(refused)
        self.assertIsNone(slack.form())
        self.heard(OPS, "inc-1 half of")
        self.heard(INCIDENTS, "sev2")
        self.end()
        incident = self.bot.export("inc-1")["incident"]
        self.assertEqual((incident["title"], incident["severity"], incident["status"]),
                         ('half of "card" orders fail & hang', "sev2", "suspected"))

    def test_a_private_incident_of_the_form_has_a_private_channel(self):
        self.opened(BOB, OPS)
        self.slack.submit(BOB, {"What is wrong?": "keys are about", "Private": True})
        room = until(lambda: [c for c in self.slack.channels() if c["name"].startswith("inc-1")],
                     "the channel", problem=self.bot.problem)[0]
        self.heard(room["id"], "inc-1 keys are about: active")
        self.assertTrue(room["is_private"])
        self.end()
        self.assertEqual([m for m in self.slack.messages(OPS) + self.slack.messages(INCIDENTS)
                          if "inc-1" in shown(m) and not m.get("ephemeral_to")], [])

    def test_a_form_that_cannot_be_read_stays_open_and_says_so(self):
        form = self.opened(ALICE, OPS)
        trigger = [entry["detail"]["trigger_id"] for entry in self.slack.log()
                   if entry["summary"] == "views.open"][0]
        kept = ("type", "callback_id", "title", "submit", "blocks")
        stale = {name: form[name] for name in kept}
        stale["private_metadata"] = "of another version"
        self.slack.call("/api/views.open", {"trigger_id": trigger, "view": stale})
        refused = self.slack.submit(ALICE, {"What is wrong?": "checkout fails"})
        self.assertIn("I can't read this form", "".join(refused.values()))
        self.assertIsNotNone(self.slack.form())
        self.end()


class Home(Peer):
    def drawn(self, user, words):
        """The Home tab, opened again until it holds the words."""
        def look():
            home = self.slack.home(user, self.bot.problem)
            return home if words in shown(home) else None
        return shown(until(look, f"{words!r} in the Home tab", problem=self.bot.problem))

    def test_home_shows_what_is_open_and_what_is_mine(self):
        slack = self.slack
        self.assertEqual(self.drawn(BOB, "None.").count("None."), 3)
        room = self.declare("checkout fails")
        slack.incident(ALICE, room, f"task <@{BOB}> look at the database")
        self.heard(room, "look at the database")
        slack.incident(ALICE, room, f"followup <@{BOB}> watch the pool due 2099-03-20")
        self.heard(room, "Follow-up 1, bob")
        home = self.drawn(BOB, "watch the pool")
        self.assertEqual([line for line in home.split("\n") if line in
                          ("Open incidents", "Your tasks", "Your follow-ups")],
                         ["Open incidents", "Your tasks", "Your follow-ups"])
        self.assertIn("inc-1 checkout fails: active", home)
        self.assertIn(f"<#{room}>", home)
        self.heard(INCIDENTS, "Join: ")  # a link, where the channel is made within 500 ms
        self.assertIn("look at the database (waits for your yes)", home)
        self.assertNotIn("None.", home)
        others = self.drawn(ALICE, "inc-1 checkout fails")
        self.assertNotIn("database", others)
        self.assertEqual(others.count("None."), 2)
        slack.incident(BOB, room, "ack 1")
        self.drawn(BOB, "look at the database (yours)")
        slack.incident(BOB, room, "done 1 pool of 20, all in use")
        self.heard(room, "Task 1 done")
        self.assertNotIn("database", self.drawn(BOB, "None."))
        self.end()


class Gestures(Peer):
    def test_buttons_say_no_and_hand_over(self):
        slack = self.slack
        room = self.declare("checkout fails")
        slack.press(ALICE, room, self.heard(room, "Nobody leads yet"), "Lead")
        self.heard(room, "alice leads since")
        until(lambda: "Nobody leads" not in shown(slack.messages(room)[0]),
              "the headline to say who leads", problem=self.bot.problem)
        slack.press(BOB, room, slack.messages(room)[0], "Catch up")
        self.assertEqual(self.heard(room, "no message marked yet")["ephemeral_to"], BOB)
        self.assertIn("Catch up", shown(slack.messages(room)[0]))
        slack.incident(ALICE, room, f"task <@{BOB}> look at the database")
        slack.press(BOB, room, self.heard(room, "look at the database"), "Can't")
        said = self.heard(slack.direct(ALICE), "it waits for somebody")
        self.assertNotIn("bob", shown(said))
        self.assertNotIn(BOB, shown(said))
        self.assertEqual(self.heard(room, "Thank you for saying so")["ephemeral_to"], BOB)
        slack.incident(ALICE, room, f"handoff <@{BOB}> all quiet")
        direct = slack.direct(BOB)
        slack.press(BOB, direct, self.heard(direct, "asks you to lead inc-1"), "Accept")
        self.heard(room, "bob leads since")
        brief = self.heard(direct, "You chose Accept at")
        self.assertIn("asks you to lead inc-1", shown(brief))
        self.assertNotIn("actions", [block["type"] for block in brief["blocks"]])
        self.end()
        held = self.bot.export("inc-1")
        self.assertEqual([hold["person"] for hold in held["roles"]], ["alice", "bob"])

    def test_a_check_mark_under_a_task_or_a_page_is_a_yes(self):
        slack = self.slack
        room = self.declare("checkout fails")
        slack.incident(ALICE, room, f"task <@{BOB}> look at the database")
        task = self.heard(room, "look at the database")
        slack.react(ALICE, room, task["ts"], "eyes")
        slack.react(BOB, room, task["ts"], "white_check_mark")
        self.heard(room, "said yes at")
        slack.incident(ALICE, room, f"page <@{BOB}> please come")
        direct = slack.direct(BOB)
        page = self.heard(direct, "Page 2 from alice")
        slack.react(BOB, direct, page["ts"], "white_check_mark")
        self.heard(room, "bob is coming (page 2")
        self.end()
        self.assertEqual([(task["owner"], task["state"])
                          for task in self.bot.export("inc-1")["tasks"]], [("bob", "acked")])


class Record(Peer):
    def test_what_is_asked_in_a_thread_is_answered_there(self):
        slack = self.slack
        room = self.declare("checkout fails")
        first = slack.say(BOB, room, "the disk is full")
        slack.say(ALICE, room, f"<@{BOT}> title the disk is full", thread=first)
        answer = self.heard(room, "Title:")
        self.assertEqual(answer.get("thread_ts"), first)
        slack.say(ALICE, room, f"<@{BOT}> title checkout fails again")
        answer = self.heard(room, "checkout fails again")
        self.assertNotIn("thread_ts", answer)
        self.end()

    def test_messages_keep_their_times_edits_and_deletions(self):
        slack = self.slack
        room = self.declare("checkout fails")
        first = slack.say(BOB, room, "the pool is <full> & slow")
        reply = slack.say(ALICE, room, "which pool?", thread=first)
        slack.edit(BOB, room, first, "the connection pool is full")
        late = slack.say(BOB, room, "orders", thread=first)
        slack.edit(BOB, room, late, "that of orders")
        gone = slack.say(ALICE, room, "wrong thread, sorry", thread=first)
        slack.delete(ALICE, room, gone)
        slack.react(ALICE, room, first, "pushpin")
        self.heard(room, "Key moment: bob")
        marked = slack.say(ALICE, room, "not as important")
        slack.react(ALICE, room, marked, "pushpin")
        self.heard(room, "Key moment: alice")
        slack.react(ALICE, room, marked, "pushpin", present=False)
        self.end()
        said = {entry["source"]["message"]: entry for entry in self.said(room)}
        self.assertEqual(list(said), [first, reply, late, gone, marked])
        self.assertEqual([said[ts]["who"] for ts in said],
                         ["bob", "alice", "bob", "alice", "alice"])
        self.assertEqual([ts for ts in said if said[ts]["edited"]], [first, late])
        self.assertEqual([ts for ts in said if said[ts]["deleted"]], [gone])
        self.assertIsNone(said[gone]["text"])
        self.assertEqual([ts for ts in said if said[ts]["key"]], [first])
        self.assertEqual(said[first]["text"], "the connection pool is full")
        self.assertEqual([said[ts]["text"] for ts in (reply, late)],
                         ["which pool?", "that of orders"])
        for ts, entry in said.items():
            self.assertEqual(seconds(entry["at"]), int(ts.split(".")[0]))


if __name__ == "__main__":
    main()
