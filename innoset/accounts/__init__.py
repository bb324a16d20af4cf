"""People: `User` signs in by e-mail; `Consent` remembers which text a person agreed to, when and from where."""
