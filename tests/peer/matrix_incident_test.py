#!/usr/bin/env python3
"""matrix_incident_test.py MUSTER   incidents on a Synapse, by people with clients that
nobody here wrote. Skipped (77), with the reason, where Synapse can't be had."""
import datetime

import matrix_rig

matrix_rig.enter()
from matrix_people import shown  # noqa: E402
from synapse import LIMITS_OFF, quote  # noqa: E402

PEOPLE = """
people:
  - {handle: ana, name: Ana Aas, zone: Europe/Oslo, matrix: "@ana{n}:localhost", buddies: [bo]}
  - {handle: bo, name: Bo Berg, zone: Asia/Singapore, matrix: "@bo{n}:localhost"}
  - {handle: cy, name: Cy Corr, zone: Europe/Oslo, matrix: "@cy{n}:localhost", skills: [database]}
"""


class Rig(matrix_rig.Suite):
    settings = LIMITS_OFF

    def test_two_people_talk(self):
        ana, bo = self.person("ana"), self.person("bo")
        room = ana.open("ops", invite=[bo.id])
        self.assertEqual(bo.invitation(), room)
        bo.join(room)
        first = ana.say(room, "the pool is full")
        self.assertEqual(bo.heard(room, "the pool is full", ana.id)["event_id"], first)
        bo.edit(room, bo.reply(room, first, "wich pool?"), "which pool?")
        ana.heard(room, "which pool?", bo.id)
        self.assertIn(self.server.default_room_version(ana.client.access_token), ("11", "12"))


class Incident(matrix_rig.Peer):
    settings = LIMITS_OFF
    directory = PEOPLE

    def test_two_people_go_through_a_whole_incident(self):
        room = self.declare("checkout fails")
        self.heard(self.bo, self.incidents,
                   "inc-1 checkout fails. Active, severity unknown. Raised by ana")
        self.lead(room)
        self.page(room)
        self.task(room)
        self.ask_and_escalate(room)
        self.tell(room)
        self.hand_over_and_resolve(room)
        self.learn(room)
        self.end()
        for who in (self.ana, self.bo):
            self.assertEqual(self.shown_twice(who), [])
        self.exported(status="reviewed", led=["ana", "bo"], pages=["bo", "cy"],
                      tasks=[("bo", "pool of 20, all in use"), ("bo", None)])

    def lead(self, room):
        self.heard(self.ana, room, "Nobody leads yet")
        self.ana.say(room, "!inc lead")
        self.heard(self.ana, room, "ana leads since")
        self.ana_alone = self.direct(self.ana)
        self.heard(self.ana, self.ana_alone, "You lead: see that things happen")

    def page(self, room):
        self.ana.call(self.bo.id, room, f"!inc page {self.bo.id} please come")
        self.heard(self.ana, room, "Page 1: bo")
        self.bo_alone = self.direct(self.bo)
        page = self.heard(self.bo, self.bo_alone, "Page 1 from ana")
        self.assert_rings(page, self.bo)
        self.bo.react(self.bo_alone, page["event_id"], "✅")
        self.heard(self.ana, room, "bo is coming (page 1")
        self.bo.accept("inc-1", self.bot.problem)

    def assert_rings(self, event, who):
        """m.notice notifies nobody; m.text rings whom it mentions."""
        self.assertEqual(event["content"]["msgtype"], "m.text")
        self.assertEqual(event["content"]["m.mentions"], {"user_ids": [who.id]})

    def task(self, room):
        self.ana.call(self.bo.id, room, f"!inc task {self.bo.id} look at the database in 10m")
        task = self.heard(self.bo, room, "Task 2, bo")
        self.assert_rings(task, self.bo)
        self.bo.react(room, task["event_id"], "✅")
        yes = self.heard(self.ana, room, "bo said yes at")
        self.assertEqual(yes["content"]["m.relates_to"]["event_id"], task["event_id"])
        self.bo.say(room, "!inc done 2 pool of 20, all in use")
        self.heard(self.ana, room, "Task 2 done, bo: pool of 20, all in use")
        self.ana.say(room, "!incident task @bo restart it in 5m")
        self.heard(self.bo, room, "Task 3, bo")
        self.bo.call(self.bot.id, room, f"{self.bot.id}: ack 3")
        self.heard(self.ana, room, "bo said yes at", count=2)
        self.bo.say(room, "!inc done 3")
        self.heard(self.ana, room, "Task 3 done, bo")

    def ask_and_escalate(self, room):
        self.ana.say(self.ana_alone, "ask inc-1 is this pool ours?")
        self.heard(self.bo, self.bo_alone, '"is this pool ours?"')
        self.bo.say(self.bo_alone, "don't know")
        self.heard(self.ana, self.ana_alone, "don't know")
        self.ana.say(room, "!inc escalate database: can one query hold all of it?")
        self.heard(self.ana, room, "Page 4: cy")
        cy_alone = self.direct(self.cy)
        self.heard(self.cy, cy_alone, "Page 4 from ana")
        self.cy.say(cy_alone, "ack")
        self.heard(self.ana, room, "cy is coming (page 4")

    def setUp(self):
        super().setUp()
        self.cy = self.person("cy")

    def tell(self, room):
        self.ana.say(room, "!inc severity sev2 half of the orders fail")
        self.heard(self.ana, room, "Severity: sev2 (was unknown), ana: half of the orders fail")
        self.ana.say(room, "!inc update in the pool is being enlarged")
        self.heard(self.bo, self.incidents,
                   "inc-1 checkout fails, sev2: the pool is being enlarged")
        self.ana.say(room, "!inc update out Orders may fail. We are on it.")
        self.heard(self.bo, self.shop, "Orders may fail. We are on it.")

    def hand_over_and_resolve(self, room):
        self.ana.say(room, "!inc handoff @bo the pool is with you")
        self.heard(self.bo, self.bo_alone, "asks you to lead inc-1")
        self.bo.say(self.bo_alone, "accept")
        self.heard(self.ana, room, "bo leads since")
        self.bo.say(room, "!inc mitigated")
        self.heard(self.ana, room, "Mitigated at")
        self.bo.say(room, "!inc resolve pool enlarged")
        self.heard(self.ana, room, "Resolved at")
        self.heard(self.bo, self.incidents, "inc-1 checkout fails is resolved: pool enlarged")
        self.heard(self.ana, room, "inc-1 checkout fails: resolved, sev2")
        self.assert_pinned(room)

    def assert_pinned(self, room):
        pinned = self.ana.state(room, "m.room.pinned_events")["pinned"]
        first = self.ana.event(room, pinned[0])
        self.assertIn("inc-1 checkout fails", shown(first))

    def learn(self, room):
        self.bo.say(room, "!inc factor technical nothing watched the pool")
        self.heard(self.ana, room, "Factor 1, technical. Thank you, bo")
        self.ana.say(room, "!inc followup @bo watch the pool due 2099-03-20 "
                           "why factor 1 stops a silent full pool")
        self.heard(self.ana, room, "Follow-up 1, bo")
        self.bo.say(room, "!inc retro")
        for section in range(1, 8):
            self.heard(self.ana, room, f"{section} of 7")
        self.bo.say(room, "!inc retro publish")
        self.heard(self.ana, self.incidents, "Retrospective of inc-1 checkout fails published")
        self.file(room)

    def file(self, room):
        """The retrospective, as a file that a member can fetch."""
        def look(event):
            return event["content"].get("msgtype") == "m.file"
        event = self.ana.saw(room, look, "the retrospective's file", self.bot.problem)
        text = self.ana.fetch(event["content"]["url"]).decode()
        self.assertIn("checkout fails", text)
        self.assertIn("nothing watched the pool", text)


