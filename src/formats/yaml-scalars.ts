import type { ScalarTag } from 'yaml';

/**
 * Plain scalars that Kubernetes' YAML reader takes for booleans, although YAML 1.2 says they are strings: `yes`, `no`,
 * `on`, `off`, `y`, `n`. Reading them alike means that an unquoted label value `on` is refused here as it is there.
 */
const bool: ScalarTag = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/,
  resolve: (text) => /^(?:y|on)/i.test(text),
};

/**
 * Numbers as Kubernetes' YAML reader (go-yaml) has them beyond YAML 1.2: octal `014`, `0b11`, `0X1F`, and `_` anywhere
 * after the first character. What only begins like a number is a text.
 */
const number: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^(?:[-+][_.]*)?[0-9][\w.+-]*$/,
  resolve: (text) => {
    const plain = text.replaceAll('_', '');
    return integerIn(plain) ?? decimalIn(plain) ?? text;
  },
};

const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** An integer of Go's `strconv.ParseInt` and `ParseUint` with base 0: 64 bits, and no sign on the larger ones. */
function integerIn(text: string): number | undefined {
  const [, sign = '', digits = ''] = INTEGER.exec(text) ?? [];
  if (digits === '') return undefined;
  const size = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits}` : digits.toLowerCase());
  const value = sign === '-' ? -size : size;
  const limit = sign === '' ? 2n ** 64n - 1n : 2n ** 63n - 1n;
  return value >= -(2n ** 63n) && value <= limit ? Number(value) : undefined;
}

function decimalIn(text: string): number | undefined {
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** Scalar rules that go before those of YAML 1.2, so that a text reads as the API server's clients read it. */
export const kubernetesScalars: readonly ScalarTag[] = [bool, number];
