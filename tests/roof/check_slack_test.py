"""muster check and muster manifest for Slack, on a workspace that says what it is told to."""
import email.utils
import http.server
import json
import re
import threading
import time
import unittest
import urllib.parse

from roof import Roof

APP, BOT = "xapp-1-A0APP-17-secret", "xoxb-1-secret"


class Workspace(http.server.BaseHTTPRequestHandler):
    """Answers of `server.says`: method to body; with the headers that Slack sends."""

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        method = self.path.removeprefix("/api/")
        form = dict(urllib.parse.parse_qsl(self.rfile.read(length).decode()))
        self.server.asked.append((method, self.headers.get("Authorization"), form))
        body = json.dumps(self.server.says.get(method, {"ok": False, "error": "unknown_method"}))
        self.send_response_only(200)
        self.send_header("Date", email.utils.formatdate(time.time() + self.server.ahead_s, usegmt=True))
        self.send_header("X-OAuth-Scopes", self.server.scopes)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


class CheckSlack(Roof):
    def setUp(self):
        super().setUp()
        status, self.manifest, _ = self.muster("manifest", "slack")
        self.assertEqual(status, 0)
        self.slack = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Workspace)
        self.slack.asked, self.slack.ahead_s = [], 0
        self.slack.scopes = ",".join(self.scopes())
        self.slack.says = {
            "apps.connections.open": {"ok": True, "url": "wss://slack.test/?ticket=secret"},
            "auth.test": {"ok": True, "team": "Acme", "team_id": "T1", "user": "muster",
                          "user_id": "U0BOT", "bot_id": "B0BOT"},
            "bots.info": {"ok": True, "bot": {"id": "B0BOT", "app_id": "A0APP"}},
        }
        threading.Thread(target=self.slack.serve_forever, daemon=True).start()

    def tearDown(self):
        self.slack.shutdown()
        self.slack.server_close()
        super().tearDown()

    def scopes(self):
        return json.loads(self.manifest)["oauth_config"]["scopes"]["bot"]

    def check(self, app=APP, bot=BOT):
        # The base without its last slash is right as well.
        api = f"http://127.0.0.1:{self.slack.server_port}/api"
        status, out, err = self.muster("check", "--store", self.path("m.db"), SLACK_API_URL=api,
                                       SLACK_APP_TOKEN=app, SLACK_BOT_TOKEN=bot)
        self.assertNotIn("secret", out + err)
        lines = [line for line in out.splitlines() if "slack:" in line]
        return status, [line for line in lines if line.startswith("FAULT")], lines

    def test_all_is_fine_when_the_app_is_as_in_the_manifest(self):
        status, faults, lines = self.check()
        self.assertEqual((status, faults), (0, []))
        self.assertIn("fine   slack: SLACK_BOT_TOKEN is taken: muster in Acme (T1)", lines)
        self.assertIn("fine   slack: all scopes are there", lines)
        self.assertIn("fine   slack: this machine's clock is right", lines)
        self.assertEqual(self.slack.asked[-1],
                         ("bots.info", "Bearer " + BOT, {"bot": "B0BOT"}))

    def test_what_slack_says_writes_no_line_and_plays_with_no_terminal(self):
        self.slack.says["auth.test"]["team"] = "Acme\u001b[2J\u202e\nfine   slack: all is well"
        _, _, lines = self.check()
        self.assertIn("fine   slack: SLACK_BOT_TOKEN is taken: muster in "
                      "Acme\\u{001B}[2J\\u{202E} fine   slack: all is well (T1)", lines)

    def test_the_events_are_listed_and_what_nobody_can_ask(self):
        _, _, lines = self.check()
        events = json.loads(self.manifest)["settings"]["event_subscriptions"]["bot_events"]
        listed = [line for line in lines if "bot events" in line]
        self.assertEqual(len(listed), 1)
        self.assertTrue(listed[0].endswith(": " + ", ".join(events)))
        self.assertIn("api.slack.com/apps/A0APP", listed[0])
        self.assertTrue(any("Delayed Events" in line and "Socket Mode" in line for line in lines))

    def test_each_scope_that_is_missing_says_what_is_lost(self):
        self.slack.scopes = ", ".join(scope for scope in self.scopes()
                                      if scope not in ("chat:write", "pins:write"))
        status, faults, lines = self.check()
        self.assertEqual((status, len(faults)), (1, 1))
        self.assertIn("chat:write is missing: the bot can say nothing", faults[0])
        self.assertIn("note   slack: without the scope pins:write the headline is not pinned",
                      lines)
        self.assertNotIn("fine   slack: all scopes are there", lines)

    def test_tokens_that_changed_places_are_named_by_kind(self):
        status, faults, _ = self.check(app=BOT, bot="xoxp-1-secret")
        self.assertEqual((status, len(faults)), (1, 2))
        self.assertIn("SLACK_APP_TOKEN is a bot token: the one meant begins with xapp-", faults[0])
        self.assertIn("SLACK_BOT_TOKEN is a user's token", faults[1])
        self.assertEqual(self.slack.asked, [])

    def test_tokens_of_two_apps_are_no_pair(self):
        self.slack.says["bots.info"]["bot"]["app_id"] = "A0OTHER"
        status, faults, _ = self.check()
        self.assertEqual((status, len(faults)), (1, 1))
        self.assertIn("two apps (A0APP connects, A0OTHER speaks)", faults[0])

    def test_an_app_token_without_its_scope_says_which(self):
        self.slack.says["apps.connections.open"] = {"ok": False, "error": "missing_scope"}
        status, faults, _ = self.check()
        self.assertEqual((status, len(faults)), (1, 1))
        self.assertIn("connections:write", faults[0])

    def test_a_clock_that_is_wrong_is_named(self):
        for ahead_s, words in ((3600, "behind"), (-3600, "ahead of")):
            self.slack.ahead_s = ahead_s
            status, faults, _ = self.check()
            self.assertEqual((status, len(faults)), (1, 1))
            self.assertTrue(re.search(rf"clock is 3(599|600|601) s {words} Slack's", faults[0]))

    def test_a_manifest_is_of_a_platform(self):
        for words in (["manifest"], ["manifest", "matrix"]):
            status, out, err = self.muster(*words)
            self.assertEqual((status, out), (2, ""))
            self.assertIn("muster manifest slack", err)


if __name__ == "__main__":
    unittest.main()
