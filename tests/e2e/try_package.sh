#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: try_package.sh DEB DRILL FOLDER [PORT_BASE]
# Installs the package with apt into a new, minimal Debian 12 below FOLDER, and plays the drill there through the window,
# as a user who is not root and with nothing but what the package asks for. DRILL is the program window_drill of the same
# build. Needs root; what it mounts is gone with it. Pictures and the PDF: FOLDER/root/home/guest/drill/shots.
set -euo pipefail
deb=$(realpath "$1") drill=$(realpath "$2") folder=$(realpath -m "$3") port=${4:-20300}
if [ "${RC_APART:-}" != yes ]; then
  [ "$(id -u)" -eq 0 ] || { echo "try_package.sh makes a root of its own, and has to be run as root." >&2; exit 1; }
  desktop-file-validate "$(dirname "$0")/../../packaging/desktop/org.prozchain.RecoveryConsole.desktop"
  appstreamcli validate --no-net "$(dirname "$0")/../../packaging/desktop/org.prozchain.RecoveryConsole.metainfo.xml"
  exec env RC_APART=yes unshare --mount --pid --fork --kill-child -- "$0" "$deb" "$drill" "$folder" "$port"
fi
root=$folder/root
rm -rf "$folder"
mkdir -p "$root"
echo "A minimal Debian 12 …"
debootstrap --variant=minbase bookworm "$root" >"$folder/debootstrap.log" 2>&1 || { tail -5 "$folder/debootstrap.log" >&2; exit 1; }
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
inside() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$@"; }
cp "$deb" "$root/package.deb"
cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
for conf in /etc/apt/apt.conf.d/*roxy* /etc/apt/apt.conf; do if [ -f "$conf" ]; then cp "$conf" "$root/etc/apt/apt.conf.d/"; fi; done
echo "The package, and what it depends on …"
inside "$root" apt-get install -y -q --no-install-recommends /package.deb >"$folder/install.log" 2>&1 || { tail -5 "$folder/install.log" >&2; exit 1; }
inside "$root" recoveryctl --version
inside "$root" recovery-console --version
inside "$root" useradd --create-home --shell /bin/sh guest
# The drill presses keys by Qt's test library, which no package of ours needs.
inside "$root" apt-get install -y -q --no-install-recommends libqt6test6 >>"$folder/install.log" 2>&1
# The drill finds the programs beside itself, as the console does.
programs=$(dirname "$(inside "$root" readlink -f /usr/bin/recoveryctl)")
cp "$drill" "$root$programs/window_drill"
if inside "$root" ldd "$programs/window_drill" | grep "not found"; then echo "The drill needs more than the package brings." >&2; exit 1; fi
echo "The drill, through the installed console's window …"
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/home/guest LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software \
  chroot --userspec=guest "$root" sh -c "umask 077; mkdir -p ~/drill/run; XDG_RUNTIME_DIR=~/drill/run exec '$programs/window_drill' ~/drill/home ~/drill/shots $port"
