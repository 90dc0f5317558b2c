// Digits of any script become ASCII digits; everything else is dropped.

const kDigit = /\p{Nd}/u;

// Decimal digits stand in runs of ten, zero first, so the distance to the run's start is the value.
function value_of(letter: string): number {
    const point = letter.codePointAt(0) ?? 0;
    let start = point;
    while (kDigit.test(String.fromCodePoint(start - 1))) {
        start -= 1;
    }
    return (point - start) % 10;
}

export function ascii_digits(text: string): string {
    return Array.from(text)
        .filter((letter) => kDigit.test(letter))
        .map(value_of)
        .join("");
}

export function grouped(digits: string): string {
    const head = digits.slice(0, 8).replace(/(\d{4})(?=\d)/g, "$1 ");
    return digits.length > 8 ? head + " " + digits.slice(8) : head;
}
