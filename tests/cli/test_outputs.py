# SPDX-License-Identifier: MIT
"""Outputs of the program: whole or not at all, each a file of its own, nothing left behind by a signal."""

import os
import signal
import stat
import subprocess
import tempfile
import time
import unittest

from program import DICREC, REGULAR, Case, one_train, run


class Output(Case):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, "out.csv")

    def read(self):
        with open(self.path, "rb") as file:
            return file.read()

    def test_same_as_stdout(self):
        result = run("models", "-o", self.path)
        self.assertEqual((result.returncode, result.stdout), (0, b""))
        self.assertEqual(self.read(), run("models").stdout)
        self.assertEqual(os.listdir(self.folder.name), ["out.csv"])

    def test_refusal_leaves_file_alone(self):
        with open(self.path, "wb") as file:
            file.write(b"precious")
        broken = one_train(REGULAR) + '2,"[1, 2\n'
        for command in ("estimate", "reconstruct"):
            self.assert_refused(run(command, "--model", "stg", "-o", self.path, text=broken), "never closed")
        self.assertEqual(self.read(), b"precious")
        self.assertEqual(os.listdir(self.folder.name), ["out.csv"])

    def test_replaces_whole_file_and_keeps_mode(self):
        with open(self.path, "wb") as file:
            file.write(b"x" * 100000)
        os.chmod(self.path, 0o640)
        link = self.path + ".link"
        os.symlink(self.path, link)
        self.assertEqual(run("models", "-o", link).returncode, 0)
        self.assertTrue(os.path.islink(link))
        self.assertEqual(self.read(), run("models").stdout)
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o640)

    def test_unwritable(self):
        missing = os.path.join(self.folder.name, "no", "out.csv")
        self.assert_refused(run("models", "-o", missing), missing)
        self.assert_refused(run("models", "-o", self.folder.name), self.folder.name)

    def test_two_outputs_all_or_none(self):
        population = run("generate", "--model", "stg", "--gs", "-5", "--gu", "8", "-n", "1").stdout
        missing = os.path.join(self.folder.name, "no", "out.csv")
        options = ["--t-end", "50", "--trace", self.path, "-o", missing]
        self.assert_refused(run("simulate", "--model", "stg", *options, text=population), missing)
        self.assertEqual(os.listdir(self.folder.name), [])

    def test_dangling_link(self):
        link = self.path + ".link"
        os.symlink(os.path.basename(self.path), link)
        self.assertEqual(run("models", "-o", link).returncode, 0)
        self.assertTrue(os.path.islink(link))
        self.assertEqual(self.read(), run("models").stdout)

    def test_link_without_end(self):
        os.symlink("a", os.path.join(self.folder.name, "b"))
        os.symlink("b", os.path.join(self.folder.name, "a"))
        self.assert_refused(run("models", "-o", os.path.join(self.folder.name, "a")), "symbolic links")

    def test_folder_that_may_not_be_written(self):
        locked = os.path.join(self.folder.name, "locked")
        os.mkdir(locked, 0o555)
        if os.access(locked, os.W_OK):
            self.skipTest("for this user every folder may be written")
        self.assert_refused(run("models", "-o", os.path.join(locked, "out.csv")), "Permission denied")

    def test_full_disk(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full here")
        with open("/dev/full", "wb") as full:
            result = subprocess.run([DICREC, "models"], stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(result.returncode, 2)
        self.assertIn(b"standard output", result.stderr)
        self.assert_refused(run("models", "-o", "/dev/full"), "/dev/full")
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/full").st_mode))

    def test_closed_streams(self):
        """A file that is opened must not take the place of a closed stream."""
        script = f'"{DICREC}" models >&-'
        result = subprocess.run(["sh", "-c", script], stderr=subprocess.PIPE, timeout=60, check=False)
        self.assertEqual(result.returncode, 2)
        self.assertIn(b"standard output", result.stderr)
        script = f'"{DICREC}" models -o "{self.path}" >&- 2>&- <&-'
        self.assertEqual(subprocess.run(["sh", "-c", script], timeout=60, check=False).returncode, 0)
        self.assertEqual(self.read(), run("models").stdout)


class OneFileForTwo(Case):
    """Two outputs, or an output and an input, in one file: refused before any work."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.pop = self.named("pop.csv")
        self.spikes = self.named("spikes.csv")
        self.there = self.named("there")
        run("generate", "--model", "stg", "--gs", "-5", "--gu", "8", "-n", "1", "-o", self.pop)
        for path, text in ((self.spikes, one_train(REGULAR)), (self.there, "precious")):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)

    def named(self, name):
        return os.path.join(self.folder, name)

    def simulate(self, *options):
        return run("simulate", "--model", "stg", "--t-end", "50", self.pop, *options)

    def assert_nothing_lost(self):
        with open(self.there, encoding="utf-8") as file:
            self.assertEqual(file.read(), "precious")
        self.assertGreater(os.path.getsize(self.pop), 100)

    def test_outputs(self):
        os.link(self.there, self.named("hard"))
        os.symlink("there", self.named("soft"))
        os.symlink("new", self.named("dangling"))
        for a, b in (
            ("new", "new"),
            ("new", "./new"),
            ("new", "../" + os.path.basename(self.folder) + "/new"),
            ("there", "hard"),
            ("there", "soft"),
            ("dangling", "new"),
        ):
            with self.subTest(a=a, b=b):
                self.assert_refused(self.simulate("-o", self.named(a), "--trace", self.named(b)), a, b, "one file")
        new = self.named("new.svg")
        for option in ("--report", "--plot"):
            result = run("reconstruct", "--model", "stg", "-n", "1", self.spikes, option, new, "-o", new)
            self.assert_refused(result, option, "--output", "new.svg")
        self.assertFalse(os.path.exists(self.named("new")))
        self.assert_nothing_lost()

    def test_inputs(self):
        self.assert_refused(self.simulate("-o", self.pop), "input", "pop.csv")
        self.assert_refused(self.simulate("--trace", self.pop), "input", "pop.csv")
        self.assert_refused(self.simulate("--current-file", self.there, "-o", self.there), "--current-file", "--output")
        command = [DICREC, "dics", "-m", "stg", "-o", self.pop]
        with open(self.pop, "rb") as file:
            result = subprocess.run(command, stdin=file, capture_output=True, timeout=60, check=False)
        self.assert_refused(result, "standard input", "pop.csv")
        self.assert_nothing_lost()

    def test_standard_output(self):
        self.assert_refused(self.simulate("--trace", "-"), "--trace", "standard output")
        command = [DICREC, "simulate", "-m", "stg", "--t-end", "50", self.pop, "--trace", self.there]
        with open(self.there, "ab") as file:
            result = subprocess.run(command, stdout=file, stderr=subprocess.PIPE, timeout=60, check=False)
        self.assertEqual(result.returncode, 2)
        self.assertIn(b"standard output", result.stderr)
        self.assert_nothing_lost()

    def test_what_may_be_shared(self):
        self.assertEqual(self.simulate("-o", "/dev/null", "--trace", "/dev/null").returncode, 0)
        self.assertEqual(self.simulate("-o", "-", "--trace", self.named("new")).returncode, 0)

    def test_before_any_work(self):
        missing = os.path.join(self.folder, "no", "out.csv")
        self.assert_refused(run("simulate", "-m", "stg", "/nonexistent/pop.csv", "-o", missing), missing)


def heed_signals():
    """Whoever runs the tests may ignore some, as nohup does."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class Signals(Case):
    """A signal leaves nothing behind, and ends the program as it ends others."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def start(self, *words, **options):
        process = subprocess.Popen([DICREC, *words], stderr=subprocess.PIPE, preexec_fn=heed_signals, **options)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.kill)
        return process

    def test_while_it_computes(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number=number):
                out = os.path.join(self.folder, "out.csv")
                words = ("simulate", "-m", "stg", "--solver", "cvode", "--t-end", "1e8", "-o", out)
                process = self.start(*words, stdin=subprocess.PIPE)
                process.stdin.write(run("generate", "-m", "stg", "--gs", "-5", "--gu", "8", "-n", "2").stdout)
                process.stdin.close()
                time.sleep(0.5)
                process.send_signal(number)
                self.assertEqual(process.wait(timeout=60), -number)
                self.assertEqual(process.stderr.read(), b"")
                self.assertEqual(os.listdir(self.folder), [])

    def test_while_it_reads(self):
        process = self.start("estimate", "-m", "stg", stdin=subprocess.PIPE)
        self.addCleanup(process.stdin.close)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=60), -signal.SIGINT)

    def test_ignored_signal(self):
        """What nohup asks for."""
        command = ["sh", "-c", f'trap "" HUP; exec "{DICREC}" estimate -m stg']
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        self.addCleanup(process.kill)
        time.sleep(0.5)
        process.send_signal(signal.SIGHUP)
        process.stdin.write(one_train(REGULAR).encode())
        process.stdin.close()
        self.assertEqual(process.wait(timeout=60), 0)

    def simulation(self):
        """A simulation with its trace under a temporary name, and a table on its way that is more than a pipe holds."""
        pop = run("generate", "-m", "stg", "--gs", "-5", "--gu", "8", "-n", "300").stdout
        trace = os.path.join(self.folder, "trace.csv")
        process = self.start(
            *("simulate", "-m", "stg", "--t-end", "1000", "--t-skip", "0", "--trace-dt", "100", "--rtol", "1e-4"),
            *("--atol", "1e-6", "--trace", trace),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.addCleanup(process.stdout.close)
        process.stdin.write(pop)
        process.stdin.close()
        os.read(process.stdout.fileno(), 10)
        self.assertEqual([name.startswith("trace.csv.") for name in os.listdir(self.folder)], [True])
        return process

    def test_broken_pipe(self):
        process = self.simulation()
        process.stdout.close()
        self.assertEqual(process.wait(timeout=60), -signal.SIGPIPE)
        self.assertEqual(os.listdir(self.folder), [])

    def test_while_it_writes(self):
        process = self.simulation()
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(timeout=60), -signal.SIGTERM)
        self.assertEqual(os.listdir(self.folder), [])


if __name__ == "__main__":
    unittest.main()
