#!/usr/bin/env bash
# Scans for the action: the report on standard output and in the job summary, SARIF in a file. Everything comes through the environment.
set -uo pipefail
: "${WAYMARK:?set it to the program}"
: "${WAYMARK_SARIF:=waymark.sarif}"
args=(scan --format table --color always -o "sarif=$WAYMARK_SARIF")
work=$(mktemp -d)
args+=(-o "markdown=$work/summary.md" -o "json=$work/report.json")
if [ -n "${WAYMARK_CONFIG:-}" ]; then args+=(--config "$WAYMARK_CONFIG"); fi
if [ -n "${WAYMARK_BASELINE:-}" ]; then args+=(--baseline "$WAYMARK_BASELINE"); fi
while IFS= read -r condition; do
  if [ -n "${condition// /}" ]; then args+=(--fail-on "$condition"); fi
done <<<"${WAYMARK_FAIL_ON:-}"

"$WAYMARK" "${args[@]}" -- "${WAYMARK_PATH:-.}"
code=$?
if [ -s "$work/summary.md" ]; then cat "$work/summary.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"; fi
if [ -s "$WAYMARK_SARIF" ] && [ -s "$work/report.json" ]; then
  {
    echo written=true
    echo "stage=$(sed -n 's/^        "stage": \([0-5]\),$/\1/p' "$work/report.json" | head -n 1)"
  } >>"${GITHUB_OUTPUT:-/dev/null}"
fi
rm -rf "$work"
exit "$code"
