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

/** Integers as Kubernetes' YAML reader has them beyond YAML 1.2: octal `014`, binary `0b11`, and `1_000`. */
const integer: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?(?:0b[01_]+|0[0-7_]+|[1-9][0-9]*(?:_[0-9]+)+)$/,
  resolve: (text) => {
    const sign = text.startsWith('-') ? -1 : 1;
    const digits = text.replaceAll('_', '').replace(/^[-+]/, '');
    return sign * Number(/^0[0-7]+$/.test(digits) ? `0o${digits}` : digits);
  },
};

/** Scalar rules that go before those of YAML 1.2, so that a text reads as the API server's clients read it. */
export const kubernetesScalars: readonly ScalarTag[] = [bool, integer];
