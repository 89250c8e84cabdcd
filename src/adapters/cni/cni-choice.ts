import { resolve } from 'node:path';
import { UsageError } from '../../core/diagnostics/errors.ts';
import { calico } from './calico.ts';
import type { CniPlugin } from './cni-plugin.ts';
import { pluginNamed, plugins } from './plugins.ts';

/** Which plugin a new cluster gets, and from where. */
export type CniChoice =
  | { readonly from: 'none' }
  /** A version, from its makers' registry or built from its published source. */
  | { readonly from: 'version'; readonly plugin: CniPlugin; readonly version: string }
  /** Built from a checkout. */
  | { readonly from: 'checkout'; readonly plugin: CniPlugin; readonly folder: string };

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
    if (plugin.recipe !== 'calico') throw notBuildable(text);
    return { from: 'checkout', plugin, folder: resolve(suffix.slice('source:'.length)) };
  }
  if (plugin.install.from === 'node-image') {
    throw new UsageError({
      code: 'cni-version-invalid',
      message: `--cni ${text}: ${name} comes with kind's node image, in that image's version`,
      hint: `Write --cni ${name}, and choose the node image with --kubernetes.`,
    });
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
  if (choice.from === 'version' && choice.version === '') return choice.plugin.name;
  return `${choice.plugin.name}@${choice.from === 'version' ? choice.version : `source:${choice.folder}`}`;
}

/** Only Calico's build knows checkouts. */
function notBuildable(text: string): UsageError {
  return new UsageError({
    code: 'cni-not-buildable',
    message: `--cni ${text}: netproof cannot build this plugin from a checkout`,
    hint: 'It builds Calico from one: calico@source:DIR. For others name a version, or use --provider kubeconfig.',
  });
}
