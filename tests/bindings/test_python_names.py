# SPDX-License-Identifier: MIT
"""Names of columns and parameters are the library's."""

from __future__ import annotations

import unittest

import dicrec


class Names(unittest.TestCase):
    def test_dics(self) -> None:
        self.assertEqual(dicrec.dic_names(), ["g_f", "g_s", "g_u", "g_t"])
        members = dicrec.generate("stg", (-5, 8), 2)
        self.assertEqual(members.dics.shape[1], len(dicrec.dic_names()))

    def test_targets(self) -> None:
        for name in dicrec.models():
            model = dicrec.Model(name)
            self.assertEqual(model.targets, ["g_s", "g_u"])
            self.assertEqual(len(model.targets), len(model.dic_range))

    def test_leak(self) -> None:
        for name in dicrec.models():
            model = dicrec.Model(name)
            self.assertEqual(model.channels[model.leak_index], "leak")

    def test_parameters(self) -> None:
        posterior = dicrec.Posterior.at((-5, 8), noise=1)
        self.assertEqual(posterior.parameters, ["g_s", "g_u", "noise_std"])


if __name__ == "__main__":
    unittest.main()
