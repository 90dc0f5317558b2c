import assert from "node:assert/strict";
import { test } from "node:test";
import { modules } from "../lib/modules.mjs";

const { bytes, digits, save } = modules;

test("EncodingsAreThoseOfTheRfc", () => {
    const words = ["", "f", "fo", "foo", "foob", "fooba", "foobar"]; // RFC 4648 section 10
    const base32 = ["", "my", "mzxq", "mzxw6", "mzxw6yq", "mzxw6ytb", "mzxw6ytboi"];
    words.forEach((word, index) => {
        assert.equal(bytes.to_base64url(bytes.utf8(word)), Buffer.from(word).toString("base64url"));
        assert.equal(bytes.text_of(bytes.from_base64url(Buffer.from(word).toString("base64url"))), word);
        assert.equal(bytes.to_base32(bytes.utf8(word)), base32[index]);
        assert.equal(bytes.text_of(bytes.from_base32(base32[index])), word);
    });
});

test("ATextThatIsNotCanonicalIsRefused", () => {
    for (const text of ["A", "AB", "AAB", "AA==", "A A", "AA\n", "+/AA"]) {
        assert.throws(() => bytes.from_base64url(text), text);
    }
    assert.throws(() => bytes.from_base32("mz"));
    assert.throws(() => bytes.from_base32("MY"));
});

test("DigitsOfAnyScriptBecomeAsciiDigits", () => {
    assert.equal(digits.ascii_digits("4023 8177 6095"), "402381776095");
    assert.equal(digits.ascii_digits("४०२३-८१७७ ६०९५"), "402381776095"); // Devanagari
    assert.equal(digits.ascii_digits("٤٠٢٣٨١٧٧٦٠٩٥"), "402381776095"); // Arabic-Indic
    assert.equal(digits.ascii_digits("۴۰۲۳"), "4023"); // Persian
    assert.equal(digits.ascii_digits("４０２３"), "4023"); // full width
    assert.equal(digits.ascii_digits("𝟘𝟙𝟚𝟡 𝟎𝟏 𝟶𝟿"), "01290109"); // five runs that touch each other
    assert.equal(digits.ascii_digits("code: 12 (not ½ or ²)"), "12");
});

test("DigitsAreGroupedAndNeverCut", () => {
    assert.equal(digits.grouped("4023"), "4023");
    assert.equal(digits.grouped("40238"), "4023 8");
    assert.equal(digits.grouped("402381776095"), "4023 8177 6095");
    assert.equal(digits.grouped("40238177609512345"), "4023 8177 609512345");
});

test("SavedNamesHoldNoPathAndNoHiddenLetters", () => {
    assert.equal(save.safe_name("RV-2026-014-passport-1.pdf"), "RV-2026-014-passport-1.pdf");
    assert.equal(save.safe_name("../../etc/passwd"), "__.._etc_passwd");
    assert.equal(save.safe_name("a\u202efdp.exe"), "a_fdp.exe");
    assert.equal(save.safe_name("Förnamn_पासपोर्ट.pdf"), "Förnamn_पासपोर्ट.pdf");
    assert.equal(save.safe_name(""), "_");
});
