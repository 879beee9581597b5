# SPDX-License-Identifier: MIT
"""Pickles, copies and files of the objects of the Python layer."""

import copy
import io
import json
import multiprocessing
import os
import pathlib
import pickle
import random
import sys
import tempfile
import unittest
import warnings
import zipfile
import zlib
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from python_objects import BURSTING, ROOT, WEIGHTS, bursts, content, everything, trains  # noqa: E402

import numpy  # noqa: E402

import dicrec  # noqa: E402
from dicrec import _archive, _files, _state  # noqa: E402


class InAFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.path = self.folder / "item.npz"

    def refused(self, text, kind=None):
        """The message of the FileError that loading the file raises; it names the file."""
        with self.assertRaisesRegex(dicrec.FileError, text) as caught:
            dicrec.load(self.path) if kind is None else kind.load(self.path)
        self.assertIn(str(self.path), str(caught.exception))


class RoundTrips(InAFolder):
    """Bit for bit, of everything."""

    def check(self, make):
        for name, item in everything().items():
            with self.subTest(name):
                made = make(item)
                self.assertIs(type(made), type(item))
                self.assertEqual(repr(made), repr(item))
                self.assertEqual(content(made), content(item))

    def test_pickles(self):
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            self.check(lambda item: pickle.loads(pickle.dumps(item, protocol)))

    def test_copies(self):
        self.check(copy.copy)
        self.check(copy.deepcopy)

    def test_files(self):
        def through_a_file(item):
            item.save(self.path)
            with mock.patch.object(numpy, "load", None):  # NumPy's own reader is not asked
                loaded = type(item).load(self.path)
            self.assertEqual(content(dicrec.load(str(self.path))), content(loaded))
            return loaded

        self.check(through_a_file)

    def test_what_is_loaded_works_as_what_was_saved(self):
        estimator = pickle.loads(pickle.dumps(dicrec.Estimator("stg", WEIGHTS)))
        posterior = estimator.run(bursts(), support_limit=0)
        made = pickle.loads(pickle.dumps(posterior))
        numpy.testing.assert_array_equal(made.sample(9, noise=True), posterior.sample(9, noise=True))
        population = dicrec.generate(estimator.model, BURSTING, 2)
        population.save(self.path)
        loaded = dicrec.Population.load(self.path)
        for members in (loaded, population):
            members.conductances[0] *= 1  # arrays that can be written to
        spikes = [dicrec.simulate("stg", members, t_end=300, noise=2).spikes for members in (loaded, population)]
        for one, other in zip(*spikes):
            numpy.testing.assert_array_equal(one, other)

    def test_deep_copies_have_arrays_of_their_own(self):
        population = dicrec.generate("stg", BURSTING, 2)
        self.assertIs(copy.copy(population).dics, population.dics)
        self.assertFalse(numpy.shares_memory(copy.deepcopy(population).dics, population.dics))
        model = dicrec.Model("stg")
        self.assertFalse(numpy.shares_memory(copy.deepcopy(model).ranges, model.ranges))

    def test_numpy_reads_the_arrays(self):
        population = dicrec.generate("stg", BURSTING, 2)
        population.save(self.path)
        with numpy.load(self.path, allow_pickle=False) as arrays:
            numpy.testing.assert_array_equal(arrays["conductances"], population.conductances)
            self.assertEqual(json.loads(arrays["header"].tobytes())["kind"], "Population")

    def test_users_subclasses(self):
        made = pickle.loads(pickle.dumps(Mine(bursts())))
        self.assertIs(type(made), Mine)
        made.save(self.path)
        self.assertEqual(type(dicrec.load(self.path)), dicrec.Spikes)

    def test_a_stream_says_why_not(self):
        stream = dicrec.Stream(dicrec.Estimator("stg"))
        for function in (pickle.dumps, copy.copy, copy.deepcopy):
            with self.assertRaisesRegex(TypeError, "Stream cannot be copied or pickled: keep its spikes"):
                function(stream)


class Mine(dicrec.Spikes):
    """Of a user."""


