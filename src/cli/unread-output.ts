/**
 * Lets the program go on where nobody reads what it prints any more, as in `netproof run | head`: what it makes still has
 * to be removed and its result written, and the exit code speaks of the plugin. Lines that cannot be written are lost.
 */
export function goOnUnread(streams: readonly NodeJS.WritableStream[] = [process.stdout, process.stderr]): void {
  for (const stream of streams) stream.on('error', () => {});
}
