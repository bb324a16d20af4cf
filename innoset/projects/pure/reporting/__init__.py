"""The yearly report as data: what is counted, what the site can write by itself, who is reminded when."""
