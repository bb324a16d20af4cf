"""x"""
def clashes_of(grid, chosen):
    return ()
