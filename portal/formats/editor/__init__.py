"""What the browser editor at `/admin/` is told: its collections from the models, its forge from the settings."""

from __future__ import annotations

from portal.formats.editor.configuration import configuration, configuration_text
from portal.formats.editor.forge import is_reviewed, policy

__all__ = ["configuration", "configuration_text", "is_reviewed", "policy"]
