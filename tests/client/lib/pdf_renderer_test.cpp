// WeasyPrint behind its wrapper. Poppler's tools read what comes out.
#include "client/lib/pdf_renderer.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/client/lib/support/printed.h"
#include "tests/common/temp_folder.h"
#include "tests/crypto/expect_error.h"

namespace valv::client {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Instant kMadeAt = parse_instant("2026-04-14T10:00:00Z");
constexpr const char* kPython = "/usr/bin/python3";

std::string page_of(std::string_view body) {
    return "<!doctype html><html lang=\"en\"><title>Paper</title><body>" + std::string(body);
}

crypto::SecretBytes rendered(std::string_view body) {
    return render_pdf(as_bytes(page_of(body)), kMadeAt, kPython);
}

struct PdfRendererTest : ::testing::Test {
    test::Printed printed;
};

TEST_F(PdfRendererTest, MakesPdfA3WithItsFontsInside) {
    const crypto::SecretBytes pdf = rendered("<p>Åsa Öberg</p>");
    EXPECT_THAT(std::string(as_text(pdf.reveal())), HasSubstr("/ID [("));
    printed.put("paper.pdf", pdf.reveal());
    EXPECT_THAT(printed.run("pdfinfo -meta paper.pdf"),
                HasSubstr(R"(pdfaid:part="3" pdfaid:conformance="B")"));
    EXPECT_THAT(printed.run("pdftotext paper.pdf -"), HasSubstr("Åsa Öberg"));
    EXPECT_THAT(printed.run("pdffonts paper.pdf | tail -n +3"), Not(HasSubstr(" no  no ")));
}

TEST_F(PdfRendererTest, TheSamePaperIsTheSameOctets) {
    const crypto::SecretBytes once = rendered("<p>Paper</p>");
    const crypto::SecretBytes again = rendered("<p>Paper</p>");
    EXPECT_EQ(as_text(once.reveal()), as_text(again.reveal()));
    const crypto::SecretBytes other = rendered("<p>Paper.</p>");
    EXPECT_NE(as_text(once.reveal()), as_text(other.reveal()));
}

// Markup that only a fault of ours would let in: what it names is not fetched.
TEST_F(PdfRendererTest, FetchesNothing) {
    printed.put("secret.png", as_bytes("\x89PNG not for the paper"));
    const std::string file = "file://" + printed.path("secret.png");
    printed.put("paper.pdf",
                rendered("<link rel=attachment href=\"" + file + "\"><img src=\"" + file +
                         "\"><img src=\"data:image/svg+xml,%3Csvg/%3E\"><style>@import url(\"" +
                         file + "\")</style><p>Paper</p>")
                    .reveal());
    EXPECT_THAT(printed.run("pdfdetach -list paper.pdf"), HasSubstr("0 embedded files"));
    EXPECT_EQ(printed.run("pdfimages -list paper.pdf | tail -n +3"), "");
}

// Strace, in the place of the interpreter, runs it.
TEST_F(PdfRendererTest, WritesNoFileAndOpensNoSocket) {
    printed.script("python", "exec /usr/bin/strace -f -qq -o " + printed.path("trace") +
                                 " -e trace=openat,creat,socket /usr/bin/python3 \"$@\"");
    (void)render_pdf(as_bytes(page_of("<p>Paper</p>")), kMadeAt, printed.path("python"));
    const std::string trace = valv::test::snapshot(printed.path("trace"));
    EXPECT_THAT(trace, HasSubstr("/weasyprint/"));  // it saw something
    EXPECT_THAT(trace, Not(HasSubstr("O_CREAT")));
    EXPECT_THAT(trace, Not(HasSubstr("socket(")));
}

TEST_F(PdfRendererTest, NoArgumentOrVariableSaysAnythingOfThePaper) {
    printed.script("python", "printf %%PDF-; /bin/cat /proc/$$/cmdline /proc/$$/environ");
    const crypto::SecretBytes seen =
        render_pdf(as_bytes(page_of("<p>Ilinca</p>")), kMadeAt, printed.path("python"));
    EXPECT_THAT(std::string(as_text(seen.reveal())), HasSubstr("SOURCE_DATE_EPOCH=1776160800"));
    EXPECT_THAT(std::string(as_text(seen.reveal())), Not(HasSubstr("Ilinca")));
}

TEST_F(PdfRendererTest, WithoutAnInterpreterItSaysSo) {
    EXPECT_EQ(valv::test::error_of([] {
                  (void)render_pdf(as_bytes(page_of("")), kMadeAt, "/usr/bin/no-such-python");
              }),
              "unsupported no_weasyprint");
}

// An interpreter that finds no WeasyPrint: -S leaves Debian's packages out.
TEST_F(PdfRendererTest, WithoutWeasyPrintItSaysSo) {
    printed.script("python", "exec /usr/bin/python3 -S \"$@\"");
    EXPECT_EQ(valv::test::error_of([&] {
                  (void)render_pdf(as_bytes(page_of("")), kMadeAt, printed.path("python"));
              }),
              "unsupported no_weasyprint");
}

TEST_F(PdfRendererTest, AFailureIsNoPaper) {
    printed.script("python", "echo '%PDF-1.7'; exit 1");
    EXPECT_EQ(valv::test::error_of([&] {
                  (void)render_pdf(as_bytes(page_of("")), kMadeAt, printed.path("python"));
              }),
              "unavailable paper_not_rendered");
}

TEST_F(PdfRendererTest, WhatIsNoPdfIsNoPaper) {
    printed.script("python", "echo nothing");
    EXPECT_EQ(valv::test::error_of([&] {
                  (void)render_pdf(as_bytes(page_of("")), kMadeAt, printed.path("python"));
              }),
              "unavailable paper_not_rendered");
}

}  // namespace
}  // namespace valv::client
