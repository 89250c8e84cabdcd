/** A number with its noun: `1 cell`, `36 cells`. */
export function counted(times: number, noun: string): string {
  return `${times} ${noun}${times === 1 ? '' : 's'}`;
}

/** A share for people: `9.5 %`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
