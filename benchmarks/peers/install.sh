#!/bin/sh
# Installs the peers from Debian's packages; needs root. Packages that are there already cost nothing.
set -e
packages="r-base-core r-cran-geepack r-cran-lme4 r-cran-glmmtmb r-cran-nlme r-cran-metafor python3-statsmodels"
missing=""
for package in $packages; do
  dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
[ -z "$missing" ] && exit 0
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
