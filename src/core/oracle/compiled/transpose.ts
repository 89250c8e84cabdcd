import { TypedFastBitSet } from 'typedfastbitset';

/** The square bit matrix with rows and columns exchanged; `rows` has `rows.length` bits each. */
export function transposed(rows: readonly TypedFastBitSet[]): readonly TypedFastBitSet[] {
  const words = (rows.length + 31) >>> 5;
  const columns = rows.map(() => TypedFastBitSet.fromWords(new Uint32Array(words)));
  const block = new Uint32Array(32);
  for (let r = 0; r < words; r++) {
    for (let c = 0; c < words; c++) {
      for (let k = 0; k < 32; k++) block[k] = rows[r * 32 + k]?.words[c] ?? 0;
      transposeBlock(block);
      for (let k = 0; k < 32; k++) {
        const column = columns[c * 32 + k];
        if (column !== undefined) column.words[r] = block[k] ?? 0;
      }
    }
  }
  return columns;
}

/** Transposes 32 x 32 bits in place, by exchanging ever smaller squares off the diagonal. */
function transposeBlock(block: Uint32Array): void {
  let mask = 0x0000ffff;
  for (let size = 16; size !== 0; size >>>= 1) {
    for (let row = 0; row < 32; row = (row + size + 1) & ~size) {
      const upper = block[row] ?? 0;
      const lower = block[row + size] ?? 0;
      const swapped = ((upper >>> size) ^ lower) & mask;
      block[row + size] = lower ^ swapped;
      block[row] = upper ^ (swapped << size);
    }
    mask ^= mask << (size >>> 1);
  }
}
