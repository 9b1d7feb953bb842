"""local-slack, a Slack of one process, and what people do there through its control API."""
import json
import platform
import subprocess
import urllib.error
import urllib.request

from package import Unavailable, fetch
from wait import DEADLINE_S, until
from websocket import WebSocket

VERSION = "0.1.8"
SHA512 = ("2BCTKxKajjZNWCSCj66Jq5VDScUDNpGZ1lA3281I8RvpDE4/ULCwC26TlcW6/4sPbSTs02Q3KjTiltJp3ZBE"
          "vg==")
PORT = 3310  # free: the namespace is ours alone
TEAM, APP, BOT = "T01ACME", "A01MUSTER", "U01MUSTER"
ALICE, BOB = "U01ALICE", "U01BOB"
OPS, INCIDENTS, SHOP = "C01OPS", "C01INCIDENTS", "C01SHOP"


def config():
    people = [{"id": ALICE, "name": "alice", "real_name": "Alice Aas", "tz": "Europe/Oslo"},
              {"id": BOB, "name": "bob", "real_name": "Bob Berg", "tz": "Asia/Singapore"}]
    everybody = [ALICE, BOB, BOT]
    channels = [{"id": id, "name": name, "members": everybody}
                for id, name in ((OPS, "ops"), (INCIDENTS, "incidents"), (SHOP, "shop-status"))]
    app = {"appId": APP, "botUserId": BOT, "botName": "muster", "mode": "socket",
           "botToken": "xoxb-peer", "appToken": "xapp-peer", "signingSecret": "none"}
    return {"workspace": {"name": "Acme", "domain": "acme", "teamId": TEAM}, "apps": [app],
            "users": people, "channels": channels}


# Whatever proxy the machine has: it knows nothing of our network.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def program():
    if platform.machine() != "x86_64":
        raise Unavailable(f"local-slack is fetched for x86_64, not {platform.machine()}")
    return fetch("local-slack-linux-x64", VERSION, SHA512, "bin/local-slack")


