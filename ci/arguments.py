# SPDX-License-Identifier: BSL-1.0
"""What the commands' arguments share."""


def positive(kind, most):
    """The type of a number above zero, as argparse has it."""

    def convert(text):
        number = kind(text)
        if not 0 < number <= most:  # nan is neither
            raise ValueError
        return number

    convert.__name__ = "positive number"
    return convert
