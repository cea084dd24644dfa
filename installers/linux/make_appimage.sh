#!/usr/bin/env bash
# Makes an AppImage of the bundle: one file that runs on any Linux with a display.
#
#     python tools/bundle.py && installers/linux/make_appimage.sh [FILE]
#
# appimagetool (https://github.com/AppImage/appimagetool) has to be on the path, or be named by APPIMAGETOOL.
# Without it the folder build/AppDir is left, whose AppRun starts the program.
set -euo pipefail
cd "$(dirname "$0")/../.."

target=${1:-build/exlab-gui-x86_64.AppImage}
folder=build/AppDir
rm -rf "$folder"
mkdir -p "$folder/usr/lib" "$folder/usr/bin" "$folder/usr/share"/{applications,metainfo,mime/packages}
cp -a build/bundle/exlab-gui "$folder/usr/lib/exlab-gui"
ln -s ../lib/exlab-gui/exlab-gui "$folder/usr/bin/exlab-gui"
ln -s usr/bin/exlab-gui "$folder/AppRun"
cp installers/linux/exlab-gui.desktop "$folder/usr/share/applications/"
cp installers/linux/org.exlab.exlab_gui.metainfo.xml "$folder/usr/share/metainfo/"
cp installers/linux/exlab-gui.mime.xml "$folder/usr/share/mime/packages/exlab-gui.xml"
mkdir -p "$folder/usr/share/icons"
cp -a build/icons/hicolor "$folder/usr/share/icons/"
cp installers/linux/exlab-gui.desktop build/icons/hicolor/256x256/apps/exlab-gui.png "$folder/"

read -ra tool <<<"${APPIMAGETOOL:-appimagetool}" # with its options
if ! command -v "${tool[0]}" >/dev/null; then
  echo "There is no appimagetool: $folder is made, $target is not." >&2
  exit 1
fi
ARCH=x86_64 "${tool[@]}" "$folder" "$target"
