"""Write the cffi module's C source: ffi.py OUT.c HEADER...

The declarations that Python sees are the headers themselves, less what the preprocessor reads, and
the one function of another library.
"""

import re
import sys
from pathlib import Path

import cffi

out, *headers = sys.argv[1:]
text = ""
for header in headers:
    text += Path(header).read_text(encoding="utf-8")
text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
text = re.sub(r"#ifdef __cplusplus\n.*?\n#endif\n", "", text, flags=re.S)
constants = re.findall(r"^#define \w+ \d+$", text, flags=re.M)
text = re.sub(r"^#.*$", "", text, flags=re.M)
text = re.sub(r"^const edgeact_cuda \*edgeact_cuda_load\(void\);$", "", text, flags=re.M)

ffi = cffi.FFI()
ffi.cdef("\n".join(constants) + text)
included = "".join(f'#include "{Path(header).name}"\n' for header in headers)
ffi.set_source("edgeact._native", included)
ffi.emit_c_code(out)
