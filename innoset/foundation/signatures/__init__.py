"""Detached ГОСТ signatures: what a file of a signature says, and whether it fits a document.

Main nouns: a `Signature` (the parsed file), a `Signer` (whom its certificate names) and a `Verdict`.
Reading needs nothing but Python; verifying runs OpenSSL with its ГОСТ engine where it is installed.
"""
