#!/usr/bin/env python3
"""compare.py MUSTER ROOT   makes the examples of docs/ anew and compares them, byte by byte.

Drawings are left out: where Graphviz puts a line is its own affair, and it may be missing."""
import difflib
import os
import re
import subprocess
import sys
import tempfile


def read(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return re.sub(r'<div class="drawing">.*?</div>\n', "", file.read(), flags=re.S)


def main():
    muster, root = sys.argv[1:]
    kept, wrong = os.path.join(root, "docs/examples"), 0
    names = sorted(name for name in os.listdir(kept) if name.endswith((".said", ".md", ".html"))
                   and name != "README.md")
    transcripts = [name for name in os.listdir(kept) if name.endswith(".transcript")]
    if len(transcripts) < 3 or len(names) != 3 * len(transcripts):
        print(f"{len(transcripts)} transcripts and {len(names)} files made of them")
        return 1
    with tempfile.TemporaryDirectory() as made:
        subprocess.run([os.path.join(root, "script/examples"), made], check=True,
                       env={**os.environ, "MUSTER": muster}, stdin=subprocess.DEVNULL)
        for name in names:
            before, now = read(kept, name), read(made, name)
            if before != now:
                wrong = 1
                sys.stdout.writelines(difflib.unified_diff(
                    before.splitlines(keepends=True), now.splitlines(keepends=True),
                    f"docs/examples/{name}", "made now", n=1))
    if wrong:
        print("If that is meant: script/examples")
    return wrong


sys.exit(main())
