#!/usr/bin/env bash
# Proves `npm start`, `npm test` and the comparison with C++ on an empty machine: a minimal Debian in a chroot, with
# this machine's Node and npm and nothing else, and a fresh clone of the last commit. Needs root and debootstrap.
#
#   tooling/scripts/fresh-debian.sh [FOLDER]     the Debian stays in FOLDER (default .cache/debian) for the next run
#
# The transcript goes to .cache/fresh-debian.log.
set -euo pipefail

checkout=$(cd "$(dirname "$0")/../.." && pwd)
log=$checkout/.cache/fresh-debian.log

main() {
  debian=$(realpath -m "${1:-$checkout/.cache/debian}")
  mkdir -p "$checkout/.cache"
  [ -e "$debian/.installed" ] || install_debian
  lend_network
  lend_node
  clone
  # Mounts made here are gone with the last process of this namespace.
  unshare --mount --pid --fork --kill-child "$0" --inside "$debian" 2>&1 | tee "$log"
}

install_debian() {
  rm -rf "$debian"
  timeout 900 debootstrap --variant=minbase bookworm "$debian" >"$log" 2>&1
  touch "$debian/.installed"
}

# Names, certificates and package sources, as this machine has them.
lend_network() {
  cp -L /etc/resolv.conf /etc/hosts "$debian/etc/"
  mkdir -p "$debian/etc/ssl/certs" "$debian/usr/local/etc"
  cp -L /etc/ssl/certs/ca-certificates.crt "$debian/etc/ssl/certs/"
  for config in "$(npm config get globalconfig)" "$HOME/.npmrc"; do
    [ ! -e "$config" ] || cat "$config"
  done >"$debian/usr/local/etc/npmrc"
}

lend_node() {
  local npm
  npm=$(dirname "$(dirname "$(realpath "$(command -v npm)")")")
  mkdir -p "$debian/usr/local/lib/node_modules"
  cp -L "$(command -v node)" "$debian/usr/local/bin/node"
  cp -rT "$npm" "$debian/usr/local/lib/node_modules/npm"
  ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$debian/usr/local/bin/npm"
  ln -sf ../lib/node_modules/npm/bin/npx-cli.js "$debian/usr/local/bin/npx"
}

clone() {
  rm -rf "$debian/root/wmisec"
  git clone --quiet --no-hardlinks "$checkout" "$debian/root/wmisec"
}

inside() {
  debian=$1
  mount -t proc proc "$debian/proc"
  mount --rbind /dev "$debian/dev"
  step 600 'npm start'
  step 60 'npm start --silent -- query "SELECT Name, ProcessId FROM Win32_Process" --format csv | head -n 5'
  step 1800 'npm test -- --require-all'
  step 600 'npm run --silent bench -- read-rows'
}

# Runs one line as a newcomer would, within so many seconds.
step() {
  printf '\n$ %s\n' "$2"
  local start=$SECONDS code=0
  timeout "$1" chroot "$debian" /usr/bin/env -i HOME=/root PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    TERM=dumb LANG=C.UTF-8 NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
    bash -c "cd /root/wmisec && set -o pipefail && $2" </dev/null || code=$?
  printf '# %s s, exit code %s\n' $((SECONDS - start)) "$code"
  [ "$code" = 0 ] || exit "$code"
}

if [ "${1:-}" = --inside ]; then inside "$2"; else main "$@"; fi
