"""The door of an expert: dossiers, conflicts, score sheets, defence."""
