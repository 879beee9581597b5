#!/bin/sh
# SPDX-License-Identifier: MIT
# Print the path of a Julia to run tests with: the system's, or one that is unpacked into $HOME/.cache.
#
# Debian 12 has no package of Julia. That of Debian 11 runs there when it is unpacked beside the system: nothing is
# installed, and the system's lists and database of packages stay as they are. The archive is the one that the system
# gets its packages from. Exit code 77, skipped, with the reason, if that cannot be done.
set -eu

skip() {
  echo "skipped: no Julia: $1" >&2
  exit 77
}

if command -v julia; then exit 0; fi

cache="$HOME/.cache/julia-1.5"
launcher="$cache/julia"
[ -x "$launcher" ] && echo "$launcher" && exit 0

for tool in apt-get dpkg flock; do
  command -v "$tool" >/dev/null || skip "there is none, and no $tool to get it with"
done
mkdir -p "$HOME/.cache"
exec 9>"$HOME/.cache/julia-1.5.lock"
flock 9 # tests run side by side
[ -x "$launcher" ] && echo "$launcher" && exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
log="$work/log"
uri=$(cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null |
  sed -n -e 's/^URIs: *\([^ ]*\).*/\1/p' -e 's/^deb \(\[.*\] \)\{0,1\}\([^ ]*\) .*/\2/p' | head -n 1)
[ -n "$uri" ] || skip "the system names no archive of packages"
keys=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb [signed-by=$keys] $uri bullseye main" >"$work/sources.list"
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/tree"

apt() {
  apt-get -q -y -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Install-Recommends=false \
    -o APT::Sandbox::User="$(id -un)" -o Debug::NoLocking=1 -o Acquire::Retries=2 -o Acquire::http::Timeout=20 "$@"
}

echo "getting Julia 1.5.3 of Debian 11: 52 MB to fetch, 300 MB in $cache" >&2
apt update >"$log" 2>&1 || skip "Debian 11 cannot be reached: $(tail -n 1 "$log")"
apt --download-only install julia >"$log" 2>&1 || skip "Debian 11 cannot be reached, or has it no more: $(tail -n 1 "$log")"
# With Debian 12's libunwind every exception is a crash.
(cd "$work/cache/archives" && apt download libunwind8/bullseye) >"$log" 2>&1 ||
  skip "no libunwind8: $(tail -n 1 "$log")"
for package in "$work"/cache/archives/*.deb; do
  dpkg -x "$package" "$work/tree" || skip "$package cannot be unpacked"
done

# Julia loads libraries by links without a version; those of installed packages point out of what was unpacked.
libraries=$(dirname "$(find "$work/tree/usr/lib" -name 'libjulia.so.1' | head -n 1)")
[ -n "$libraries" ] || skip "the package holds no libjulia"
for link in "$libraries"/julia/*.so; do
  name=$(basename "$(readlink "$link")")
  [ -e "$link" ] || ln -sf "/usr/lib/$(basename "$libraries")/$name" "$libraries/$name"
done

cat >"$work/tree/julia" <<'END'
#!/bin/sh
here=$(dirname "$0")
libraries=$(dirname "$here"/usr/lib/*/libjulia.so.1)
LD_LIBRARY_PATH=$libraries:$libraries/julia exec "$here/usr/bin/julia" "$@"
END
chmod +x "$work/tree/julia"
"$work/tree/julia" --startup-file=no -e 'exit(0)' >"$log" 2>&1 || skip "it does not run here: $(tail -n 1 "$log")"
rm -rf "$cache"
mv "$work/tree" "$cache"
echo "$launcher"
