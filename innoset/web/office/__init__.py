"""The door of organisers, coordinators, methodists and the council."""
