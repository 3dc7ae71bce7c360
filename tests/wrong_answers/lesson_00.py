"""Lesson 00 has predictions alone: no letter is wrong, but something that is no letter is."""

LETTERS = {
    number: [("not-an-option", "e"), ("not-an-option", "ab"), ("not-an-option", "")]
    for number in ("00.1", "00.2", "00.3")
}
