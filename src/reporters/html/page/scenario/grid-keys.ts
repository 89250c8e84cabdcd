const MOVES: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Moves the focus by arrow keys from a cell's button to the next one of its table that has one. */
export function moveFocus(event: KeyboardEvent): void {
  const move = MOVES[event.key];
  const start = (event.currentTarget as HTMLElement).closest('td');
  if (move === undefined || start === null) return;
  event.preventDefault();
  let next: HTMLTableCellElement | null | undefined = start;
  do next = neighbour(next, move);
  while (next && next.querySelector('button') === null);
  next?.querySelector('button')?.focus();
}

function neighbour(cell: HTMLTableCellElement, [rows, columns]: readonly [number, number]) {
  const row = cell.closest('tr');
  const next = rows < 0 ? row?.previousElementSibling : rows > 0 ? row?.nextElementSibling : row;
  return next instanceof HTMLTableRowElement ? next.cells[cell.cellIndex + columns] : undefined;
}
