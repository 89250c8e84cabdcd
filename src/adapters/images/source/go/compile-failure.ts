import { ClusterError } from '../../../../core/diagnostics/errors.ts';

/** What Go says of a place in the sources; where a module could not be had it names the import, which is not the reason. */
const isError = (line: string): boolean =>
  /^\S.*\.(go|s|mod):\d+(:\d+)?: /.test(line) && !/: (Get "|reading https?:|verifying )|dial tcp/.test(line);

const shown = 20;

/**
 * A failed `go build` by the first errors in the sources instead of the last lines, as `ClusterError` `compile-failed`.
 * Other failures are given back as they are.
 * @param lines all that Go printed
 */
export const compileFailure = (
  failure: unknown,
  lines: readonly string[],
  { title, hint }: { readonly title: string; readonly hint: string },
): unknown => {
  const first = lines.findIndex(isError);
  const error = lines[first];
  if (!(failure instanceof ClusterError) || failure.code !== 'command-failed' || error === undefined) return failure;
  const start = lines[first - 1]?.startsWith('# ') ? first - 1 : first;
  const more = lines.filter(isError).length - 1;
  return new ClusterError({
    code: 'compile-failed',
    message: `${title}: ${error}${more === 0 ? '' : ` (and ${more} more)`}`,
    outputTail: lines.slice(start, start + shown).join('\n'),
    ...(failure.logFile !== undefined && { logFile: failure.logFile }),
    hint,
  });
};
