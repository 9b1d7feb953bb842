"""What others are told, over a change of the settings."""
import unittest

import roof

PLACE = "#inc-1-checkout-fails"


class Updates(roof.Roof):
    def said(self, settings, text):
        config = self.put("settings.yaml", settings)
        status, said, complaints = self.muster("console", "--config", config, "--store",
                                               self.path("muster.db"), text=text)
        self.assertEqual((status, complaints), (0, ""))
        return said

    def test_outside_updates_go_on_counting_when_a_channel_for_them_is_named(self):
        said = self.said("", "2026-03-12 09:00 ana #ops> !inc declare checkout fails\n"
                             f"09:01 ana {PLACE}> !inc update out Payments fail.\n"
                             f"09:02 ana {PLACE}> !inc update in we look\n")
        self.assertIn("Outside update 1 is on record", said)
        said = self.said('announce_outside: "#status"\n',
                         f"09:03 ana {PLACE}> !inc update out Payments are slow.\n")
        self.assertIn("Outside update 2 sent", said)
        said = self.said("", f"09:04 ana {PLACE}> !inc update out Payments work.\n"
                             f"09:05 ana {PLACE}> !inc update in it is over\n")
        self.assertIn("Outside update 3 is on record", said)
        self.assertIn("Inside update 2 sent", said)


if __name__ == "__main__":
    unittest.main()
