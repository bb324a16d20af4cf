"""The network: `Municipality`, `Organisation`, `Membership` (who is what where), `Status` by order, `Agreement`."""
