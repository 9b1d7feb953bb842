"""A headless browser that looks at one page, told what to do over its debugging socket."""
import base64
import json
import subprocess
import urllib.request

from wait import until
from websocket import WebSocket

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Browser:
    def __init__(self, program, folder, width, height):
        self.count, self.width = 0, width
        profile = folder / "profile"
        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--disable-lcd-text", "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        place = profile / "DevToolsActivePort"
        until(lambda: place.exists() and "\n" in place.read_text(), "the browser's port",
              problem=self.problem)
        self.port = int(place.read_text().split()[0])
        self.page = WebSocket(self.port, until(self.path, "a page", problem=self.problem))
        self.tall(height)

    def problem(self):
        return None if self.process.poll() is None else "the browser ended"

    def stop(self):
        self.process.kill()
        self.process.wait()

    def path(self):
        with opener.open(f"http://127.0.0.1:{self.port}/json/list", timeout=30) as answer:
            pages = [page for page in json.load(answer) if page["type"] == "page"]
        return pages and pages[0]["webSocketDebuggerUrl"].split(str(self.port), 1)[1]

    def do(self, method, **parameters):
        self.count += 1
        self.page.send(json.dumps({"id": self.count, "method": method,
                                   "params": parameters}))
        while True:
            told = json.loads(self.page.receive())
            if told.get("id") == self.count:
                assert "error" not in told, (method, told)
                return told["result"]

    def tall(self, height):
        self.do("Emulation.setDeviceMetricsOverride", width=self.width, height=height,
                deviceScaleFactor=1, mobile=False)

    def open(self, address):
        self.do("Page.navigate", url=address)

    def run(self, script):
        """What the expression is there."""
        done = self.do("Runtime.evaluate", expression=script, returnByValue=True,
                       awaitPromise=True)
        assert "exceptionDetails" not in done, (script, done)
        return done["result"].get("value")

    def picture(self, path, box):
        """The part of the page that `box` (x, y, width, height) is."""
        x, y, width, height = box
        shot = self.do("Page.captureScreenshot", format="png",
                       clip={"x": x, "y": y, "width": width, "height": height, "scale": 1})
        path.write_bytes(base64.b64decode(shot["data"]))