class Trains(unittest.TestCase):
    """A train that was made again gives the same answers."""

    def answers(self, train):
        estimator = dicrec.Estimator("stg")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", dicrec.DicrecWarning)
            yield train.times, train.segments, train.segment_counts, train.window
            yield content(train.statistics()), content(train.stationarity()), train.pattern()
            yield train.distance(bursts(3), tau=10), dicrec.Spikes(bursts(3)).distance(train)
            yield content(estimator.run(train)), content(estimator.run(train, time_scale="auto"))
            if len(train) > 2:
                yield content(dicrec.reconstruct(estimator, train, 2, seed=5))

    def test_answers(self):
        for name, train in trains().items():
            with self.subTest(name):
                made = pickle.loads(pickle.dumps(train))
                self.assertEqual(made, train)
                self.assertEqual(hash(made), hash(train))
                for one, other in zip(self.answers(made), self.answers(train)):
                    numpy.testing.assert_equal(one, other)

    def test_trains_differ_by_how_they_were_observed(self):
        found = trains()
        for name, train in found.items():
            alike = [other for other in found if found[other] == train]
            self.assertEqual(alike, [name])
        halves = dicrec.Spikes(trials=[[0, 20], [50, 90]])
        self.assertNotEqual(halves, dicrec.Spikes([0, 20, 50, 90], gaps=[(20, 50)]))


class Processes(unittest.TestCase):
    def test_spawned(self):
        items = everything()
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            for name, (saved, item) in zip(items, pool.map(looked_at, items.values())):
                with self.subTest(name):
                    self.assertEqual(saved, content(items[name]))
                    self.assertEqual(content(item), saved)


def looked_at(item):
    return content(item), item


class Versions(InAFolder):
    def test_pickles_of_another_version(self):
        train = dicrec.Spikes(bursts())
        with mock.patch.object(_state, "STATE_VERSION", 7), mock.patch.object(_state, "LIBRARY_VERSION", "9.8.7"):
            data = pickle.dumps(train)
        with self.assertRaisesRegex(
            dicrec.ArgumentError, r"dicrec.Spikes of state version 7 of libdicrec 9.8.7; libdicrec .* reads version \d+"
        ):
            pickle.loads(data)

    def test_files_of_another_version(self):
        with mock.patch.object(_files, "STATE_VERSION", 7), mock.patch.object(_files, "LIBRARY_VERSION", "9.8.7"):
            dicrec.Spikes(bursts()).save(self.path)
        self.refused(r"its version is 7, of libdicrec '?9.8.7'?; libdicrec .* reads \d+")

    def test_other_weights_of_the_library(self):
        estimator = dicrec.Estimator("stg")
        with mock.patch.object(dicrec.Estimator, "_fingerprint", lambda self: "version 99"):
            data = pickle.dumps(estimator)
            estimator.save(self.path)
        with self.assertRaisesRegex(dicrec.WeightsError, "built-in weights 'version 99', but those of this library"):
            pickle.loads(data)
        self.refused("built-in weights 'version 99'")

    def test_a_change_of_a_state_raises_the_version(self):
        layouts = {name: dict(kind._layout) for name, kind in sorted(_state.KINDS.items())}
        found = zlib.crc32(json.dumps(layouts, sort_keys=True).encode())
        text = "what is saved has changed: raise STATE_VERSION, then write version and sum here"
        self.assertEqual((_state.STATE_VERSION, found), KNOWN_STATES, text)


KNOWN_STATES = (1, 3344376314)


