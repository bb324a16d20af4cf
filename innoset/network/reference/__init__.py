"""Facts that the first start needs: municipalities of the krai, the dictionary of statuses."""
