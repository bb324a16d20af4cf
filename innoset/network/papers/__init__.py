"""What the network can print."""