class Damaged(InAFolder):
    """Whatever a file holds, it is loaded or refused."""

    def test_cut_off_anywhere(self):
        for name, item in everything().items():
            data = content(item)
            lengths = {*range(0, 200, 7), *range(0, len(data), max(1, len(data) // 40)), len(data) - 1, len(data) - 22}
            for length in sorted(lengths):
                self.path.write_bytes(data[:length])
                with self.subTest(name, length=length):
                    self.refused("cannot load")

    def test_any_byte_changed(self):
        data = content(dicrec.Posterior.at(BURSTING))
        draw = random.Random(1)
        n_refused = 0
        for _ in range(1500):
            changed = bytearray(data)
            for _ in range(draw.choice((1, 1, 2, 8))):
                changed[draw.randrange(len(changed))] = draw.randrange(256)
            self.path.write_bytes(changed)
            try:
                dicrec.load(self.path)
            except dicrec.FileError:
                n_refused += 1
        self.assertGreater(n_refused, 750)

    def test_bytes_that_follow(self):
        self.path.write_bytes(content(dicrec.Spikes([1, 2])) + b"\0" * 70000)
        self.refused("cannot load")

    def test_no_file(self):
        self.refused("No such file")
        self.path.mkdir()
        self.refused("directory|regular")
        self.path = pathlib.Path(os.devnull)
        self.refused("no regular file")

    def test_other_files(self):
        for data in (b"", b"PK", b"ID,spiking_times\n", WEIGHTS.read_bytes()[:4096], pickle.dumps([1])):
            self.path.write_bytes(data)
            self.refused("it is not a file of dicrec, or is cut off")
        numpy.savez(self.path, a=numpy.zeros(3))
        self.refused("it is not a file of dicrec")

    def test_another_kind(self):
        dicrec.Spikes([1, 2]).save(self.path)
        self.refused("it holds a Spikes, not a Population", dicrec.Population)


class Hostile(InAFolder):
    """Files that were made to do harm."""

    def setUp(self):
        super().setUp()
        self.data = content(dicrec.generate("stg", BURSTING, 2))

    def entries(self):
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return {entry.filename: archive.read(entry) for entry in archive.infolist()}

    def write(self, entries, compression=zipfile.ZIP_STORED):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of names that are there twice
            with zipfile.ZipFile(self.path, "w", compression) as archive:
                for name, data in entries:
                    archive.writestr(name, data)

    def with_entry(self, name, data):
        self.write({**self.entries(), name: data}.items())

    def with_header(self, change):
        with numpy.load(io.BytesIO(self.data)) as arrays:
            header = json.loads(arrays["header"].tobytes())
        text = change(header)
        text = json.dumps(header) if text is None else text
        buffer = io.BytesIO()
        numpy.lib.format.write_array(buffer, numpy.frombuffer(text.encode(), dtype=numpy.uint8), version=(1, 0))
        self.with_entry("header.npy", buffer.getvalue())

    def test_unchanged(self):
        self.with_header(lambda header: None)
        self.assertEqual(content(dicrec.load(self.path)), self.data)

    def test_bombs(self):
        zeros = numpy.lib.format.header_data_from_array_1_0(numpy.zeros(3))
        buffer = io.BytesIO()
        numpy.lib.format.write_array_header_1_0(buffer, {**zeros, "shape": (1 << 27,)})
        self.write(
            {**self.entries(), "noise_std.npy": buffer.getvalue() + bytes(1 << 24)}.items(), zipfile.ZIP_DEFLATED
        )
        self.assertLess(self.path.stat().st_size, 1 << 20)
        self.refused("compressed")

    def test_a_shape_without_its_values(self):
        array = self.entries()["noise_std.npy"]
        for shape in ("(2000000000000,)", "(999999999999999999, 999999999999999999)", "(-1,)", "(3,)", "()", "(0, 1)"):
            head = array[:80].replace(b"(2,), }", ("%s, }" % shape).encode())
            self.with_entry("noise_std.npy", head[: 80 - (len(shape) - 4)] + array[80:])
            self.refused("noise_std")

    def test_entries_that_share_their_bytes(self):
        entries = self.entries()
        self.write(entries.items())
        with zipfile.ZipFile(self.path, "a") as archive:
            entry = archive.getinfo("conductances.npy")
            for k in range(2000):
                again = copy.copy(entry)
                again.filename = "again%d.npy" % k
                archive.filelist.append(again)
                archive.NameToInfo[again.filename] = again
            archive._didModify = True
        self.refused("cannot load")

    def test_names(self):
        entries = self.entries()
        self.write([*entries.items(), *entries.items()])
        self.refused("one twice")
        self.write([*entries.items(), ("../../evil.npy", entries["dics.npy"])])
        self.assertEqual(len(dicrec.load(self.path)), 2)  # nothing is written anywhere
        self.write([*entries.items(), ("evil.sh", b"")])
        self.refused("is no array")
        self.write([("%d.npy" % k, b"") for k in range(5000)])
        self.refused("too many entries")
        del entries["dics.npy"]
        self.write(entries.items())
        self.refused("dics")

    def test_pickled_arrays(self):
        buffer = io.BytesIO()
        numpy.lib.format.write_array(buffer, numpy.array([print], dtype=object), allow_pickle=True)
        self.with_entry("noise_std.npy", buffer.getvalue())
        self.refused("is not an array that dicrec writes")

    def test_arrays_of_another_kind(self):
        for array in (
            numpy.zeros((2, 2)),
            numpy.zeros(3),
            numpy.zeros(2, "f4"),
            numpy.zeros(2, "S8"),
            numpy.zeros((), "U9"),
        ):
            buffer = io.BytesIO()
            numpy.lib.format.write_array(buffer, array)
            self.with_entry("noise_std.npy", buffer.getvalue())
            self.refused("noise_std")

    def test_headers(self):
        def missing(header):
            del header["state"]["streams"]

        def nested(header):
            header["state"]["channels"] = {"object": {"kind": "Population", "state": {}}}

        for change, reason in (
            (lambda header: "", "Expecting value|cannot load"),
            (lambda header: "[]", "not a file of dicrec"),
            (lambda header: "[" * 100000, "recursion|cannot load"),
            (lambda header: '{"format": "dicrec", "version": %s}' % ("9" * 100000), "digits"),
            (lambda header: '{"format": "dicrec", "version": NaN}', "NaN"),
            (lambda header: header.update(version="1"), "version is '1'"),
            (lambda header: header.update(version=1.5), "version is 1.5"),
            (lambda header: header.update(kind="Handle"), "holds a Handle"),
            (lambda header: header.update(kind="Saved"), "holds a Saved"),
            (lambda header: header.update(kind=["Population"]), "holds a"),
            (lambda header: header.update(kind="Model"), "entries"),
            (lambda header: header.update(state=[]), "cannot load"),
            (lambda header: header["state"].update(more=1), "entries are"),
            (missing, "entries are"),
            (nested, "entries are"),
            (lambda header: header["state"].update(time_scale=True), "time_scale is not float"),
            (lambda header: header["state"].update(time_scale="1"), "time_scale is not float"),
            (lambda header: header["state"].update(remark={"array": "dics"}), "remark is not int"),
            (lambda header: header["state"].update(channels=["Na"]), "channels"),
            (lambda header: header["state"].update(channels=None), "channels"),
            (lambda header: header["state"].update(dics={"array": "nowhere"}), "nowhere"),
            (lambda header: header["state"].update(dics={"run": "rm"}), "run"),
            (lambda header: header["state"].update(dics={"array": "dics", "bytes": "dics"}), "cannot load"),
            (lambda header: header["state"].update(dics={"bytes": "dics"}), "cannot load"),
            (lambda header: header["state"].update(dics={"float": "7ff8"}), "cannot load"),
        ):
            self.with_header(change)
            with self.subTest(reason):
                self.refused(reason)

    def test_numbers_that_no_train_has(self):
        self.data = content(dicrec.Spikes(trials=[bursts(), bursts()], window=(0, 2000)))
        buffer = io.BytesIO()
        numpy.lib.format.write_array(buffer, numpy.array([2**63, 2**63 + 120], dtype=numpy.uint64), version=(1, 0))
        self.with_entry("trial_counts.npy", buffer.getvalue())
        self.refused("trial_counts add up")


class Writing(InAFolder):
    def test_whole_or_not_at_all(self):
        dicrec.Spikes([1, 2]).save(self.path)
        before = self.path.read_bytes()
        full = OSError(28, "No space left on device")
        with mock.patch.object(_archive._FORMAT, "write_array", side_effect=full):
            with self.assertRaisesRegex(dicrec.FileError, "cannot save .*item.npz': No space left") as caught:
                dicrec.Spikes(bursts()).save(self.path)
        self.assertIsInstance(caught.exception.__cause__, OSError)
        self.assertEqual(self.path.read_bytes(), before)
        self.assertEqual(os.listdir(self.folder), ["item.npz"])

    def test_places(self):
        for path in (self.folder / "none" / "item", self.folder, os.devnull):
            with self.assertRaisesRegex(dicrec.FileError, "cannot save"):
                dicrec.Spikes([1]).save(path)
        link = self.folder / "link"
        link.symlink_to(self.path)
        self.path.write_bytes(b"")
        self.path.chmod(0o600)
        dicrec.Spikes([1, 2]).save(link)
        self.assertTrue(link.is_symlink())
        self.assertEqual(self.path.stat().st_mode & 0o777, 0o600)
        self.assertEqual(len(dicrec.Spikes.load(self.path)), 2)

    def test_the_same_object_is_the_same_file(self):
        self.assertEqual(content(dicrec.Spikes(bursts())), content(dicrec.Spikes(bursts())))

    def test_what_could_not_be_read_again_is_not_written(self):
        population = dicrec.generate("stg", BURSTING, 2)
        population.channels.append("more")
        for function in (pickle.dumps, lambda item: item.save(self.path)):
            with self.assertRaisesRegex(dicrec.ArgumentError, "cannot be saved: its entry conductances"):
                function(population)
        self.assertFalse(self.path.exists())


if __name__ == "__main__":
    unittest.main()
