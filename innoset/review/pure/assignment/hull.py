"""x"""
def is_apt(grid, programme, split, *, is_full):
    return False
