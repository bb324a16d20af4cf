"""Projects: a `Passport` is filled field by field (`Answer`), frozen as a `PassportVersion` when it is sent."""
