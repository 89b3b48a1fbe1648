#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: guided.sh BIN HOME PORT_BASE     a practice network, two operators, and the console to recover it with
set -euo pipefail
bin=$1 home=$2 port=$3
umask 077
mkdir -p "$home"
olga=$home/passphrase-olga ben=$home/passphrase-ben
for file in "$olga" "$ben"; do head -c 9 /dev/urandom | base64 >"$file"; done
ctl() { "$bin/recoveryctl" --home "$home" --json "$@" >/dev/null; }
as_olga() { ctl --as olga --passphrase-file "$olga" "$@"; }

breaker=
trap '[ -z "$breaker" ] || kill "$breaker" 2>/dev/null || true; ctl lab down || true' EXIT
echo "A practice network comes up: four validators, a database, a gateway …"
ctl operator add olga --name Olga --role incident_commander --role protocol_lead --role node_operator --new-passphrase-file "$olga" --kdf-cost interactive
as_olga operator add ben --name Ben --role protocol_lead --role security_analyst --new-passphrase-file "$ben" --kdf-cost interactive
as_olga lab up --port-base "$port"
ctl --as ben --passphrase-file "$ben" system config trust --all

cat <<GUIDE

  1. Sign in as olga. Her passphrase: $(cat "$olga")   ($olga)
  2. Fifteen seconds from now something changes a value in the state of validator-3. The overview notices it.
  3. Open the incident that is proposed, look at the plan, start it (Ctrl+Return).
  4. The bar below says what is next; Ctrl+Return does it. One step needs a second person's consent:
     ben, passphrase $(cat "$ben")   ($ben). Try olga first: she is refused.
     It cannot be taken back: the window says what it touches, and wants its name typed.
  5. When all checks have passed, declare the end, and write the report (Ctrl+R).

  Closing the window takes the network down. The wall beside it: ./dev run --wall

GUIDE
(sleep 15; ctl lab break corrupt-state --system validator-3) &
breaker=$!
"$bin/recovery-console" --home "$home"
