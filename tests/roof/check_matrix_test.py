"""muster check for Matrix, on a homeserver that says what it is told to."""
import http.server
import json
import threading
import time
import unittest

from roof import Roof

ME = "@muster:example.org"
SPACE, ROOM = "!space", "!incidents"


class Homeserver(http.server.BaseHTTPRequestHandler):
    """Answers of `server.says`: "METHOD path" to (status, body); else M_NOT_FOUND."""

    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        asked = f"{self.command} {self.path.removeprefix('/_matrix/client/')}"
        self.server.asked.append((asked, self.headers.get("Authorization"),
                                  self.rfile.read(length)))
        status, body = self.server.says.get(asked, (404, {"errcode": "M_NOT_FOUND"}))
        data = json.dumps(body).encode()
        self.send_response_only(status)
        self.send_header("Date", self.date_time_string(time.time() + self.server.ahead_s))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


def house():
    """A homeserver on which all is well."""
    room = "v3/rooms/%21space/state/m.room."
    return {
        "GET versions": (200, {"versions": ["v1.1", "v1.12"], "unstable_features": {}}),
        "GET v3/login": (200, {"flows": [{"type": "m.login.password"}]}),
        "POST v3/login": (200, {"access_token": "syt-secret", "user_id": ME}),
        "POST v3/logout": (200, {}),
        "GET v3/account/whoami": (200, {"user_id": ME, "device_id": "MUSTERCHECK"}),
        "GET v3/profile/%40muster%3Aexample.org": (200, {"displayname": "Muster"}),
        "GET v3/directory/room/%23incident-space%3Aexample.org": (200, {"room_id": SPACE}),
        "GET v3/directory/room/%23incidents%3Aexample.org": (200, {"room_id": ROOM}),
        "GET v3/joined_rooms": (200, {"joined_rooms": [SPACE, ROOM]}),
        room + "create/?format=event": (200, {"sender": "@ana:example.org",
                                              "content": {"room_version": "12"}}),
        room + "power_levels/?format=event": (200, {"content": {"users": {ME: 50}}}),
    }


