# SPDX-License-Identifier: MIT
"""Arrays and a text in one ``.npz`` file: written whole or not at all, read with care.

What is written is plain: stored without compression, so that no file says more than it holds. NumPy reads it,
``numpy.load(path)["NAME"]``, and the text as the bytes of the array ``header``.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import uuid
import zipfile
from typing import Any, BinaryIO, Dict, Iterator, Mapping, Tuple

import numpy
from numpy.typing import NDArray

_FORMAT: Any = numpy.lib.format
HEADER = "header"
_SUFFIX = ".npy"
_MOST_ENTRIES = 4096
_MOST_HEADER_BYTES = 64 << 20
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a zip file; the same object is saved as the same bytes
# As NumPy writes it for the types that are saved, and nothing else.
_MAGIC = b"\x93NUMPY\x01\x00"
_DESCRIPTION = re.compile(
    rb"\{'descr': '(<f8|<i4|<i8|<u8|\|u1|\|b1)', 'fortran_order': False, 'shape': \(((?:\d{1,18}(?:, ?|,?(?=\))))*)\), \} *\n"
)


def write_archive(path: str, header: bytes, arrays: Mapping[str, NDArray[numpy.generic]]) -> None:
    """Write the file beside its place, then move it there."""
    real = os.path.realpath(path)
    replaced = os.stat(real).st_mode if os.path.exists(real) else None
    if replaced is not None and not stat.S_ISREG(replaced):
        raise ValueError("it is there, but no regular file")
    part = os.path.join(os.path.dirname(real), ".%s.part" % uuid.uuid4().hex)
    try:
        with open(part, "xb") as file:
            _write(file, {HEADER: numpy.frombuffer(header, dtype=numpy.uint8), **arrays})
            file.flush()
            os.fsync(file.fileno())
        if replaced is not None:
            os.chmod(part, stat.S_IMODE(replaced))
        os.replace(part, real)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise


def _write(file: BinaryIO, arrays: Mapping[str, NDArray[numpy.generic]]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(name + _SUFFIX, _EARLIEST)
            entry.external_attr = 0o644 << 16
            little = numpy.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
            with archive.open(entry, "w", force_zip64=True) as stream:
                _FORMAT.write_array(stream, little, version=(1, 0), allow_pickle=False)


def read_archive(path: str) -> Tuple[bytes, Dict[str, NDArray[numpy.generic]]]:
    """Text and arrays of a file; ValueError, OSError or what zipfile raises if it is not as it was written."""
    with open(path, "rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        if not stat.S_ISREG(mode):
            raise ValueError("it is no regular file")
        if not zipfile.is_zipfile(file):
            raise ValueError("it is not a file of dicrec, or is cut off")
        with zipfile.ZipFile(file) as archive:
            entries = dict(_entries(archive, os.fstat(file.fileno()).st_size))
            if HEADER not in entries or entries[HEADER].file_size > _MOST_HEADER_BYTES:
                raise ValueError("it is not a file of dicrec")
            arrays = {name: _read(archive, entry) for name, entry in entries.items()}
    return arrays.pop(HEADER).tobytes(), arrays


def _entries(archive: zipfile.ZipFile, file_size: int) -> Iterator[Tuple[str, zipfile.ZipInfo]]:
    """Entries by name, once it is clear that none holds more than the file does."""
    entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES or len({entry.filename for entry in entries}) < len(entries):
        raise ValueError("it has too many entries, or one twice")
    for entry in entries:
        if entry.compress_type != zipfile.ZIP_STORED or entry.file_size != entry.compress_size:
            raise ValueError("its entry %.80r is compressed, as dicrec writes none" % entry.filename)
        if not entry.filename.endswith(_SUFFIX):
            raise ValueError("its entry %.80r is no array" % entry.filename)
        yield entry.filename[: -len(_SUFFIX)], entry
    if sum(entry.file_size for entry in entries) > file_size:
        raise ValueError("its entries hold more than its %d bytes" % file_size)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> NDArray[numpy.generic]:
    """An array whose own description fits the bytes that are there."""
    content = archive.read(entry)
    length = int.from_bytes(content[len(_MAGIC) : len(_MAGIC) + 2], "little")
    begin = len(_MAGIC) + 2
    match = _DESCRIPTION.fullmatch(content[begin : begin + length])
    if not content.startswith(_MAGIC) or match is None:
        raise ValueError("its entry %.80r is not an array that dicrec writes" % entry.filename)
    dtype = numpy.dtype(match[1].decode())
    shape = tuple(int(size) for size in match[2].replace(b" ", b"").split(b",") if size)
    n_values = 1
    for size in shape:
        n_values *= size
    if n_values * dtype.itemsize != len(content) - begin - length:
        raise ValueError("its entry %.80r has not the size of its shape" % entry.filename)
    values = numpy.frombuffer(content, dtype=dtype, offset=begin + length).reshape(shape)
    return values.astype(dtype.newbyteorder("="))  # a copy that can be written to
