#!/usr/bin/env bash
# release.sh COMMIT: releases what CI built and tested for a commit of main.
set -euo pipefail
cd ~/seats
registry=http://registry.ventarela.test/seats

git fetch -q --tags origin
commit=$(git rev-parse --verify "$1^{commit}")

# 1. Refuse a commit that is not on origin/main, that a version holds already, or that has no green run on main.

# 2. The version: the newest tag that the commit holds, and the messages since.

# 3. Publish the artifact of that run as $registry/VERSION/seats-VERSION.tgz. Stop if the registry refuses.

# 4. Tag the commit vVERSION and push the tag.

# 5. Add the entry to CHANGELOG.md, right below its title, newest first: a heading with the version, and below it each change and its card.