class CheckMatrix(Roof):
    def setUp(self):
        super().setUp()
        self.home = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Homeserver)
        self.home.says, self.home.asked, self.home.ahead_s = house(), [], 0
        for asked in [asked for asked in self.home.says if not asked.startswith(("GET", "POST"))]:
            self.home.says["GET " + asked] = self.home.says.pop(asked)
        threading.Thread(target=self.home.serve_forever, daemon=True).start()
        self.settings = self.put("m.yaml", f"""
matrix:
  homeserver_url: http://127.0.0.1:{self.home.server_port}/
  user: "{ME}"
""")

    def tearDown(self):
        self.home.shutdown()
        self.home.server_close()
        super().tearDown()

    def check(self, **environment):
        environment = environment or {"MATRIX_PASSWORD": "pw-secret"}
        status, out, err = self.muster("check", "--store", self.path("m.db"), "--config",
                                       self.settings, **environment)
        self.assertNotIn("secret", out + err)
        lines = [line for line in out.splitlines() if " matrix: " in line]
        return status, [line for line in lines if line.startswith("FAULT")], "\n".join(lines)

    def says(self, asked, body, status=200):
        self.assertIn(asked, self.home.says)
        self.home.says[asked] = status, body

    def one_fault(self, words, **environment):
        status, faults, out = self.check(**environment)
        self.assertEqual((status, len(faults)), (1, 1), out)
        self.assertIn(words, faults[0])

    def test_all_is_well(self):
        status, faults, out = self.check()
        self.assertEqual((status, faults), (0, []), out)
        for words in ("up to v1.12", "fine   matrix: this machine's clock is right", "encrypts no room unasked", "MATRIX_PASSWORD is taken",
                      f"the bot is {ME}", '"Muster"', "the space #incident-space:example.org",
                      "announces in #incidents:example.org", "note   matrix: rate limits"):
            self.assertIn(words, out)

    def test_it_logs_in_as_a_device_of_its_own_and_out_again(self):
        self.check()
        asked = {asked: (token, body) for asked, token, body in self.home.asked}
        login = json.loads(asked["POST v3/login"][1])
        self.assertEqual((login["device_id"], login["identifier"]["user"]), ("MUSTERCHECK", ME))
        self.assertEqual(self.home.asked[-1][:2], ("POST v3/logout", "Bearer syt-secret"))

    def test_a_token_is_neither_logged_in_nor_out(self):
        status, faults, _ = self.check(MATRIX_ACCESS_TOKEN="syt-secret")
        self.assertEqual((status, faults), (0, []))
        self.assertNotIn("POST", str([asked for asked, _, _ in self.home.asked]))

    def test_a_clock_that_is_wrong_is_named(self):
        for ahead_s, words in ((3600, "behind"), (-3600, "ahead of")):
            self.home.ahead_s = ahead_s
            status, faults, out = self.check()
            self.assertEqual((status, len(faults)), (1, 1), out)
            self.assertRegex(out, rf"clock is 3(59|60)\d s {words} the homeserver's")

    def test_nobody_is_there(self):
        self.settings = self.put("m.yaml", 'matrix: {homeserver_url: "http://127.0.0.1:1/", '
                                           'user: muster}\n')
        self.one_fault("Is homeserver_url the address that clients use?")

    def test_nothing_is_set(self):
        self.settings = self.put("m.yaml", "matrix: {user: muster}\n")
        self.one_fault("homeserver_url is not set")

    def test_forced_encryption_is_named(self):
        self.says("GET versions", {"versions": ["v1.1"], "unstable_features": {
            "io.element.e2ee_forced.private": True}})
        self.one_fault("encrypts new rooms by itself (private)")

    def test_oauth_only_is_named(self):
        self.says("GET v3/login", {"errcode": "M_UNRECOGNIZED"}, 404)
        self.one_fault("takes no password, only OAuth")

    def test_a_password_that_is_not_taken(self):
        self.says("POST v3/login", {"errcode": "M_FORBIDDEN", "error": "Invalid"}, 403)
        self.one_fault("MATRIX_PASSWORD: Invalid (M_FORBIDDEN, status 403)")

    def test_too_many_logins(self):
        self.says("POST v3/login", {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 90000}, 429)
        self.one_fault("asks to wait 90 s")

    def test_a_token_without_a_device_is_a_fault(self):
        self.says("GET v3/account/whoami", {"user_id": ME})
        self.one_fault("has no device", MATRIX_ACCESS_TOKEN="syt-secret")

    def test_a_token_of_somebody_else_is_a_fault(self):
        self.says("GET v3/account/whoami", {"user_id": "@bo:example.org", "device_id": "X"})
        status, faults, _ = self.check(MATRIX_ACCESS_TOKEN="syt-secret")
        self.assertEqual(status, 1)
        self.assertIn("the token is of @bo:example.org", faults[0])

    def test_a_space_without_power_is_a_fault(self):
        self.says("GET v3/rooms/%21space/state/m.room.power_levels/?format=event",
                  {"content": {"users": {ME: 49}}})
        self.one_fault("may not hang rooms under #incident-space:example.org")

    def test_a_space_of_our_own_in_version_12_names_no_power(self):
        self.says("GET v3/rooms/%21space/state/m.room.power_levels/?format=event",
                  {"content": {"users": {}}})
        self.says("GET v3/rooms/%21space/state/m.room.create/?format=event",
                  {"sender": ME, "content": {"room_version": "12"}})
        status, faults, _ = self.check()
        self.assertEqual((status, faults), (0, []))

    def test_a_space_it_is_not_in_is_a_fault(self):
        self.says("GET v3/joined_rooms", {"joined_rooms": [ROOM]})
        self.one_fault("not in the space")

    def test_a_missing_room_to_announce_in_is_made_later(self):
        del self.home.says["GET v3/directory/room/%23incidents%3Aexample.org"]
        status, faults, out = self.check()
        self.assertEqual((status, faults), (0, []))
        self.assertIn("fine   matrix: the room #incidents:example.org is not there yet", out)

    def test_a_missing_room_for_those_outside_is_a_note(self):
        with open(self.settings, "a", encoding="utf-8") as settings:
            settings.write('announce_outside: "#shop"\n')
        status, faults, out = self.check()
        self.assertEqual((status, faults), (0, []))
        self.assertIn(f"note   matrix: there is no room #shop:example.org to announce in. "
                      f"Make one, not encrypted, and invite {ME}", out)

    def test_an_encrypted_room_to_announce_in_is_a_note(self):
        self.home.says["GET v3/rooms/%21incidents/state/m.room.encryption/?format=event"] = \
            200, {"content": {"algorithm": "m.megolm.v1.aes-sha2"}}
        status, faults, out = self.check()
        self.assertEqual((status, faults), (0, []))
        self.assertIn("note   matrix: #incidents:example.org is encrypted", out)
        self.assertNotIn("announces in", out)

    def test_limits_that_were_lifted(self):
        self.home.says["GET /_synapse/admin/v1/users/%40muster%3Aexample.org/override_ratelimit"] \
            = 200, {"messages_per_second": 0, "burst_count": 0}
        _, _, out = self.check()
        self.assertIn("fine   matrix: the bot has no rate limits", out)


if __name__ == "__main__":
    unittest.main()
