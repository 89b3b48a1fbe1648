#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: play.sh offscreen|x BIN FOLDER [PORT_BASE [OPTION...]]
# Plays the drill through the window. What it leaves is in FOLDER: the home, and below shots the pictures and the PDF.
set -euo pipefail
way=$1 bin=$2 folder=$3
case $way in offscreen | x) ;; *) echo "offscreen or x, not $way" >&2; exit 2 ;; esac
if [ -d "$folder/home" ]; then "$bin/recoveryctl" --home "$folder/home" lab down >/dev/null 2>&1 || true; fi
rm -rf "$folder"
mkdir -p "$folder"
mkdir -m 700 "$folder/run"
export XDG_RUNTIME_DIR=$folder/run
export QT_QUICK_BACKEND=software LC_ALL=C.UTF-8
case $way in
  offscreen)
    export QT_QPA_PLATFORM=offscreen
    exec "$bin/window_drill" "$folder/home" "$folder/shots" "${4:-19700}" "${@:5}" ;;
  x)
    export QT_QPA_PLATFORM=xcb
    exec xvfb-run -a -s "-screen 0 1280x720x24" "$bin/window_drill" "$folder/home" "$folder/shots" "${4:-19800}" --through-x "${@:5}" ;;
esac
