"""The street door: portal, contests, registers, checks of papers. Open to everybody."""
