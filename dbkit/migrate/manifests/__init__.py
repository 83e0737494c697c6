"""What runs the migrations of a deploy: jobs of Kubernetes, Helm, Argo CD, Cloud Build, GitHub Actions; their image.

    files = manifest_files(Deployment(environment="prod", image="registry.example/shop:1.4.2"), Format.KUBERNETES)

Each is a document first, a mapping that tests hold against the schemas of those who read it, and text last.
"""

from __future__ import annotations

from dbkit.migrate.manifests.commands import Moment, arguments
from dbkit.migrate.manifests.deployment import Deployment, Proxy
from dbkit.migrate.manifests.files import Format, manifest_files
from dbkit.migrate.manifests.folder import differing, write

__all__ = ["Deployment", "Format", "Moment", "Proxy", "arguments", "differing", "manifest_files", "write"]
