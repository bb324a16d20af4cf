"""A "no" that a person can read."""


class Refusal(Exception):  # reason: the word of the house
    """The house refuses: a Russian sentence with the cure, and the form field that it belongs to."""

    def __init__(self, text: str, *, field: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.field = field