class Record(matrix_rig.Peer):
    settings = LIMITS_OFF

    def test_messages_keep_times_threads_edits_and_redactions(self):
        ana, bo = self.ana, self.bo
        room = self.declare("search is slow")
        ana.do(ana.client.room_invite(room, bo.id))
        bo.join(room)
        first = bo.say(room, "the pool is <full> & slow")
        root = ana.thread(room, first, "which pool?")
        reply = bo.reply(room, root, "> <@x:y> the pool is\n\nthe one in Oslo")
        bo.edit(room, first, "the connection pool is full")
        gone = ana.say(room, "wrong room, sorry")
        ana.redact(room, gone)
        ana.react(room, first, "📌")
        self.heard(ana, self.direct(ana), "Key moment: bo")
        marked = ana.say(room, "not as important")
        pin = ana.react(room, marked, "📌")
        ana.redact(room, pin)
        last = ana.say(room, "!inc note that was all")
        self.heard(ana, self.direct(ana), "Noted at")
        self.end()
        said = {entry["source"]["message"]: entry for entry in self.said(room)}
        self.assertEqual(list(said), [first, root, reply, gone, marked])
        self.assertEqual([said[id]["who"] for id in said],
                         [bo.name, ana.name, bo.name, ana.name, ana.name])
        self.assertEqual([id for id in said if said[id]["edited"]], [first])
        self.assertEqual([id for id in said if said[id]["deleted"]], [gone])
        self.assertIsNone(said[gone]["text"])
        self.assertEqual([id for id in said if said[id]["key"]], [first])
        self.assertEqual(said[first]["text"], "the connection pool is full")
        self.assertEqual(said[reply]["text"], "the one in Oslo")
        for id, entry in said.items():
            self.assertEqual(milliseconds(entry["at"]), ana.event(room, id)["origin_server_ts"])
            self.assertEqual(entry["source"]["adapter"], "matrix")
        self.assertNotIn(last, said)


    def test_an_answer_is_a_reply_to_its_line(self):
        ana = self.ana
        room = self.declare("search is slow")
        first = ana.say(room, "the disk is full")
        lines = {"Title: the disk": ana.thread(room, first, "!inc title the disk is full")}
        self.heard(ana, room, "Title: the disk")
        lines["Title: search"] = ana.say(room, "!inc title search is slow")
        self.heard(ana, room, "Title: search")
        self.end()
        for words, line in lines.items():
            answer = ana.event(room, self.heard(ana, room, words)["event_id"])
            self.assertEqual(answer["content"]["m.relates_to"],
                             {"m.in_reply_to": {"event_id": line}})

    def test_what_is_taken_back_while_the_bot_is_away_is_taken_back(self):
        """Of an edit the words before it come back, of a pin the mark; a message leaves its
        one entry, a reaction none."""
        ana = self.ana
        room = self.declare("search is slow")
        marked = ana.say(room, "the pool is full")
        pin = ana.react(room, marked, "📌")
        self.heard(ana, self.direct(ana), "Key moment: ana")
        heard = ana.edit(room, marked, "the password is swordfish")
        ana.say(room, "!inc timeline last 9")
        self.heard(ana, self.direct(ana), "swordfish")
        again = ana.say(room, "and again")
        live = ana.edit(room, again, "trout")
        ana.redact(room, live)
        ana.say(room, "!inc note before the end")
        self.heard(ana, self.direct(ana), "Noted at")
        self.end()
        ana.redact(room, heard)
        ana.redact(room, pin)
        gone = ana.say(room, "wrong room, sorry")
        ana.redact(room, gone)
        ana.redact(room, ana.react(room, marked, "📌"))
        self.bot.start()
        ana.say(room, "!inc note back again")
        self.heard(ana, self.direct(ana), "Noted at", count=2)
        self.end()
        said = {entry["source"]["message"]: entry for entry in self.said(room)}
        self.assertEqual(list(said), [marked, again, gone])
        self.assertEqual([said[id]["text"] for id in said],
                         ["the pool is full", "and again", None])
        self.assertEqual([id for id in said if said[id]["key"]], [])
        self.assertEqual([id for id in said if said[id]["deleted"]], [gone])
        for words in ("swordfish", "trout"):
            self.assertEqual(self.bot.keeps(words), 0)
        status, proof = self.bot.verify()
        self.assertEqual(status, 0, proof)


