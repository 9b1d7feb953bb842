#!/usr/bin/env python3
"""matrix_dendrite_test.py MUSTER   a whole incident on Dendrite, a homeserver of another
make, with MUSTER_LONG only: it is built for it. Skipped (77), with the reason, where it
can't be."""
import os
import sys
import tempfile
import unittest

import matrix_rig

if not os.environ.get("MUSTER_LONG"):
    print("skipped: Dendrite is built for script/test --long only")
    sys.exit(matrix_rig.SKIP)
matrix_rig.enter()
import dendrite  # noqa: E402
import matrix_incident_test  # noqa: E402
from matrix_people import Clients  # noqa: E402
from package import Unavailable  # noqa: E402


class OnDendrite(matrix_incident_test.Incident):
    @classmethod
    def serve(cls):
        folder = tempfile.TemporaryDirectory(prefix="muster-dendrite-")
        unittest.addModuleCleanup(folder.cleanup)
        server = dendrite.Dendrite(folder.name)
        server.start()
        unittest.addModuleCleanup(server.stop)
        clients = Clients()
        unittest.addModuleCleanup(clients.stop)
        return server, clients


if __name__ == "__main__":
    try:
        dendrite.programs()
    except Unavailable as error:
        print(f"skipped: {error}")
        sys.exit(matrix_rig.SKIP)
    matrix_rig.main()
