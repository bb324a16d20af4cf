"""The interface kit: layout, components, styles, scripts, and what views share.

Main nouns: a `Display` (how a person wants pages shown), a `Listing` (a filtered, sorted, paged
list), a `Form`, and `attempt`, which carries a deed from a request to an answer. Knows no domain.
"""