class LocalSlack:
    def __init__(self, folder):
        self.base = f"http://127.0.0.1:{PORT}"
        (folder / "slack.json").write_text(json.dumps(config()))
        self.log_path = folder / "slack.log"
        with open(self.log_path, "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [program(), "--config", folder / "slack.json", "--port", str(PORT),
                 "--base-host", "127.0.0.1"], stdout=log, stderr=log)
        until(self.is_up, "local-slack to answer", problem=self.problem)

    def problem(self):
        if self.process.poll() is None:
            return None
        return f"local-slack ended: {self.log_path.read_text()}"

    def is_up(self):
        try:
            return self.get("/_control/state")
        except urllib.error.URLError:
            return None

    def stop(self):
        self.process.kill()
        self.process.wait()

    def call(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data,
                                         {"Content-Type": "application/json"})
        with opener.open(request, timeout=DEADLINE_S) as answer:
            return json.load(answer)

    def get(self, path):
        return self.call(path)

    def control(self, verb, **body):
        """Returns when the bot has acked, or after 5 s."""
        answer = self.call(f"/_control/{verb}", body)
        assert answer.get("ok"), (verb, body, answer)
        return answer

    def messages(self, channel):
        return self.get(f"/_control/messages/{channel}")["messages"]

    def channels(self):
        return self.get("/_control/state")["channels"]

    def log(self):
        return self.get("/_control/log")["log"]

    # What people do.

    def say(self, user, channel, text, thread=None):
        body = {"thread_ts": thread} if thread else {}
        answer = self.control("message", channel=channel, user=user, text=text, **body)
        return answer["message"]["ts"]

    def incident(self, user, channel, text):
        self.control("command", channel=channel, user=user, command="/incident", text=text)

    def edit(self, user, channel, ts, text):
        self.control("edit-message", channel=channel, ts=ts, user=user, text=text)

    def delete(self, user, channel, ts):
        self.control("delete-message", channel=channel, ts=ts, user=user)

    def react(self, user, channel, ts, name, present=True):
        self.control("reaction", channel=channel, ts=ts, user=user, name=name,
                     present=present)

    def press(self, user, channel, message, label):
        """The button of this label under a message."""
        for block in message.get("blocks", []):
            for element in block.get("elements", []):
                if element.get("type") == "button" and element["text"]["text"] == label:
                    self.control("interact", channel=channel, messageTs=message["ts"], user=user,
                                 action={"type": "button", "action_id": element["action_id"],
                                         "block_id": block.get("block_id", ""),
                                         "value": element["value"]})
                    return
        raise AssertionError(f"no button {label} under {message}")

    # What people do on the page: the control API has no forms, the page's socket has.

    def page(self):
        """The socket of a page, and all that the page is told at first."""
        page = WebSocket(PORT, "/ui")
        return page, json.loads(page.receive())["state"]

    def snapshot(self):
        page, state = self.page()
        page.close()
        return state

    def form(self):
        """The form that stands open; there is one stack for all people."""
        stack = self.snapshot()["modalStack"]
        return stack[-1] if stack else None

    def submit(self, user, answers):
        """What the bot says is wrong, by block; None where it took them and the form is
        gone. `answers` are by the label of their field."""
        blocks = {block["label"]["text"]: block for block in self.form()["blocks"]}
        values = {}
        for label, answer in answers.items():
            block = blocks[label]
            values[block["block_id"]] = {
                block["element"]["action_id"]: filled(block["element"], answer)}
        page, _ = self.page()
        page.send(json.dumps({"t": "view_submit", "user": user, "values": values}))
        told = json.loads(page.receive())
        while told["t"] not in ("view", "view_errors"):
            told = json.loads(page.receive())
        page.close()
        return told["errors"] if told["t"] == "view_errors" else None

    def home(self, user, problem=lambda: None):
        """What the bot's Home tab holds for this person; opening it asks the bot for it."""
        count = len(self.asked("views.publish"))
        self.control("open-home", user=user)
        until(lambda: len(self.asked("views.publish")) > count, "the Home tab", problem=problem)
        return self.snapshot()["homeViews"][user][APP]

    # What the bot did.

    def heard(self, channel, words, count=1, problem=lambda: None):
        """The bot's message there whose text or blocks hold the words, once it came."""
        def look():
            found = [m for m in self.messages(channel)
                     if m.get("user") == BOT and words in shown(m)]
            return found if len(found) >= count else None
        try:
            return until(look, f"{words!r} in {channel}", problem=problem)[-1]
        except AssertionError as error:
            said = "\n".join(shown(m) for m in self.messages(channel))
            raise AssertionError(f"{error}\nsaid there:\n{said}") from None

    def direct(self, user):
        """The conversation of the bot with this person, once the bot opened it."""
        return until(lambda: [c["id"] for c in self.channels()
                              if c["is_im"] and user in c["members"]],
                     f"a direct conversation with {user}")[0]

    def posts(self):
        return self.asked("chat.postMessage")

    def asked(self, method):
        return [entry["detail"] for entry in self.log()
                if entry["direction"] == "from_bot" and entry["summary"] == method]


def filled(element, answer):
    """An element of a form with this answer; a tick has no words of its own."""
    if element["type"] == "plain_text_input":
        return {"type": element["type"], "value": answer}
    options = [option for option in element["options"]
               if answer in (True, option["value"])]
    if element["type"] == "checkboxes":
        return {"type": element["type"], "selected_options": options}
    return {"type": element["type"], "selected_option": options[0]}


def shown(message):
    """All of a message, or of a view, that people read."""
    lines = [message.get("text", "")]
    for block in message.get("blocks") or []:
        for part in [block.get("text")] + block.get("elements", []):
            text = part.get("text") if part else None
            lines.append(text["text"] if isinstance(text, dict) else text or "")
    return "\n".join(lines)
