// The program python.exe, which the package of the interpreter's library does not have.
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

typedef int (*Main)(int, wchar_t **);

int wmain(int count, wchar_t **words)
{
    HMODULE library = LoadLibraryW(L"python311.dll");
    if (!library) {
        fwprintf(stderr, L"python311.dll cannot be loaded: error %lu\n", GetLastError());
        return 99;
    }
    return ((Main)GetProcAddress(library, "Py_Main"))(count, words);
}
