#!/usr/bin/env python3
"""compare.py MUSTER ROOT   makes the examples of docs/ anew and compares them, byte by byte.

Where Graphviz puts a box or a line is its own affair, and differs from version to version:
of a drawing only its boxes and their words, and how many lines there are, are compared.
Where it is not installed nothing is drawn now, and only the text is."""
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile

DRAWING = re.compile(r'<div class="drawing">.*?</div>\n', re.S)


def shape(drawing):
    """What a drawing shows, without where."""
    words = re.findall(r"<text[^>]*>([^<]*)</text>", drawing)
    boxes, lines = drawing.count("<rect "), drawing.count('marker-end="url(#tip)"')
    return f"drawing of {boxes} boxes and {lines} lines:\n" + "".join(f"{word}\n" for word in words)


def read(folder, name, draws=True):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return DRAWING.sub(lambda found: shape(found.group()) if draws else "", file.read())


def faults(kept, names):
    """What is not as it is to be, whatever is made now."""
    transcripts = [name for name in os.listdir(kept) if name.endswith(".transcript")]
    if len(transcripts) < 3 or len(names) != 3 * len(transcripts):
        yield f"{len(transcripts)} transcripts and {len(names)} files made of them"
    for name in names:
        page = read(kept, name)
        if name.endswith(".html") and not re.search(r"^drawing of [2-9]", page, re.M):
            yield f"{name} has no drawing"
        if name.endswith(".said") and "Outside version of inc-1, draft." not in page:
            yield f"{name} shows no outside version"


def main():
    muster, root = sys.argv[1:]
    kept = os.path.join(root, "docs/examples")
    names = sorted(name for name in os.listdir(kept) if name.endswith((".said", ".md", ".html"))
                   and name != "README.md")
    wrong, draws = list(faults(kept, names)), shutil.which("dot") is not None
    with tempfile.TemporaryDirectory() as made:
        subprocess.run([os.path.join(root, "script/examples"), made], check=True,
                       env={**os.environ, "MUSTER": muster}, stdin=subprocess.DEVNULL)
        for name in names:
            before, now = read(kept, name, draws), read(made, name, draws)
            if before != now:
                wrong.append("If that is meant: script/examples")
                sys.stdout.writelines(difflib.unified_diff(
                    before.splitlines(keepends=True), now.splitlines(keepends=True),
                    f"docs/examples/{name}", "made now", n=1))
    print(*wrong, sep="\n")
    return 1 if wrong else 0


sys.exit(main())
