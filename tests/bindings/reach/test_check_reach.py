# SPDX-License-Identifier: MIT
"""check_reach.py sees what is missing and what is stale, in the ways in which each binding names functions."""

from __future__ import annotations

import unittest

from check_reach import cpp_names, julia_names, problems, python_names, reasons


class Names(unittest.TestCase):
    def test_python(self) -> None:
        text = """
            call(lib.dic_compute, 1)
            _lib.version()
            new_options(_api.SimulateOptions, seed=1)
            word_of(_api.Solver, 2)
        """
        self.assertEqual(python_names(text, ""), {"dic_compute", "version", "simulate_options_init", "solver_name"})

    def test_cpp_but_for_comments(self) -> None:
        text = "// see dicrec_a()\n/* dicrec_b()\n dicrec_c() */ handle<dicrec_d_free> x = dicrec_e(1);"
        self.assertEqual(cpp_names(text, ""), {"d_free", "e"})

    def test_julia(self) -> None:
        generated = "free(object::Ptr{Model}) = model_free(object)\nretain(object::Ptr{Model}) = model_retain(object)\n"
        self.assertEqual(julia_names("API.free(x); API.dic_name(1)", generated), {"free", "model_free", "dic_name"})


class Problems(unittest.TestCase):
    def test_none(self) -> None:
        self.assertEqual(problems({"a", "b"}, {"a", "other"}, {"b"}), [])

    def test_each(self) -> None:
        found = problems({"a", "b"}, {"b"}, {"b", "c"})
        self.assertEqual([line.split()[0] for line in found], ["dicrec_a", "dicrec_b", "dicrec_c"])

    def test_reasons(self) -> None:
        self.assertEqual(reasons([{"reason": "so", "functions": ["a"]}]), {"a"})
        for entries in (
            [{"reason": "", "functions": ["a"]}],
            [{"reason": "so", "functions": "a"}],
            [{"reason": "so", "functions": ["a"]}, {"reason": "else", "functions": ["a"]}],
        ):
            with self.assertRaises(ValueError):
                reasons(entries)


if __name__ == "__main__":
    unittest.main()
