"""muster check: each fault in one line, with what to do; no token is ever printed."""
import contextlib
import http.server
import os
import sqlite3
import threading
import unittest

from roof import Roof


class Slack(http.server.BaseHTTPRequestHandler):
    """Takes the app token, and no bot token."""

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        good = self.headers.get("Authorization") == "Bearer xapp-secret"
        body = b'{"ok":true}' if good else b'{"ok":false,"error":"invalid_auth"}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Check(Roof):
    def setUp(self):
        super().setUp()
        self.slack = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slack)
        threading.Thread(target=self.slack.serve_forever, daemon=True).start()
        self.api = f"http://127.0.0.1:{self.slack.server_port}/api/"

    def tearDown(self):
        self.slack.shutdown()
        self.slack.server_close()
        super().tearDown()

    def check(self, *arguments, **environment):
        status, out, err = self.muster("check", "--store", self.path("m.db"), *arguments,
                                       **environment)
        faults = [line for line in out.splitlines() if line.startswith("FAULT")]
        return status, faults, out, err

    def test_all_is_fine_without_anything(self):
        status, faults, out, err = self.check()
        self.assertEqual((status, faults, err), (0, [], ""))
        self.assertIn("not there yet", out)
        self.assertFalse(os.path.exists(self.path("m.db")))

    def test_that_there_is_nothing_to_run_on_is_no_fault_but_told(self):
        status, _, err = self.muster("run", "--store", self.path("m.db"))
        self.assertEqual(status, 78)
        self.assertIn("What is wrong: muster check", err)
        self.assertIn("\nnote   no platform is set up, so muster run has nothing to run on; "
                      "muster console needs none\n", self.check()[2])
        self.assertNotIn("no platform", self.check(SLACK_APP_TOKEN="xapp-secret",
                                                     SLACK_API_URL=self.api)[2])

    def test_a_store_that_can_not_be_made_is_a_fault(self):
        file = self.put("m.yaml", "# no folder\n")
        path = os.path.join(file, "deep", "m.db")
        status, out, _ = self.muster("check", "--store", path)
        self.assertEqual(status, 1)
        self.assertIn(f"FAULT  store {path}: it can't be made, {file} is no folder\n", out)
        path = os.path.join(self.path("new"), "deep", "m.db")
        status, out, _ = self.muster("check", "--store", path)
        self.assertEqual(status, 0)
        self.assertIn(f"fine   store {path}: not there yet", out)

    def test_a_store_is_looked_into(self):
        self.muster("console", "--store", self.path("m.db"),
                    text="2026-03-12 01:41:00 ana #ops> !inc declare it is slow\n")
        status, faults, out, _ = self.check()
        self.assertEqual((status, faults), (0, []))
        self.assertNotIn("not there yet", out)
        with open(self.path("m.db"), "r+b") as file:
            file.write(b"no database")
        status, faults, _, _ = self.check()
        self.assertEqual((status, len(faults)), (1, 1))
        self.assertIn("store", faults[0])

    def test_a_store_of_an_older_version_is_no_fault(self):
        self.muster("console", "--store", self.path("m.db"),
                    text="2026-03-12 01:41:00 ana #ops> !inc declare it is slow\n")
        with contextlib.closing(sqlite3.connect(self.path("m.db"))) as store, store:
            store.execute("DELETE FROM schema_version WHERE version > 1")
        status, faults, out, _ = self.check()
        self.assertEqual((status, faults), (0, []))
        self.assertIn("note   store: the store ", out)
        self.assertIn("start the bot once to bring it up to date", out)

    def test_a_directory_with_a_fault_is_named_by_line(self):
        self.put("p.yaml", "people:\n- {handle: ana, bogus: 1}\n")
        settings = self.put("m.yaml", "directory: p.yaml\n")
        status, faults, _, _ = self.check("--config", settings)
        self.assertEqual(status, 1)
        self.assertEqual(faults, [f'FAULT  directory: {self.path("p.yaml")}:2: unknown '
                                  'key "bogus"'])

    def test_refused_settings_are_78(self):
        settings = self.put("m.yaml", "\nbogus: 1\n")
        status, _, _, err = self.check("--config", settings)
        self.assertEqual(status, 78)
        self.assertEqual(err, f'muster: {settings}:2: unknown key "bogus"\n')

    def test_a_token_that_cannot_be_one_is_not_printed(self):
        status, faults, out, err = self.check(SLACK_APP_TOKEN="xoxb-secret")
        self.assertEqual((status, len(faults)), (1, 2))
        self.assertIn("SLACK_APP_TOKEN", faults[0])
        self.assertIn("xapp-", faults[0])
        self.assertIn("SLACK_BOT_TOKEN is not set", faults[1])
        self.assertNotIn("secret", out + err)

    def test_a_token_that_others_can_read_is_refused(self):
        self.put("SLACK_APP_TOKEN", "xapp-secret\n", 0o644)
        self.put("SLACK_BOT_TOKEN", "xoxb-secret\n", 0o600)
        status, faults, out, _ = self.check(CREDENTIALS_DIRECTORY=self.folder.name,
                                            SLACK_API_URL=self.api)
        self.assertEqual((status, len(faults)), (1, 2))
        self.assertIn("others can read", faults[0])
        self.assertNotIn("secret", out)

    def test_slack_is_asked_whether_it_takes_the_tokens(self):
        status, faults, out, err = self.check(SLACK_APP_TOKEN="xapp-secret",
                                              SLACK_BOT_TOKEN="xoxb-secret",
                                              SLACK_API_URL=self.api)
        self.assertEqual((status, len(faults)), (1, 1))
        self.assertIn("SLACK_BOT_TOKEN: Slack says invalid_auth", faults[0])
        self.assertIn("SLACK_APP_TOKEN is taken", out)
        self.assertNotIn("secret", out + err)


if __name__ == "__main__":
    unittest.main()
