import { expect } from 'chai';
import { matchesIn, trackedFiles } from '../../support/repository.ts';

// The lock file names the packages' own sites; what it says of where packages come from is looked at below.
const files = trackedFiles().filter(({ path }) => path !== 'package-lock.json');

/** Hosts of the public internet, without a port; what the program and its pages may point at. */
const PUBLIC_HOST = /^https?:\/\/(?:[a-z0-9-]+\.)+(?:com|dev|es|io|net|org|sh)$/;
/** Names and addresses of a cluster's own: a Service's short name, loopback, ranges that are private. */
const CLUSTER_HOST = /^https?:\/\/(?:[a-z0-9-]+|(?:127\.0\.0\.1|10\.[\d.]+|172\.18\.[\d.]+|\[[\da-f.:]+\])(?::\d+)?)$/;
/** Hosts that tests make up: without a dot, or reserved (RFC 2606), or Services of a namespace `x`. */
const MADE_UP_HOST = /^https?:\/\/(?:[a-z0-9-]+|(?:[a-z0-9-]+\.)*(?:test|example|invalid)|[a-z]+\.x)(?::\d+)?$/;

const isTest = (found: string): boolean => found.startsWith('test/');
const urlIn = (found: string): string => found.slice(found.indexOf('http'));

describe('the files of the repository', () => {
  it('leave nothing to do later', () => {
    // In two parts, so that this file does not find itself.
    expect(matchesIn(files, new RegExp(`\\b(?:TO${'DO'}|FIX${'ME'}|X${'XX'})\\b`, 'g'))).to.deep.equal([]);
  });

  it('name no folder of somebody’s machine', () => {
    expect(matchesIn(files, /(?<![\w.$}-])\/(?:home|Users|work|workspace)\/[\w.-]{2,}/g)).to.deep.equal([]);
  });

  it('point at public hosts only, tests also at made-up ones', () => {
    const found = matchesIn(files, /\bhttps?:\/\/[\w.[\]:-]*[\w\]]/g);
    expect(found).to.have.length.greaterThan(50);
    const strange = found.filter((each) => {
      const url = urlIn(each);
      return !(PUBLIC_HOST.test(url) || CLUSTER_HOST.test(url) || (isTest(each) && MADE_UP_HOST.test(url)));
    });
    expect(strange).to.deep.equal([]);
  });

  it('take npm packages from wherever the machine takes them', () => {
    const [lock] = trackedFiles('package-lock.json');
    const { packages } = JSON.parse(lock!.text) as {
      readonly packages: Readonly<Record<string, { readonly resolved?: string }>>;
    };
    const resolved = Object.values(packages).flatMap((entry) => entry.resolved ?? []);
    expect(resolved.filter((url) => !url.startsWith('https://registry.npmjs.org/'))).to.deep.equal([]);
    expect(matchesIn(trackedFiles('.npmrc'), /registry/g)).to.deep.equal([]);
  });
});
