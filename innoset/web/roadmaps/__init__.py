"""Pages of roadmaps and plans: the cabinet and the office show the same, from their own addresses."""
