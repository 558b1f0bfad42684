#!/usr/bin/env bash
# Puts waymark into WAYMARK_BIN: the release WAYMARK_VERSION with its checksum verified, else built from WAYMARK_SOURCE.
set -euo pipefail
: "${WAYMARK_BIN:?set it to the folder for the program}"
version=${WAYMARK_VERSION:-}
source=${WAYMARK_SOURCE:-$(cd "$(dirname "$0")/.." && pwd)}
base=${WAYMARK_RELEASES:-https://github.com/waymark-dev/waymark/releases/download}
mkdir -p "$WAYMARK_BIN"

system() {
  case "$(uname -s)" in
    Linux) echo linux ;;
    Darwin) echo darwin ;;
    MINGW* | MSYS* | CYGWIN*) echo windows ;;
    *) uname -s ;;
  esac
}

machine() {
  case "$(uname -m)" in
    x86_64 | amd64) echo amd64 ;;
    aarch64 | arm64) echo arm64 ;;
    *) uname -m ;;
  esac
}

checksum() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# download gives 1 where there is no such release, and ends the script where what it got is not what was released.
download() {
  local archive work want got
  archive="waymark_$(system)_$(machine).tar.gz"
  work=$(mktemp -d)
  curl --fail --silent --show-error --location --retry 3 --output "$work/$archive" "$base/$version/$archive" || return 1
  curl --fail --silent --show-error --location --retry 3 --output "$work/checksums.txt" "$base/$version/checksums.txt" || return 1
  want=$(awk -v name="$archive" '$2 == name { print $1 }' "$work/checksums.txt")
  got=$(checksum "$work/$archive")
  if [ -z "$want" ] || [ "$want" != "$got" ]; then
    echo "waymark: the checksum of $archive of $version is $got, and ${want:-none} was published: not used" >&2
    exit 1
  fi
  tar -xzf "$work/$archive" -C "$WAYMARK_BIN"
  rm -rf "$work"
}

if [[ $version =~ ^v[0-9]+\.[0-9]+\.[0-9]+ ]] && download; then
  echo "waymark: $version is installed" >&2
  echo "$WAYMARK_BIN" >>"${GITHUB_PATH:-/dev/null}"
  exit 0
fi
command -v go >/dev/null || { echo "waymark: there is no release ${version:-(none named)} and no go to build it with: name a release, or set up Go" >&2; exit 1; }
echo "waymark: there is no release ${version:-(none named)}, so it is built from $source" >&2
(cd "$source" && go build -trimpath -o "$WAYMARK_BIN/waymark" ./cmd/waymark)
echo "$WAYMARK_BIN" >>"${GITHUB_PATH:-/dev/null}"
