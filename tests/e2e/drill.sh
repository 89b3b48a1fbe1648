#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The drill: a real (small) network breaks and is recovered by a plan, with recoveryctl alone.
# usage: drill.sh BIN HOME [PORT_BASE]     HOME must not exist; exit 0 only if the plan ended completed and the journal verifies
set -euo pipefail
bin=$1 home=$2 port=${3:-18600}
[ ! -e "$home" ] || { echo "The drill needs a home of its own; $home exists." >&2; exit 2; }
umask 077
mkdir -p "$home"
olga=$home/passphrase-olga ben=$home/passphrase-ben
for file in "$olga" "$ben"; do head -c 18 /dev/urandom | base64 >"$file"; done

ctl() { "$bin/recoveryctl" --home "$home" --json "$@"; }
as_olga() { ctl --as olga --passphrase-file "$olga" "$@"; }
as_ben() { ctl --as ben --passphrase-file "$ben" "$@"; }
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
# show WHO COMMAND...: prints the command as a person would type it, and runs it.
show() {
  local who=$1; shift
  printf '\033[2m$ recoveryctl%s %s\033[0m\n' "${who:+ --as $who}" "$*" >&2
  case $who in olga) as_olga "$@" ;; ben) as_ben "$@" ;; *) ctl "$@" ;; esac
}
plan_says() { jq -r "$1" "$home/plan.json"; }
fail() { echo "The drill failed: $*" >&2; exit 1; }
trap 'ctl lab down >/dev/null 2>&1 || true' EXIT

say "Two people. Their passphrases are in $olga and $ben."
show '' operator add olga --name Olga --role incident_commander --role protocol_lead --role node_operator --new-passphrase-file "$olga" --kdf-cost interactive >/dev/null
show olga operator add ben --name Ben --role protocol_lead --role security_analyst --new-passphrase-file "$ben" --kdf-cost interactive >/dev/null

say "A practice network: four validators, a database and a gateway, as real processes."
show olga lab up --port-base "$port" | jq -r '.systems[] | "  \(.id)  pid \(.pid)  port \(.port)"'
show ben system config trust --all | jq -r '.[] | "  \(.system // .system_id): version \(.version) found good"'

since=$(date -u +%FT%TZ)
say "Something changes a value in the state of validator-3, behind its back."
show '' lab break corrupt-state --system validator-3 | jq -r '"  \(.key), written at height \(.height)"'
if show '' health once >"$home/health.json"; then fail "nobody noticed"; fi
jq -r '.systems[] | select(.state != "healthy") | "  \(.id) is \(.state): \([.checks[] | select(.state != "healthy") | .message] | join("; "))"' "$home/health.json"
show '' incident proposed | jq -e -r '.[] | "  proposed: \(.title)"' || fail "the monitor proposed nothing"

say "Olga opens the incident and starts the procedure for its type."
incident=$(show olga incident open --type state_corruption --severity high --title "validator-3 diverged" --since "$since" --system validator-3 | jq -r .id)
show '' procedure list --incident "$incident" | jq -r '.[] | "  \(.id) version \(.version): \(.name)"'
plan=$(show olga plan start "$incident" state_corruption | jq -r .id)
echo "  $plan has started."

# Whatever waits is done by whom it waits for: Olga runs and ticks, Ben approves.
for _ in 1 2 3 4 5 6; do
  show olga plan run "$plan" >"$home/plan.json" || { jq -r '.steps[] | select(.state == "failed") | .result.message' "$home/plan.json"; fail "a step failed"; }
  plan_says '.steps[] | "  \(.state)\t\(.name)"'
  [ "$(plan_says .status)" = in_progress ] || break
  waiting=$(plan_says '[.steps[] | select(.state == "awaiting_approval" or (.kind == "manual" and (.state == "ready" or .state == "awaiting_person")))][0] | "\(.id) \(.state)"')
  step=${waiting% *}
  if [ "${waiting#* }" = awaiting_approval ]; then
    say "Nobody approves their own run: Olga is refused. Ben looks at the exact action and consents."
    if as_olga plan approve "$plan" "$step" 2>"$home/refused.json"; then fail "the initiator approved her own plan"; fi
    jq -r '"  refused: \(.error.message)"' "$home/refused.json"
    show ben plan approve "$plan" "$step" | jq -r --arg s "$step" '.steps[] | select(.id == $s) | "  approved with \(.parameters | {height, hash})"'
  else
    say "A manual step: $step."
    show olga plan step "$plan" "$step" done --note "Checked on the wall: validator-3 alone." >/dev/null
  fi
done

say "All checks are green. Olga declares the end."
show olga plan declare "$plan" >"$home/plan.json"
plan_says '.verification_results[] | "  \(if .passed then "passed" else "NOT PASSED" end)\t\(.name): \(.detail)"'
[ "$(plan_says .status)" = completed ] || fail "the plan did not complete"
show olga report plan "$plan" -o "$home/plan.pdf" | jq -r '"  \(.path), \(.pages) pages"'
show '' health once >/dev/null || fail "the network is not healthy"
show '' journal verify | jq -e -r 'select(.ok) | "  \(.records) records, every hash and signature sound"' || fail "the journal does not verify"
show '' lab down >/dev/null
trap - EXIT
say "Recovered: $plan is completed, declared by Olga, and the journal proves it."
