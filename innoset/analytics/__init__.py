"""Indicators of the network and their values, the index of a site, self-analysis. Reads every room; nobody below knows of it."""
