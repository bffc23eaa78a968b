# SPDX-License-Identifier: BSL-1.0
"""Lets a test import a command of this folder."""

import importlib.machinery
import importlib.util
import sys

from command import ROOT


def command(name):
    """The command as a module."""
    loader = importlib.machinery.SourceFileLoader(name, str(ROOT / "ci" / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    sys.modules[name] = module
    loader.exec_module(module)
    return module
