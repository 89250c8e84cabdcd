import { resolve } from 'node:path';
import { UsageError } from '../../core/diagnostics/errors.ts';
import { calico } from './calico.ts';
import type { CniPlugin } from './cni-plugin.ts';

/** Which plugin a new cluster gets, and from where. */
export type CniChoice =
  | { readonly from: 'none' }
  /** A version, from its makers' registry or built from its published source. */
  | { readonly from: 'version'; readonly plugin: CniPlugin; readonly version: string }
  /** Built from a checkout. */
  | { readonly from: 'checkout'; readonly plugin: CniPlugin; readonly folder: string };

const plugins: readonly CniPlugin[] = [calico];

/** The description of a plugin, by its name; undefined for one that netproof only recognises. */
export function pluginNamed(name: string): CniPlugin | undefined {
  return plugins.find((plugin) => plugin.name === name);
}

/** What is installed when nothing is said. */
export const defaultCni: CniChoice = { from: 'version', plugin: calico, version: calico.defaultVersion };

/**
 * Reads `calico`, `calico@v3.28.5`, `calico@source:DIR` (relative to the current folder) or `none`.
 * Throws `UsageError`: `cni-unknown`, `cni-version-invalid`.
 */
export function parseCniChoice(text: string): CniChoice {
  if (text === 'none') return { from: 'none' };
  const [name = '', ...rest] = text.split('@');
  const plugin = pluginNamed(name);
  if (plugin === undefined) {
    throw new UsageError({
      code: 'cni-unknown',
      message: `--cni ${text}: netproof cannot install "${name}"`,
      hint: `It installs ${plugins.map((known) => known.name).join(', ')}, or "none"; on a cluster that has another plugin, use --provider kubeconfig.`,
    });
  }
  if (rest.length === 0) return { from: 'version', plugin, version: plugin.defaultVersion };
  const suffix = rest.join('@');
  if (suffix.startsWith('source:') && suffix !== 'source:') {
    return { from: 'checkout', plugin, folder: resolve(suffix.slice('source:'.length)) };
  }
  const version = /^v?(\d+\.\d+\.\d+(?:-[\w.]+)?)$/.exec(suffix)?.[1];
  if (version === undefined) {
    throw new UsageError({
      code: 'cni-version-invalid',
      message: `--cni ${text}: "${suffix}" is neither a version nor source:DIR`,
      hint: `Write ${name}@${plugin.defaultVersion} or ${name}@source:DIR.`,
    });
  }
  return { from: 'version', plugin, version: `v${version}` };
}

/** A choice as the command line writes it; two choices are the same when their texts are. */
export function cniChoiceText(choice: CniChoice): string {
  if (choice.from === 'none') return 'none';
  return `${choice.plugin.name}@${choice.from === 'version' ? choice.version : `source:${choice.folder}`}`;
}
