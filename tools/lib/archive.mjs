import { readFileSync } from 'node:fs';
import { gunzipSync, inflateRawSync } from 'node:zlib';

const ZIP_ENTRY = 0x02014b50;
const ZIP_END = 0x06054b50;
const ZIP_END_BYTES = 22;
const TAR_BLOCK_BYTES = 512;

/**
 * One file out of a zip archive (a Python wheel is one), found by the last part of its path.
 * @param {string} archive
 * @param {string} fileName
 * @returns {Buffer}
 */
export function fileFromZip(archive, fileName) {
  const zip = readFileSync(archive);
  let end = zip.length - ZIP_END_BYTES;
  while (end >= 0 && zip.readUInt32LE(end) !== ZIP_END) end -= 1;
  if (end < 0) throw new Error('not a zip archive');
  let at = zip.readUInt32LE(end + 16);
  for (let entry = zip.readUInt16LE(end + 10); entry > 0; entry -= 1) {
    if (zip.readUInt32LE(at) !== ZIP_ENTRY) throw new Error('the zip archive is damaged');
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    if (name.split('/').at(-1) === fileName) return zipContent(zip, at);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  throw new Error(`the zip archive holds no ${fileName}`);
}

/** @param {Buffer} zip @param {number} entry the place of its line in the directory */
function zipContent(zip, entry) {
  const method = zip.readUInt16LE(entry + 10);
  const packedLength = zip.readUInt32LE(entry + 20);
  const local = zip.readUInt32LE(entry + 42);
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(from, from + packedLength);
  if (method === 0) return packed;
  if (method === 8) return inflateRawSync(packed);
  throw new Error(`the zip archive uses packing method ${method}`);
}

/**
 * One file out of a .tar.gz archive, found by the last part of its path.
 * @param {string} archive
 * @param {string} fileName
 * @returns {Buffer}
 */
export function fileFromTarGz(archive, fileName) {
  const tar = gunzipSync(readFileSync(archive));
  let at = 0;
  while (at + TAR_BLOCK_BYTES <= tar.length && tar[at] !== 0) {
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const size = parseInt(tar.toString('ascii', at + 124, at + 136).replace(/[\0 ].*$/s, ''), 8);
    const from = at + TAR_BLOCK_BYTES;
    if (name.split('/').at(-1) === fileName) return tar.subarray(from, from + size);
    at = from + Math.ceil(size / TAR_BLOCK_BYTES) * TAR_BLOCK_BYTES;
  }
  throw new Error(`the tar archive holds no ${fileName}`);
}
