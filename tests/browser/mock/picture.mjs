// A small PNG: a grey card with a darker frame, as a scanned paper might look.
import { crc32, deflateSync } from "node:zlib";

function piece(type, data) {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write(type, 4, "latin1");
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(Buffer.concat([Buffer.from(type), data])));
    return Buffer.concat([head, data, check]);
}

export function make_png(width, height) {
    const rows = [];
    for (let y = 0; y < height; y += 1) {
        const row = Buffer.alloc(width + 1, 0xd8);
        row[0] = 0;
        const is_frame = y < 12 || y >= height - 12 || (y % 40 < 6 && y > 60 && y < height - 60);
        row.fill(is_frame ? 0x60 : 0xd8, 1);
        row.fill(0x60, 1, 13);
        row.fill(0x60, width - 11);
        rows.push(row);
    }
    const size = Buffer.alloc(13);
    size.writeUInt32BE(width);
    size.writeUInt32BE(height, 4);
    size.set([8, 0, 0, 0, 0], 8); // 8 bits, grey
    const signature = Buffer.from("89504e470d0a1a0a", "hex");
    return Buffer.concat([signature, piece("IHDR", size), piece("IDAT", deflateSync(Buffer.concat(rows))), piece("IEND", Buffer.alloc(0))]);
}
