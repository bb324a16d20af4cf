"""What normative acts are called, and from how high they come."""

from enum import StrEnum


class ActLevel(StrEnum):
    """From how high a normative act comes."""

    FEDERAL = "federal"
    REGIONAL = "regional"
    MUNICIPAL = "municipal"
    INSTITUTE = "institute"
    LOCAL = "local"


class ActKind(StrEnum):
    """What an act is called."""

    LAW = "law"
    DECREE = "decree"
    RESOLUTION = "resolution"
    DIRECTIVE = "directive"
    ORDER = "order"
    LETTER = "letter"
    CONCEPT = "concept"
    STRATEGY = "strategy"
    PROGRAMME = "programme"
    STANDARD = "standard"
    REGULATION = "regulation"
    OTHER = "other"
