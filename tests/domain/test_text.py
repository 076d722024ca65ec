"""Text from outside."""

import pytest

from app.domain.text import UnusableText, clean


@pytest.mark.parametrize("code", [0x00, 0x08, 0x0B, 0x0C, 0x0E, 0x1F, 0x7F, 0xD800, 0xDFFF])
def test_what_no_database_keeps_is_refused_with_its_place(code: int) -> None:
    with pytest.raises(UnusableText) as raised:
        clean(f"ab{chr(code)}")
    assert str(raised.value) == f"the character U+{code:04X} at position 2 cannot be stored; leave it out"


def test_text_comes_in_one_normal_form_without_space_around_it() -> None:
    assert clean(" \n\tRene\u0301\r\n two\x80 ") == "René\r\n two\x80"