class Private(matrix_rig.Peer):
    settings = LIMITS_OFF

    def test_a_third_can_neither_enter_nor_see_it(self):
        cy = self.person("cy")
        self.ana.do(self.ana.client.room_invite(self.ops, cy.id))
        cy.join(self.ops)
        open_room = self.declare("pages are slow", cy)
        space = self.space(cy)
        self.ana.say(self.ops, "!inc declare salaries leaked --private")
        room = self.ana.accept("inc-2", self.bot.problem)
        self.heard(self.ana, room, "inc-2 salaries leaked: active")
        self.ana.call(self.bo.id, room, f"!inc page {self.bo.id} quietly")
        self.assertEqual(self.bo.accept("inc-2", self.bot.problem), room)
        self.assertEqual(cy.refused(cy.client.join(room)), "M_FORBIDDEN")
        self.assertEqual(cy.refused(cy.client.room_get_state(room)), "M_FORBIDDEN")
        seen = self.server.call("GET", f"/_matrix/client/v1/rooms/{quote(space)}/hierarchy",
                                token=cy.client.access_token)
        self.assertIn(open_room, str(seen))
        self.assertNotIn(room, str(seen))
        cy.say(self.ops, "!inc status inc-2")
        cy.say(self.ops, "!inc status inc-977")
        alone = self.direct(cy)
        self.heard(cy, alone, "There is no inc-2 that you can see")
        self.heard(cy, alone, "There is no inc-977 that you can see")
        self.assertNotIn("salaries", " ".join(str(event) for _, event in cy.seen
                                              if event["sender"] == self.bot.id))

    def space(self, who):
        alias = quote(f"#space{self.number}:localhost")
        found = self.server.call("GET", f"/_matrix/client/v3/directory/room/{alias}",
                                 token=who.client.access_token)
        return who.join(found["room_id"])


class Check(matrix_rig.Peer):
    settings = LIMITS_OFF

    def test_check_looks_at_a_house_in_use(self):
        status, said = self.bot.check()
        self.assertEqual(status, 0, said)
        self.assertIn("is not there yet, it is made at the first incident", said)
        room = self.declare("fonts are odd")
        status, said = self.bot.check()
        self.assertEqual(status, 0, said)
        for words in (f"the bot is {self.bot.id}", f"the space #space{self.number}:localhost",
                      f"announces in #incidents{self.number}:localhost",
                      "rate limits can't be seen from here"):
            self.assertIn(words, said)
        self.ana.say(room, "!inc severity sev2")  # the bot beside it goes on
        self.heard(self.ana, room, "Severity: sev2 (was unknown)")

    def test_check_names_a_password_that_is_not_taken(self):
        self.bot.environment["MATRIX_PASSWORD"] = "of-another-peer"
        status, said = self.bot.check()
        self.assertEqual(status, 1, said)
        self.assertIn("FAULT  matrix: MATRIX_PASSWORD: Invalid username or password", said)


def milliseconds(rfc3339):
    moment = datetime.datetime.fromisoformat(rfc3339.replace("Z", "+00:00"))
    return round(moment.timestamp() * 1000)


if __name__ == "__main__":
    matrix_rig.main()
