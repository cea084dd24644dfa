// What Qt asks of Windows' icuuc.dll when it is loaded; wine has none. Nothing is converted by it.
#define SAID __declspec(dllexport)
#define NOT_THERE 4

SAID void *ucnv_open(const char *name, int *error) { if (error) *error = NOT_THERE; return 0; }
SAID void ucnv_close(void *converter) {}
SAID void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
SAID void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
SAID void ucnv_reset(void *converter) {}
SAID signed char ucnv_getMaxCharSize(void *converter) { return 4; }
SAID const char *ucnv_getName(void *converter, int *error) { if (error) *error = NOT_THERE; return 0; }
SAID void ucnv_getToUCallBack(void) {}
SAID void ucnv_getFromUCallBack(void) {}
SAID void ucnv_setToUCallBack(void) {}
SAID void ucnv_setFromUCallBack(void) {}
SAID void ucnv_cbToUWriteUChars(void) {}
SAID void ucnv_toUnicode(void) {}
SAID void ucnv_cbFromUWriteUChars(void) {}
SAID int ucnv_toUCountPending(void *converter, int *error) { return 0; }
SAID int ucnv_fromUCountPending(void *converter, int *error) { return 0; }
SAID const char *ucnv_getStandardName(void) { return 0; }
SAID const char *ucnv_getAvailableName(int number) { return 0; }
SAID int ucnv_countAvailable(void) { return 0; }
SAID void ucnv_fromUnicode(void) {}
