import { z } from 'zod';

const rowName = z.string().regex(/^(?:_|[a-z0-9][a-z0-9-]*)$/, { error: 'a name of a-z, 0-9 and -, or _' });
const dimensionName = z.string().regex(/^[A-Za-z][\w-]*$/, { error: 'a name of letters, digits, - and _' });
const rows = z.record(rowName, z.unknown());

/** Tables of cases: what turns one file into many scenarios. */
export const casesSchema = z
  .array(
    z.record(
      dimensionName,
      z.union([z.strictObject({ pairsOf: rows.meta({ description: 'Rows by name; each two make a case.' }) }), rows], {
        error: 'rows by name, or pairsOf with rows by name',
      }),
    ),
  )
  .min(1, { error: 'at least one table' })
  .meta({
    description: `Makes many scenarios of this file. Each table has dimensions, each dimension rows by name; every combination of rows is a scenario, named after them (FILE/ROW-ROW; a row named _ adds nothing). \${case:DIMENSION.FIELD} stands for what the row says there; where it says nothing, the field is left out. A list in the place of an item is spliced in. pairsOf makes a row of every two of its rows.`,
  });
