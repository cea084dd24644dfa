; The installer for Windows: for one user, without rights of an administrator.
;
;     iscc /DVersion=0.1.0 installers\windows\exlab-gui.iss
;
; It takes the bundle that tools\bundle.py has built, and writes build\exlab-gui-VERSION-setup.exe.
; It can be run silently: exlab-gui-VERSION-setup.exe /VERYSILENT /CURRENTUSER

#ifndef Version
  #error Give the version: /DVersion=0.1.0
#endif

[Setup]
AppId={{6F0B6C51-2E0B-4E5B-9C0E-0E9E0F7B5D1A}
AppName=exlab-gui
AppVersion={#Version}
AppPublisher=the exlab-gui contributors
DefaultDirName={autopf}\exlab-gui
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\icons\exlab-gui.ico
UninstallDisplayIcon={app}\exlab-gui-window.exe
WizardStyle=modern
Compression=lzma2/max
SolidCompression=yes
ChangesAssociations=yes
ChangesEnvironment=yes
CloseApplications=yes
OutputDir=..\..\build
OutputBaseFilename=exlab-gui-{#Version}-setup

[Tasks]
Name: desktopicon; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: path; Description: "Add the command exlab-gui to the path"; Flags: unchecked

[InstallDelete]
; Libraries of an older version must not be found by the new one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\build\bundle\exlab-gui\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\exlab-gui"; Filename: "{app}\exlab-gui-window.exe"; AppUserModelID: "exlab-gui"
Name: "{autodesktop}\exlab-gui"; Filename: "{app}\exlab-gui-window.exe"; AppUserModelID: "exlab-gui"; Tasks: desktopicon

[Registry]
; Windows knows a type by what follows the last dot: exlab-gui is offered for .jsonl, and takes it from nobody.
Root: HKA; Subkey: "Software\Classes\exlab-gui.recording"; ValueType: string; ValueData: "Recording of an ExLab-Wizard session"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\exlab-gui.recording\DefaultIcon"; ValueType: string; ValueData: "{app}\exlab-gui-window.exe,0"
Root: HKA; Subkey: "Software\Classes\exlab-gui.recording\shell\open\command"; ValueType: string; ValueData: """{app}\exlab-gui-window.exe"" open ""%1"""
Root: HKA; Subkey: "Software\Classes\.jsonl\OpenWithProgids"; ValueType: string; ValueName: "exlab-gui.recording"; ValueData: ""; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{code:WithProgram}"; Tasks: path; Check: IsNotOnPath

[Run]
Filename: "{app}\exlab-gui-window.exe"; Description: "{cm:LaunchProgram,exlab-gui}"; Flags: nowait postinstall skipifsilent

[Code]
function UserPath: string;
begin
  if not RegQueryStringValue(HKEY_CURRENT_USER, 'Environment', 'Path', Result) then
    Result := '';
end;

function IsNotOnPath: Boolean;
begin
  Result := Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', ';' + Uppercase(UserPath) + ';') = 0;
end;

function WithProgram(Param: string): string;
begin
  Result := UserPath;
  if Result <> '' then
    Result := Result + ';';
  Result := Result + ExpandConstant('{app}');
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Path: string;
begin
  if (CurUninstallStep <> usPostUninstall) or IsNotOnPath then
    exit;
  Path := ';' + UserPath + ';';
  Delete(Path, Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', Uppercase(Path)), Length(ExpandConstant('{app}')) + 1);
  RegWriteExpandStringValue(HKEY_CURRENT_USER, 'Environment', 'Path', Copy(Path, 2, Length(Path) - 2));
end;
