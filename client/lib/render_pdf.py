# HTML on standard input becomes PDF/A-3b on standard output. Built into resvalv, which runs it as
# `/usr/bin/python3 -I -B -c …` (client/lib/pdf_renderer.cpp). It can write no file, fetch nothing,
# and leaves no core. Exit code 3: there is no WeasyPrint.
import ctypes
import hashlib
import resource
import sys
import tempfile

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 30
CLONE_NEWUSER, CLONE_NEWNET, PR_SET_PDEATHSIG, SIGKILL = 0x10000000, 0x40000000, 1, 9

system = ctypes.CDLL(None)
system.unshare(CLONE_NEWUSER | CLONE_NEWNET)  # where it is allowed; nothing is fetched anyway
system.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)  # after it: new credentials would clear it
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # pipes are no files
tempfile.tempdir = "/tmp"  # unasked, tempfile would try it by writing; WeasyPrint makes an empty folder there

try:
    import weasyprint
except (ImportError, OSError):  # OSError: without Pango
    sys.exit(3)


def refuse(url, *arguments, **options):
    raise ValueError("no outside resources")


html = sys.stdin.buffer.read()
identifier = hashlib.sha256(html).digest()[:16]
# The names of the options before and since WeasyPrint 59.
prefix = "pdf_" if hasattr(weasyprint, "DEFAULT_OPTIONS") else ""
options = {prefix + "variant": "pdf/a-3b", prefix + "identifier": identifier}
document = weasyprint.HTML(string=html.decode(), base_url="about:blank", url_fetcher=refuse)
sys.stdout.buffer.write(document.write_pdf(**options))
