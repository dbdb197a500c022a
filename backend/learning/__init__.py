"""Data sets, training and evaluation of what the bot learns."""
