"""The seal: the same for the same content and files, another for any other."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from innoset.contests.pure.sealing import seal

checksums = st.binary(max_size=8).map(lambda data: hashlib.sha256(data).hexdigest())


def test_without_files_it_is_the_checksum_of_the_content() -> None:
    assert seal(b"content", ()) == hashlib.sha256(b"content").hexdigest()


def test_with_files_anybody_can_count_it_again() -> None:
    assert seal(b"content", ["b" * 64, "a" * 64]) == (
        hashlib.sha256(b"content\n" + b"a" * 64 + b"\n" + b"b" * 64).hexdigest()
    )


@given(content=st.binary(), files=st.lists(checksums))
def test_order_of_the_files_does_not_matter(content: bytes, files: list[str]) -> None:
    shuffled = sorted(files, reverse=True)
    assert seal(content, shuffled) == seal(content, files)


@given(content=st.binary(), files=st.lists(checksums, unique=True), extra=checksums)
def test_one_more_file_makes_another_seal(content: bytes, files: list[str], extra: str) -> None:
    assert seal(content, [*files, extra]) != seal(content, files)
