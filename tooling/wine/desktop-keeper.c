/*
 * Wine starts its desktop and COM's services with the first process that needs them, and they inherit that
 * process's pipes: a test worker would then seem to live on. This one starts them first, and holds them.
 */
#include <windows.h>
#include <objbase.h>
#include <stdio.h>

int main(void)
{
    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    GetDesktopWindow();
    puts("ready");
    fflush(stdout);
    Sleep(INFINITE);
    return 0;
}
