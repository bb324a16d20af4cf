"""What every room stands on; knows no room by name."""
