"""Algorithms of the network: the ledger of statuses."""
